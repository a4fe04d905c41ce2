/**
 * An answer that names no event is an outage or one event's fault. The good events are delivered by the sixth receive,
 * the bad one stays until its last receive, and an outage costs at most two further calls.
 */
import { describe, expect, test } from 'vitest';
import type { TikTokReply } from '../../../lib/tiktok/client.ts';
import { answer, ok, type Run, refusing, runBatch, type Script } from '../../support/delivery/delivery.ts';
import { eventRecords } from '../../support/delivery/records.ts';
import { receivedAtMs } from '../../support/events/events.ts';

const page = (status: number): TikTokReply => ({ kind: 'answer', status });
const lost = (reason: 'timeout' | 'network' | 'oversized_answer', isSent = true): TikTokReply => ({
  kind: 'failure',
  reason,
  isSent,
});

/** Answers that speak of no event, and the reason that a dead letter gives for each. */
const silent: [answer: string, reply: TikTokReply, reason: string][] = [
  ['a firewall page (403)', page(403), 'http_403'],
  ['a text with HTTP 400', page(400), 'http_400'],
  ['HTTP 401', page(401), 'http_401'],
  ['a redirect', page(302), 'http_302'],
  ['HTTP 500', page(500), 'http_500'],
  ['HTTP 503', page(503), 'http_503'],
  ['a page with HTTP 200', page(200), 'unreadable_answer'],
  ['code 0 with HTTP 500', { kind: 'answer', status: 500, code: 0 }, 'http_500'],
  ['code 50000', answer(50000), 'tiktok_50000'],
  ['code 40200', answer(40200), 'tiktok_40200'],
  ['an unknown code', answer(7), 'tiktok_7'],
  ['a reset connection', lost('network'), 'network'],
  ['an answer that is too large', lost('oversized_answer'), 'oversized_answer'],
  ['a time-out', lost('timeout'), 'timeout'],
];

/** Fails each call that contains one of `bad`. */
const failing =
  (bad: readonly string[], reply: TikTokReply): Script =>
  ({ ids }) =>
    ids.some((id) => bad.includes(id)) ? reply : ok;

/** Receives the same events again and again, as SQS would, until none is left or `last` receives are over. */
async function receiveUntil(last: number, count: number, script: Script) {
  const runs: Run[] = [];
  const delivered: string[] = [];
  let waiting = eventRecords(count).map(({ messageId }) => messageId);
  for (let receives = 1; receives <= last && waiting.length > 0; receives += 1) {
    const records = eventRecords(count, undefined, receives);
    const run = await runBatch(
      records.filter(({ messageId }) => waiting.includes(messageId)),
      script,
    );
    runs.push(run);
    delivered.push(...run.delivered);
    waiting = run.failures;
  }
  return { runs, delivered, waiting, parked: runs.flatMap(({ parked }) => parked) };
}

const furtherCalls = ({ calls }: Run): number => calls.length - 1;

describe.each(silent)('%s', (_, reply, reason) => {
  test.each([2, 10, 50])(
    `is retried without a further call at the receives 1 and 2 (%d events, ${reason})`,
    async (count) => {
      for (const receives of [1, 2]) {
        const run = await runBatch(eventRecords(count, undefined, receives), failing(['e0'], reply));
        expect(furtherCalls(run)).toBe(0);
        expect(run.failures).toHaveLength(count);
      }
    },
  );

  test(`costs the others of ten events nothing but a wait, wherever the bad event is (${reason})`, async () => {
    for (let position = 0; position < 10; position += 1) {
      const bad = `e${position}`;
      const { runs, delivered, waiting, parked } = await receiveUntil(6, 10, failing([bad], reply));
      expect(delivered).toHaveLength(9);
      expect(new Set(delivered).size).toBe(9);
      expect(waiting).toEqual([`m-${bad}`]);
      expect(parked).toEqual([]);
      expect(runs.slice(0, 2).map(furtherCalls)).toEqual([0, 0]);
      expect(Math.max(...runs.map(furtherCalls))).toBeLessThanOrEqual(8);
    }
  });

  test.each([2, 3, 4, 5, 10, 50])(
    `costs two further calls at most when every call gets it, at any receive (%d events, ${reason})`,
    async (count) => {
      for (const receives of [3, 4, 5, 6, 7, 8, 9, 10, 50, 111]) {
        const run = await runBatch(eventRecords(count, undefined, receives), () => reply);
        expect(furtherCalls(run)).toBe(2);
        expect(run.failures).toHaveLength(count);
        expect(run.parked).toEqual([]);
      }
    },
  );

  test(`parks the bad event with its reason at the last receive but one (${reason})`, async () => {
    expect((await runBatch(eventRecords(1, undefined, 111), () => reply)).parked).toEqual([]);
    const run = await runBatch(eventRecords(1, undefined, 112), () => reply);
    expect(run.parked).toMatchObject([{ id: 'e0', attributes: { reason } }]);
    expect(run.calls).toHaveLength(1);
  });
});

