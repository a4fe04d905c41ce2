/** HTTP 413 speaks of size alone: calls are halved at once until they fit, and only a large event is parked. */
import { expect, test } from 'vitest';
import { ok, refusing, runBatch, type Script } from '../../support/delivery/delivery.ts';
import { eventRecords } from '../../support/delivery/records.ts';

const tooLarge = { kind: 'answer', status: 413 } as const;

/** Takes calls with this many events at most. */
const takes =
  (most: number): Script =>
  ({ ids }) =>
    ids.length > most ? tooLarge : ok;

test.each([
  [50, 49, 2],
  [50, 25, 2],
  [50, 24, 6],
  [50, 13, 6],
  [50, 12, 10],
  [50, 6, 18],
  [10, 1, 18],
])(
  'delivers %d events in one invocation when a call takes %d, with %d further calls at most',
  async (count, most, further) => {
    for (const receives of [1, 2, 7]) {
      const run = await runBatch(eventRecords(count, undefined, receives), takes(most));
      expect(new Set(run.delivered).size).toBe(count);
      expect(run.delivered).toHaveLength(count);
      expect(run.calls.length - 1).toBeLessThanOrEqual(further);
    }
  },
);

test('retries what is left when the further calls of the invocation are spent', async () => {
  let records = eventRecords(50);
  for (let receives = 1; receives <= 3; receives += 1) {
    const run = await runBatch(records, takes(1));
    expect(run.calls).toHaveLength(21);
    expect(run.delivered.length).toBeGreaterThanOrEqual(10);
    expect(run.parked).toEqual([]);
    records = records.filter(({ messageId }) => run.failures.includes(messageId));
  }
  expect(records.length).toBeLessThanOrEqual(20);
});

test.each([undefined, 0, 40002, 40105, 50000])(
  'halves whatever the body of the 413 says: code %s',
  async (code) => {
    const run = await runBatch(eventRecords(4), ({ ids }) =>
      ids.length > 2 ? { ...tooLarge, ...(code !== undefined && { code, message: 'event_source_id' }) } : ok,
    );
    expect(run.calls.map(({ ids }) => ids.length)).toEqual([4, 2, 2]);
    expect(run.delivered).toHaveLength(4);
  },
);

const large = { description: 'x'.repeat(2_000), page_url: `https://shop.example/${'p'.repeat(1_900)}` };
const refusesEvent =
  (id: string): Script =>
  ({ ids }) =>
    ids.includes(id) ? tooLarge : ok;

test.each([0, 3, 9])(
  'parks a large event that is too large alone, and delivers the other nine: position %d',
  async (position) => {
    const run = await runBatch(
      eventRecords(10, (n) =>
        n === position ? { ...large, custom_properties: { note: 'x'.repeat(200) } } : {},
      ),
      refusesEvent(`e${position}`),
    );
    expect(run.parked).toMatchObject([
      { id: `e${position}`, attributes: { reason: 'http_413', outcome: 'refused' } },
    ]);
    expect(run.delivered).toHaveLength(9);
    expect(run.failures).toEqual([]);
  },
);

test('parks a small event that is too large alone when TikTok answered for the others', async () => {
  const run = await runBatch(eventRecords(10), refusesEvent('e9'));
  expect(run.parked).toMatchObject([{ id: 'e9', attributes: { reason: 'http_413' } }]);
  expect(run.delivered).toHaveLength(9);
});

test('parks a large event that was sent alone at once', async () => {
  const parts = { custom_properties: { a: 'x'.repeat(1_000), b: 'x'.repeat(1_000) } };
  const run = await runBatch(
    eventRecords(1, () => ({ ...large, ...parts })),
    () => tooLarge,
  );
  expect(run.parked).toMatchObject([{ attributes: { reason: 'http_413' } }]);
  expect(run.calls).toHaveLength(1);
});

test('parks no small event when every call gets 413: that is a fault of the network', async () => {
  for (const count of [1, 2, 10, 50]) {
    const run = await runBatch(eventRecords(count), () => tooLarge);
    expect(run.parked).toEqual([]);
    expect(run.failures).toHaveLength(count);
    expect(run.calls.length).toBeLessThanOrEqual(12);
  }
});

test('isolates an event that TikTok refuses in a call that is too large', async () => {
  const run = await runBatch(eventRecords(10), (call, index) =>
    call.ids.length > 5 ? tooLarge : refusing(['e6'])(call, index),
  );
  expect(run.parked).toMatchObject([{ id: 'e6', attributes: { reason: 'tiktok_40002' } }]);
  expect(run.delivered).toHaveLength(9);
});
