/** From the lines of a batch alone, you can tell what happened to each of its messages, whatever TikTok answered. */
import type { SQSRecord } from 'aws-lambda';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AnsweredLine, JournalLine, WaitsLine } from '../../lib/journal/line.ts';
import { readLine } from '../../lib/journal/parse-line.ts';
import { fingerprint } from '../../lib/privacy/sha256.ts';
import type { TikTokReply } from '../../lib/tiktok/client.ts';
import { record, reply } from '../support/delivery/arbitraries.ts';
import { type Run, runBatch } from '../support/delivery/delivery.ts';
import { createMemoryQueue } from '../support/queue/memory-queue.ts';
import { runs } from '../support/runs.ts';

const atMs = Date.parse('2026-11-26T20:00:00.000Z');
const timestamp = new Date(atMs).toISOString();

const journalOf = (run: Run): JournalLine[] =>
  run.telemetry.lines.flatMap(({ message, fields }) => readLine({ ...fields, message, timestamp }) ?? []);

/** Gives each record an event id and a message id of its own, so that a line names one record. */
const apart = (records: readonly SQSRecord[]): SQSRecord[] =>
  records.map((each, index) => ({
    ...each,
    messageId: `m-${index}`,
    receiptHandle: `handle-m-${index}`,
    body: each.body.replace(/"event_id":"\w+"/, `"event_id":"e${index}"`),
  }));

/** The id of the event that the consumer reads: that of the message when the producer gave none. */
function eventIdOf({ body, messageId }: SQSRecord): string | undefined {
  if (['', '{', '{"v":2}'].includes(body)) return undefined;
  return JSON.parse(body).event?.event_id ?? messageId;
}

const isDelivered = (each: SQSRecord, answered: readonly AnsweredLine[]): boolean =>
  answered.some(
    ({ verdict, events }) => verdict === 'delivered' && events.includes(fingerprint(eventIdOf(each) ?? '')),
  );

const waitsOf = ({ atMs: from, events }: WaitsLine) =>
  events.map(({ nextAttemptMs, ...entry }) => ({ ...entry, waitMs: nextAttemptMs - from }));

/** What the lines say of one message, as often as they say it. Of one without an id, only that it is parked. */
function statesOf(each: SQSRecord, lines: readonly JournalLine[]): string[] {
  const id = eventIdOf(each);
  const event = id === undefined ? undefined : fingerprint(id);
  const parked = lines.filter((line) => line.kind === 'parked' && line.messageId === each.messageId);
  if (event === undefined) return [parked.length === 1 ? 'parked' : 'waits'];
  const waiting = lines.flatMap((line) => (line.kind === 'waits' ? line.events : []));
  const answered = lines.filter((line): line is AnsweredLine => line.kind === 'answered');
  return [
    ...parked.map(() => 'parked'),
    ...waiting.filter((entry) => entry.event === event).map(() => 'waits'),
    ...(isDelivered(each, answered) ? ['delivered'] : []),
  ];
}

test('tells from its lines which messages of a batch were delivered, wait or are parked', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(record, { maxLength: 55 }).map(apart),
      fc.array(reply, { minLength: 1, maxLength: 30 }),
      fc.array(fc.boolean(), { minLength: 1, maxLength: 10 }),
      fc.constantFrom('token', undefined),
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      async (records, replies, stored, token, random) => {
        const queue = createMemoryQueue((index) => stored[index % stored.length] ?? true);
        const run = await runBatch(
          records,
          (_, index): TikTokReply =>
            replies[index % replies.length] ?? { kind: 'answer', status: 200, code: 0 },
          { queue, random, readToken: async () => token },
        );
        const lines = journalOf(run);
        const answered = lines.filter((line): line is AnsweredLine => line.kind === 'answered');
        const waits = lines.filter((line): line is WaitsLine => line.kind === 'waits');

        expect(answered.map(({ events }) => events).toSorted()).toEqual(
          run.calls.map(({ ids }) => ids.map(fingerprint)).toSorted(),
        );
        const groups = waits.map(({ destination, outcome, reason, detail }) =>
          [destination, outcome, reason, detail].join(' '),
        );
        expect(new Set(groups).size).toBe(groups.length);

        for (const each of records) {
          const isFailed = run.failures.includes(each.messageId);
          expect(statesOf(each, lines)).toEqual([
            isFailed ? 'waits' : isDelivered(each, answered) ? 'delivered' : 'parked',
          ]);
        }
        const unnamed = records.filter((each) => eventIdOf(each) === undefined);
        expect(waits.flatMap(waitsOf).filter(({ event }) => event === undefined)).toHaveLength(
          unnamed.filter(({ messageId }) => run.failures.includes(messageId)).length,
        );
        for (const { event, waitMs, receives } of waits.flatMap(waitsOf)) {
          const its = records.find((each) => fingerprint(eventIdOf(each) ?? '') === event);
          if (its === undefined) continue;
          expect(waitMs).toBe((run.delays.get(its.messageId) ?? Number.NaN) * 1000);
          expect(receives).toBe(Number(its.attributes.ApproximateReceiveCount));
        }
      },
    ),
    runs(300),
  );
});

test('counts in its coverage lines every delivered message of a batch once', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(record, { maxLength: 55 }).map(apart),
      fc.array(reply, { minLength: 1, maxLength: 30 }),
      async (records, replies) => {
        const run = await runBatch(
          records,
          (_, index) => replies[index % replies.length] ?? { kind: 'answer', status: 200, code: 0 },
        );
        const sums = journalOf(run).flatMap((line) => (line.kind === 'coverage' ? [line] : []));
        const groups = sums.map(({ source, name, destination }) => `${source} ${name} ${destination}`);
        expect(new Set(groups).size).toBe(groups.length);
        expect(sums.reduce((sum, { counts }) => sum + (counts.events ?? 0), 0)).toBe(
          run.telemetry.sum('EventsDelivered'),
        );
        for (const { counts } of sums)
          for (const count of Object.values(counts)) expect(count).toBeLessThanOrEqual(counts.events ?? 0);
      },
    ),
    runs(100),
  );
});
