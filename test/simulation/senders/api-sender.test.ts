import { expect, test } from 'vitest';
import { type ApiGateway, createApiGateway } from './api-gateway.ts';
import { type ApiSenderSettings, runApiSender } from './api-sender.ts';
import { createEventMaker, type FlawShares } from './event-maker.ts';
import { createSmallProduct, createSmallWorld, type SmallWorld } from './small-product.ts';

const flawless: FlawShares = { refused: 0, poison: 0, large: 0, invalid: 0 };

interface Course {
  readonly settings?: Partial<ApiSenderSettings>;
  readonly shares?: Partial<FlawShares>;
  readonly isStored?: (index: number) => boolean;
  readonly disturb?: (gateway: ApiGateway, world: SmallWorld) => void;
}

/** Posts five times four events. */
async function run({ settings, shares, isStored, disturb }: Course = {}) {
  const world = createSmallWorld();
  const { queue, ingest } = createSmallProduct(world.scheduler, isStored);
  const gateway = createApiGateway(world, { invoke: ingest });
  disturb?.(gateway, world);
  const make = createEventMaker({
    random: world.random,
    now: world.scheduler.now,
    source: 'api',
    prefix: 'a',
    destinations: ['default', 'second'],
    shares: { ...flawless, ...shares },
  });
  let isDone = false;
  void runApiSender(world, {
    gateway,
    make,
    identity: 'event_id',
    manner: 'patient',
    name: 'back-end',
    posts: 5,
    eventsPerPost: 4,
    pauseMs: 1_000,
    ...settings,
  }).then(() => {
    isDone = true;
  });
  await world.scheduler.run(world.scheduler.now() + 86_400_000);
  const ids = queue.sent.map(({ message }): string => JSON.parse(message.body).event.event_id);
  const bytes = queue.sent.map(({ message }) => message.body.length);
  return {
    world,
    ids,
    bytes,
    isDone,
    accepted: world.keysOf('accepted'),
    attempted: world.keysOf('attempted'),
  };
}

const keys = Array.from({ length: 20 }, (_, index) => `a${index + 1}`);

test('an API sender sends each event once when all goes well', async () => {
  const { accepted, attempted, isDone } = await run();
  expect(isDone).toBe(true);
  expect(attempted).toEqual(keys);
  expect(accepted).toEqual(keys);
});

test.each(['event_id', 'event_time', 'idempotency-key'] as const)(
  'an API sender that lost half of the answers sends again under the same ids with %s',
  async (identity) => {
    const { accepted, ids } = await run({
      settings: { identity },
      disturb: ({ trouble }) => {
        trouble.losesAnswer = 0.5;
      },
    });
    expect(accepted.toSorted()).toEqual(keys.toSorted());
    expect(ids.length).toBeGreaterThan(20);
    expect(new Set(ids).size).toBe(20);
  },
);

test('an API sender without any identity gets other ids for what it sends again', async () => {
  const { ids } = await run({
    settings: { identity: 'nothing' },
    disturb: ({ trouble }) => {
      trouble.losesAnswer = 0.5;
    },
  });
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.length).toBeGreaterThan(20);
});

test.each(['event_id', 'event_time', 'idempotency-key', 'nothing'] as const)(
  'an API sender resends only the events that were not queued, once each, with %s',
  async (identity) => {
    const { accepted, ids } = await run({ settings: { identity }, isStored: (index) => index % 3 !== 0 });
    expect(accepted.toSorted()).toEqual(keys.toSorted());
    expect(ids).toHaveLength(20);
  },
);

test('an API sender reads which of its events are rejected, and does not resend them', async () => {
  const { world, accepted, attempted } = await run({ shares: { invalid: 0.3 } });
  const invalid = world.facts.flatMap((fact) =>
    fact.kind === 'attempted' && fact.event.nature === 'invalid' ? [fact.event.key] : [],
  );
  expect(invalid.length).toBeGreaterThan(0);
  expect(world.keysOf('rejected')).toEqual(invalid);
  expect(accepted).toHaveLength(20 - invalid.length);
  expect(attempted).toEqual(keys);
});

test('an impatient API sender repeats posts that were accepted', async () => {
  const { ids } = await run({ settings: { manner: 'impatient' } });
  expect(ids.length).toBeGreaterThan(20);
  expect(new Set(ids).size).toBe(20);
});

test('a hasty API sender gives up after three tries', async () => {
  const { accepted, attempted, isDone } = await run({
    settings: { manner: 'gives-up' },
    disturb: ({ trouble }) => {
      trouble.throttles = 1;
    },
  });
  expect(isDone).toBe(true);
  expect(accepted).toEqual([]);
  expect(attempted).toHaveLength(60);
});

test('a patient API sender outlasts half an hour without answers', async () => {
  const { accepted } = await run({
    disturb: ({ trouble }, { scheduler }) => {
      trouble.losesRequest = 1;
      scheduler.after(1_800_000, () => {
        trouble.losesRequest = 0;
      });
    },
  });
  expect(accepted.toSorted()).toEqual(keys.toSorted());
});

test('an API sender can send valid events that are too large for one call to the simulated TikTok', async () => {
  const { accepted, bytes } = await run({ shares: { large: 1 } });
  expect(accepted).toEqual(keys);
  expect(Math.min(...bytes)).toBeGreaterThan(20_000);
});