test.each([
  [1, [50]],
  [2, [50]],
  [3, [50, 25, 25]],
  [5, [50, 25, 25]],
  [6, [50, 13, 13]],
  [8, [50, 13, 13]],
  [9, [50, 1, 1]],
  [100, [50, 1, 1]],
])(
  'sends halves from the third receive, quarters from the sixth, and single events from the ninth: receive %d',
  async (receives, sizes) => {
    const run = await runBatch(eventRecords(50, undefined, receives), () => page(503));
    expect(run.calls.map(({ ids }) => ids.length)).toEqual(sizes);
  },
);

test('counts the receives of the oldest message of the call', async () => {
  const records = [...eventRecords(25, undefined, 3), ...eventRecords(50, undefined, 9).slice(25)];
  const run = await runBatch(records, () => page(503));
  expect(run.calls.map(({ ids }) => ids.length)).toEqual([50, 1, 1]);
});

const positions = Array.from({ length: 50 }, (_, position) => position);

test.each([3, 4, 5, 6, 7, 8, 9, 10, 11, 50])(
  'finds one bad event among 50 within the calls of one invocation at receive %d, at any position',
  async (receives) => {
    for (const position of positions) {
      const bad = `e${position}`;
      const run = await runBatch(eventRecords(50, undefined, receives), failing([bad], page(500)));
      expect(furtherCalls(run)).toBeLessThanOrEqual(15);
      expect(run.delivered).toHaveLength(49);
      expect(run.failures).toEqual([`m-${bad}`]);
    }
  },
);

test('isolates one bad event among 50 with the documented number of further calls', async () => {
  const cost = async (receives: number) => {
    const runs = await Promise.all(
      positions.map((n) => runBatch(eventRecords(50, undefined, receives), failing([`e${n}`], page(500)))),
    );
    return Math.max(...runs.map(furtherCalls));
  };
  expect(await Promise.all([3, 6, 9].map(cost))).toEqual([12, 13, 15]);
});

test.each([2, 3, 5, 10, 25])(
  '%d bad events among 50 cost the others some receives, 20 further calls each at most, and are not parked',
  async (count) => {
    for (const step of [1, 7, 13]) {
      const bad = positions.slice(0, count).map((n) => `e${(n * step) % 50}`);
      const { runs, delivered, waiting, parked } = await receiveUntil(40, 50, failing(bad, page(403)));
      expect(delivered).toHaveLength(50 - count);
      expect(waiting.toSorted()).toEqual(bad.map((id) => `m-${id}`).toSorted());
      expect(parked).toEqual([]);
      expect(Math.max(...runs.map(furtherCalls))).toBeLessThanOrEqual(20);
    }
  },
);

test('two bad events among ten cost the other eight seven receives at most, at any two positions', async () => {
  for (let first = 0; first < 10; first += 1)
    for (let second = first + 1; second < 10; second += 1) {
      const bad = [`e${first}`, `e${second}`];
      const { delivered, waiting } = await receiveUntil(7, 10, failing(bad, page(500)));
      expect(delivered).toHaveLength(8);
      expect(waiting).toEqual(bad.map((id) => `m-${id}`));
    }
});

test('delivers the fresh events of a call with one further call when an old event is bad', async () => {
  const old = eventRecords(1, undefined, 60);
  const fresh = eventRecords(50).slice(1);
  for (const records of [
    [...old, ...fresh],
    [...fresh, ...old],
  ]) {
    const run = await runBatch(records, failing(['e0'], page(500)));
    expect(run.calls.map(({ ids }) => ids.length)).toEqual([50, 49, 1]);
    expect(run.failures).toEqual(['m-e0']);
  }
});

test('finds a bad event among the fresh ones when the old event of the call is good', async () => {
  const records = [...eventRecords(1, undefined, 3), ...eventRecords(50).slice(1)];
  for (const position of positions) {
    const run = await runBatch(records, failing([`e${position}`], page(500)));
    expect(run.failures).toEqual([`m-e${position}`]);
    expect(furtherCalls(run)).toBeLessThanOrEqual(14);
  }
});

test('delivers the rest of a group as a whole when TikTok is back after the first call', async () => {
  for (const receives of [3, 6, 9]) {
    const run = await runBatch(eventRecords(50, undefined, receives), (_, index) =>
      index === 0 ? page(503) : ok,
    );
    expect(furtherCalls(run)).toBeLessThanOrEqual(3);
    expect(run.delivered).toHaveLength(50);
  }
});

test.each([
  ['a rate limit (40100)', answer(40100)],
  ['a rate limit (40016)', answer(40016)],
  ['a rate limit (HTTP 429)', page(429)],
  ['a throttled pixel', answer(40132)],
  ['a throttled ad account', answer(40133)],
  ['maintenance (60001)', answer(60001)],
  ['maintenance (61000)', answer(61000)],
  ['a refused connection', lost('network', false)],
  ['a revoked token', answer(40105)],
  ['a missing permission', answer(40001)],
  ['HTTP 404', page(404)],
  ['a wrong setting', answer(40002, 'Invalid value for event_source_id: not a valid string.')],
])('never sends parts of a call after %s', async (_, reply) => {
  for (const receives of [1, 3, 6, 9, 50]) {
    const run = await runBatch(eventRecords(10, undefined, receives), () => reply);
    expect(run.calls).toHaveLength(1);
    expect(run.failures).toHaveLength(10);
  }
});

