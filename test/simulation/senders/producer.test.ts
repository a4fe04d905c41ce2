import { expect, test } from 'vitest';
import { decodeRecord } from '../../../lib/delivery/decode-record.ts';
import { createEventMaker } from './event-maker.ts';
import { runProducer } from './producer.ts';
import { createSmallWorld, destinations } from './small-product.ts';

/** Writes 100 messages, of which every second try fails after it was stored. */
async function run(invalid: number) {
  const world = createSmallWorld();
  const bodies: string[] = [];
  let tries = 0;
  const produce = async (body: string): Promise<boolean> => {
    bodies.push(body);
    tries += 1;
    return tries % 2 === 0;
  };
  const make = createEventMaker({
    random: world.random,
    now: world.scheduler.now,
    source: 'producer',
    prefix: 'p',
    destinations: ['default', 'second'],
    shares: { refused: 0, poison: 0, large: 0, invalid },
  });
  void runProducer(world, { produce, make, messages: 100, pauseMs: 10_000 });
  await world.scheduler.run(world.scheduler.now() + 3_600_000);
  const nowMs = world.scheduler.now();
  const decoded = bodies.map((body, index) =>
    decodeRecord(
      {
        messageId: `message-${index}`,
        receiptHandle: `handle-${index}`,
        body,
        attributes: {
          ApproximateReceiveCount: '1',
          ApproximateFirstReceiveTimestamp: String(nowMs),
          SentTimestamp: String(nowMs),
          SenderId: 'producer',
        },
        messageAttributes: {},
        md5OfBody: '',
        eventSource: 'aws:sqs',
        eventSourceARN: 'arn',
        awsRegion: 'eu-central-1',
      },
      { destinations, nowMs },
    ),
  );
  return { world, decoded, bodies };
}

test('a producer writes again what SQS did not confirm, in forms that the consumer can send', async () => {
  const { world, decoded } = await run(0);
  expect(world.keysOf('accepted')).toHaveLength(100);
  expect(decoded.length).toBeGreaterThan(150);
  expect(decoded.filter((each) => 'disposition' in each)).toEqual([]);
});

test('a producer that calls an event stable gives both copies of it one id', async () => {
  const { world, decoded } = await run(0);
  const stable = new Set(
    world.facts.flatMap((fact) => (fact.kind === 'attempted' && fact.event.isStable ? [fact.event.key] : [])),
  );
  const tracked = decoded.flatMap((each) => ('event' in each ? [JSON.parse(each.event.trackJson)] : []));
  const idsByKey = Map.groupBy(tracked, ({ properties }) => properties.order_id);
  for (const [key, copies] of idsByKey) {
    const ids = new Set(copies.map(({ event_id }) => event_id));
    expect(ids.size, key).toBe(stable.has(key) ? 1 : copies.length);
  }
  expect(stable.size).toBeGreaterThan(50);
  expect(stable.size).toBeLessThan(100);
});

test('a producer of invalid messages writes nothing that the consumer sends', async () => {
  const { decoded, bodies, world } = await run(1);
  expect(world.keysOf('accepted')).toHaveLength(100);
  const sendable = decoded.flatMap((each, index) => ('disposition' in each ? [] : [bodies[index]]));
  expect(sendable).toEqual([]);
  expect(bodies.filter((body) => !/order_id\\*"/.test(body))).toEqual([]);
});
