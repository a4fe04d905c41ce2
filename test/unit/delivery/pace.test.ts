/** At most four calls in flight an invocation, one a destination: whatever the batch holds. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { answer, ok, runBatch, type Script } from '../../support/delivery/delivery.ts';
import { messageBody, sqsRecord } from '../../support/delivery/records.ts';
import { receivedAtMs } from '../../support/events/events.ts';
import { runs } from '../../support/runs.ts';

const names = Array.from({ length: 8 }, (_, n) => `pixel-${n}`);
const destinations = Object.fromEntries(
  names.map((name) => [name, { pixelCode: name, eventSource: 'web' as const }]),
);

interface Sent {
  readonly destination: string;
  readonly testCode?: string | undefined;
}

const recordsOf = (sent: readonly Sent[]) =>
  sent.map(({ destination, testCode }, n) =>
    sqsRecord({
      body: messageBody(`e${n}`, testCode === undefined ? {} : { test_event_code: testCode }, {
        destination,
      }),
      messageId: `m-e${n}`,
    }),
  );

/** Watches how many calls are in flight, in all and for one destination; each takes some turns of the event loop. */
function watch(reply: Script = () => ok) {
  const inFlight: string[] = [];
  const seen = { atOnce: 0, forOne: 0 };
  const script: Script = async (call, index) => {
    inFlight.push(call.source);
    seen.atOnce = Math.max(seen.atOnce, inFlight.length);
    seen.forOne = Math.max(seen.forOne, inFlight.filter((source) => source === call.source).length);
    for (let turn = 0; turn < 1 + (index % 3); turn += 1) await new Promise(setImmediate);
    inFlight.splice(inFlight.indexOf(call.source), 1);
    return reply(call, index);
  };
  return { script, seen };
}

test('sends fifty test codes of one destination one after the other, and all of them', async () => {
  const { script, seen } = watch();
  const sent = Array.from({ length: 50 }, (_, n) => ({ destination: 'pixel-0', testCode: `TEST${n}` }));
  const { calls, failures } = await runBatch(recordsOf(sent), script, { destinations });
  expect(calls.map(({ testCode }) => testCode)).toEqual(sent.map(({ testCode }) => testCode));
  expect(failures).toEqual([]);
  expect(seen).toEqual({ atOnce: 1, forOne: 1 });
});

test('sends to four of eight destinations at once', async () => {
  const { script, seen } = watch();
  const { delivered } = await runBatch(recordsOf(names.map((destination) => ({ destination }))), script, {
    destinations,
  });
  expect(delivered).toHaveLength(8);
  expect(seen).toEqual({ atOnce: 4, forOne: 1 });
});

test('delivers to other destinations while some stall, as long as one of the four places is free', async () => {
  const finished: string[] = [];
  let release = () => {};
  const stall = new Promise<void>((resolve) => {
    release = resolve;
  });
  const run = runBatch(
    recordsOf(names.map((destination) => ({ destination }))),
    async ({ source }) => {
      if (['pixel-0', 'pixel-1', 'pixel-2'].includes(source)) await stall;
      finished.push(source);
      return ok;
    },
    { destinations },
  );
  for (let turn = 0; turn < 50; turn += 1) await new Promise(setImmediate);
  expect(finished).toEqual(names.slice(3));
  release();
  expect((await run).delivered).toHaveLength(8);
});

test('retries the groups for which no time is left', async () => {
  let nowMs = receivedAtMs;
  const sent = Array.from({ length: 5 }, (_, n) => ({ destination: 'pixel-0', testCode: `TEST${n}` }));
  const slow: Script = async () => {
    nowMs += 8_000;
    return { kind: 'failure', reason: 'timeout', isSent: true };
  };
  const options = { destinations, remainingMs: 30_000, now: () => nowMs };
  const { calls, failures, telemetry } = await runBatch(recordsOf(sent), slow, options);
  expect(calls).toHaveLength(4);
  expect(failures).toHaveLength(5);
  expect(telemetry.lines.map(({ fields }) => fields.reason)).toContain('no_time');
});

test('sends every group of a destination once before it isolates an event that stalls', async () => {
  let nowMs = receivedAtMs;
  const codes = ['TEST1', 'TEST1', 'TEST1', 'TEST1', 'TEST2'];
  const records = recordsOf(codes.map((testCode) => ({ destination: 'pixel-0', testCode }))).map(
    ({ body, messageId }) => sqsRecord({ body, messageId, receives: 3 }),
  );
  const stalls: Script = async ({ ids, timeoutMs = 0 }) => {
    if (!ids.includes('e0')) return ok;
    nowMs += Math.min(8_000, timeoutMs);
    return { kind: 'failure', reason: 'timeout', isSent: true };
  };
  const options = { destinations, remainingMs: 30_000, now: () => nowMs };
  const { calls, failures } = await runBatch(records, stalls, options);
  expect(calls.slice(0, 2).map(({ testCode }) => testCode)).toEqual(['TEST1', 'TEST2']);
  expect(failures).toEqual(['m-e0']);
});

test('makes four calls at most, and one a destination, for any batch and any answer', async () => {
  const one = fc.record({
    destination: fc.constantFrom(...names),
    testCode: fc.constantFrom(undefined, 'TEST1', 'TEST2', 'TEST3'),
  });
  const codes = fc.array(fc.constantFrom(0, 0, 40002, 40105, 50000), { minLength: 1, maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(fc.array(one, { maxLength: 50 }), codes, async (sent, replies) => {
      const { script, seen } = watch((_call, index) => answer(replies[index % replies.length] ?? 0));
      const { telemetry } = await runBatch(recordsOf(sent), script, { destinations });
      expect(seen.atOnce).toBeLessThanOrEqual(4);
      expect(seen.forOne).toBeLessThanOrEqual(1);
      // Every message has a disposition.
      const delivered = telemetry.sum('EventsDelivered') + telemetry.sum('EventsParked');
      expect(delivered + telemetry.sum('EventsRetried') + telemetry.sum('EventsHeld')).toBe(sent.length);
    }),
    runs(100),
  );
});