test.each([
  ['a rate limit', answer(40100)],
  ['a revoked token', answer(40105)],
  ['no connection', lost('network', false)],
])('stops when a part gets %s', async (_, reply) => {
  for (const receives of [3, 6, 9]) {
    const run = await runBatch(eventRecords(50, undefined, receives), (_call, index) =>
      index === 0 ? page(500) : reply,
    );
    expect(run.calls).toHaveLength(2);
    expect(run.failures).toHaveLength(50);
  }
});

test('isolates an event that TikTok refuses beside one that breaks every call', async () => {
  for (const [refused, broken] of [
    [3, 7],
    [7, 3],
    [0, 49],
    [49, 0],
  ]) {
    const script: Script = (call, index) =>
      call.ids.includes(`e${broken}`) ? page(500) : refusing([`e${refused}`])(call, index);
    const { delivered, waiting, parked } = await receiveUntil(6, 50, script);
    expect(parked.map(({ id }) => id)).toEqual([`e${refused}`]);
    expect(delivered).toHaveLength(48);
    expect(waiting).toEqual([`m-e${broken}`]);
  }
});

test('keeps the reason of the last answer for events that there is no time to send again', async () => {
  let nowMs = receivedAtMs;
  const run = await runBatch(
    eventRecords(10, undefined, 112),
    ({ timeoutMs = 0 }) => {
      nowMs += Math.min(8_000, timeoutMs);
      return lost('timeout');
    },
    { now: () => nowMs, remainingMs: 13_500 },
  );
  expect(run.calls).toHaveLength(1);
  expect(run.parked).toHaveLength(10);
  for (const { attributes } of run.parked) expect(attributes).toMatchObject({ reason: 'timeout' });
});

test.each([15, 20, 30, 60])(
  'ends in time when a bad event stalls each call for 8 s and %d s are left',
  async (seconds) => {
    for (const position of [0, 4, 9]) {
      let waiting = eventRecords(10).map(({ messageId }) => messageId);
      const delivered: string[] = [];
      for (let receives = 1; receives <= 6 && waiting.length > 0; receives += 1) {
        let nowMs = receivedAtMs;
        const run = await runBatch(
          eventRecords(10, undefined, receives).filter(({ messageId }) => waiting.includes(messageId)),
          ({ ids, timeoutMs = 0 }) => {
            const isBad = ids.includes(`e${position}`);
            nowMs += isBad ? Math.min(8_000, timeoutMs) : 300;
            return isBad ? lost('timeout') : ok;
          },
          { now: () => nowMs, remainingMs: seconds * 1_000 },
        );
        expect(nowMs - receivedAtMs).toBeLessThanOrEqual((seconds - 5) * 1_000);
        delivered.push(...run.delivered);
        waiting = run.failures;
      }
      expect(delivered).toHaveLength(9);
      expect(waiting).toEqual([`m-e${position}`]);
    }
  },
);

/** One batch at the third receive, of which one event stalls each call as long as it may; the others take 300 ms. */
async function stallAt(position: number, count: number) {
  let nowMs = receivedAtMs;
  const run = await runBatch(
    eventRecords(count, undefined, 3),
    ({ ids, timeoutMs = 0 }) => {
      const isBad = ids.includes(`e${position}`);
      nowMs += isBad ? Math.min(8_000, timeoutMs) : 300;
      return isBad ? lost('timeout') : ok;
    },
    { now: () => nowMs, remainingMs: 30_000 },
  );
  expect(nowMs - receivedAtMs).toBeLessThanOrEqual(25_000);
  return run;
}

test('delivers the others of ten events at the third receive when one event stalls each call', async () => {
  for (const position of positions.slice(0, 10)) {
    const run = await stallAt(position, 10);
    expect(run.failures).toEqual([`m-e${position}`]);
  }
});

test('delivers all but two of the others of 50 events at the third receive when one event stalls each call', async () => {
  for (const position of positions) {
    const run = await stallAt(position, 50);
    expect(run.failures).toContain(`m-e${position}`);
    expect(run.failures.length).toBeLessThanOrEqual(3);
  }
});

test('sends the other half of the call before it splits the quarter that failed', async () => {
  const run = await runBatch(eventRecords(50, undefined, 6), failing(['e40'], page(500)));
  expect(run.calls[1]?.ids).toContain('e40');
  expect(run.calls.slice(0, 5).map(({ ids }) => ids.length)).toEqual([50, 13, 13, 24, 7]);
});

test('makes no empty call when a call that was too large leaves a part of new messages only', async () => {
  const [first, second] = eventRecords(4, undefined, 1);
  const [, , third, fourth] = eventRecords(4, undefined, 3);
  const records = [first, second, third, fourth].filter((record) => record !== undefined);
  const { calls, failures } = await runBatch(records, ({ ids }) => (ids.length > 2 ? page(413) : page(500)));
  expect(calls.map(({ ids }) => ids.length)).not.toContain(0);
  expect(failures).toHaveLength(4);
});
