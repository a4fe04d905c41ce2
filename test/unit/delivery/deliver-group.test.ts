/** One bad event costs the others nothing but a few calls, and is parked only after it was refused alone. */
import { describe, expect, test } from 'vitest';
import { answer, ok, refusing, runBatch, type Script } from '../../support/delivery/delivery.ts';
import { eventRecords } from '../../support/delivery/records.ts';

const positions = Array.from({ length: 50 }, (_, position) => position);
const namings: [how: string, name: (index: number) => string, maxExtra: number][] = [
  ['names the position', (index) => `Batch.${index}.`, 2],
  ['names no position', () => '', 12],
  ['names the first position always', () => 'data[0].', 13],
  ['names the last position of a full batch always', () => 'data[49].', 13],
  ['names the position after', (index) => `data.${index + 1}.`, 13],
];

test.each(positions.flatMap((position) => namings.map((naming) => [position, ...naming] as const)))(
  'promise 3: parks the bad event at position %d alone and delivers the other 49 when TikTok %s',
  async (position, _, name, maxExtra) => {
    const bad = `e${position}`;
    const run = await runBatch(eventRecords(50), refusing([bad], name));
    expect(run.calls.length - 1).toBeLessThanOrEqual(maxExtra);
    expect(run.calls.some(({ ids }) => ids.length === 1 && ids[0] === bad)).toBe(true);
    expect(run.parked.map(({ id }) => id)).toEqual([bad]);
    expect(new Set(run.delivered).size).toBe(49);
    expect(run.delivered).toHaveLength(49);
    expect(run.failures).toEqual([]);
  },
);

describe.each([2, 3, 5, 10, 25, 49, 50])('%d bad events among 50', (count) => {
  test.each(namings.map(([how, name]) => [how, name] as const))(
    `makes 20 further calls at most for ${count} bad events among 50 and loses no event when TikTok %s`,
    async (_, name) => {
      const bad = positions.slice(0, count).map((n) => `e${(n * 7) % 50}`);
      const run = await runBatch(eventRecords(50), refusing(bad, name));
      expect(run.calls.length - 1).toBeLessThanOrEqual(20);
      const parked = run.parked.map(({ id }) => id);
      const failed = run.failures.map((id) => id.replace('m-', ''));
      expect(parked.every((id) => bad.includes(id))).toBe(true);
      expect([...run.delivered, ...parked, ...failed].toSorted()).toEqual(
        positions.map((n) => `e${n}`).toSorted(),
      );
    },
  );

  test(`settles ${count} bad events among 50 at later receives`, async () => {
    const bad = positions.slice(0, count).map((n) => `e${(n * 7) % 50}`);
    let records = eventRecords(50);
    const parked: string[] = [];
    const delivered: string[] = [];
    let receives = 1;
    for (; records.length > 0 && receives < 30; receives += 1) {
      const run = await runBatch(records, refusing(bad));
      parked.push(...run.parked.map(({ id }) => id));
      delivered.push(...run.delivered);
      records = records.filter(({ messageId }) => run.failures.includes(messageId));
    }
    expect(parked.toSorted()).toEqual(bad.toSorted());
    expect(delivered).toHaveLength(50 - count);
    expect(records).toEqual([]);
  });
});

test.each([
  ['names the position', (index: number) => `Batch.${index}.`, [2, 2, 2]],
  ['names no position', () => '', [12, 7, 6]],
  ['names the first position always', () => 'data[0].', [2, 10, 7]],
])(
  'isolates one bad event among 50 with the documented number of further calls when TikTok %s',
  async (_, name, expected) => {
    const costs: number[] = [];
    for (const bad of ['e0', 'e24', 'e49'])
      costs.push((await runBatch(eventRecords(50), refusing([bad], name))).calls.length - 1);
    expect(costs).toEqual(expected);
  },
);

test('parks a bad event that was sent alone without a further call', async () => {
  const run = await runBatch(eventRecords(1), refusing(['e0']));
  expect(run.calls).toHaveLength(1);
  expect(run.parked).toHaveLength(1);
  expect(run.failures).toEqual([]);
});

test('finds a bad event among two with two further calls', async () => {
  for (const bad of ['e0', 'e1']) {
    const run = await runBatch(eventRecords(2), refusing([bad]));
    expect(run.calls).toHaveLength(3);
    expect(run.parked.map(({ id }) => id)).toEqual([bad]);
  }
});

const thenFails =
  (after: number, reply: ReturnType<typeof answer>): Script =>
  (call, index) =>
    index > after ? reply : refusing(['e7'])(call, index);

test.each([
  ['a rate limit', answer(40100), 'retry'],
  ['no permission', answer(40001), 'hold'],
  ['a timeout', { kind: 'failure', reason: 'timeout', isSent: true } as const, 'retry'],
])('stops isolation at %s, retries the events that are not delivered, and parks none', async (_, reply) => {
  const run = await runBatch(eventRecords(50), thenFails(2, reply));
  expect(run.calls).toHaveLength(4);
  expect(run.parked).toEqual([]);
  expect(run.failures).toHaveLength(50 - run.delivered.length);
});

test('parks no event that TikTok refused only together with others', async () => {
  let first = true;
  const run = await runBatch(eventRecords(50), () => {
    if (!first) return ok;
    first = false;
    return answer(40002);
  });
  expect(run.parked).toEqual([]);
  expect(new Set(run.delivered).size).toBe(50);
  expect(run.failures).toEqual([]);
});

test('uses a new token at once when the old one is revoked during isolation', async () => {
  const run = await runBatch(
    eventRecords(50),
    (call, index) => (index > 1 && call.token === 'old' ? answer(40105) : refusing(['e7'])(call, index)),
    { readToken: async (_, fresh) => (fresh ? 'new' : 'old') },
  );
  expect(run.parked.map(({ id }) => id)).toEqual(['e7']);
  expect(run.delivered).toHaveLength(49);
});
