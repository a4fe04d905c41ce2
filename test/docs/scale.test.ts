/** The figures of docs/internals/scale.md follow from `stages/prod.yml`: a change of that file changes the page. */
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod/mini';
import { readStage } from '../../lib/config/read-stage.ts';
import { visibilitySeconds } from '../../stack/queues/queues.ts';
import { readPage, tableOf } from './pages.ts';

const page = readPage('docs/internals/scale.md');
const { api, delivery, queue, alarms, destinations } = readStage('prod');

const sqsEvent = z.object({ sqs: z.object({ batchSize: z.number() }) });
const deliverSchema = z.object({ functions: z.object({ deliver: z.object({ events: z.array(sqsEvent) }) }) });
const stack = deliverSchema.parse(parse(readPage('serverless.yml'), { logLevel: 'silent' }));
const batchSize = stack.functions.deliver.events[0]?.sqs.batchSize ?? Number.NaN;

const count = (value: number): string => value.toLocaleString('en-US', { maximumFractionDigits: 0 });

test.each([
  ['`api.throttle.events.perSecond`', api.throttle.events.perSecond],
  ['`delivery.maximumConcurrency`', delivery.maximumConcurrency],
  ['`delivery.tiktokCallsPerSecond`', delivery.tiktokCallsPerSecond],
  ['`delivery.windowSeconds`', delivery.windowSeconds],
  ['`delivery.timeoutSeconds`', delivery.timeoutSeconds],
  ['`delivery.retryStepsSeconds`', delivery.retryStepsSeconds.join(', ')],
  ['`delivery.maxReceiveCount`', delivery.maxReceiveCount],
  ['`queue.retentionDays`', queue.retentionDays],
  ['`alarms.inFlight`', alarms.inFlight],
  ['`batchSize` in `serverless.yml`', batchSize],
])('shows %s of the stage prod', (setting, value) => {
  expect(page).toContain(`| ${setting} | ${value} |`);
});

const { maximumConcurrency: c, tiktokCallsPerSecond: calls, windowSeconds, timeoutSeconds } = delivery;
const posts = api.throttle.events.perSecond;
const seconds = 0.5;
const delivered = (c * batchSize) / seconds;
// A consumer calls at most four destinations at once.
const targets = Math.min(4, Object.keys(destinations).length);
const paced = (calls * 0.1) / targets;
const longest = delivery.retryStepsSeconds.at(-1) ?? 0;
const steps = delivery.retryStepsSeconds.slice(0, -1);
// The last receive but one parks the message: no wait follows it, nor the last.
const repeats = delivery.maxReceiveCount - 2 - steps.length;
const waits = steps.reduce((sum, step) => sum + step, 0) + repeats * longest;
const hours = (value: number): string => (value / 3600).toFixed(1);

const arithmetic: readonly (readonly [what: string, formula: string, prod: string])[] = [
  [
    'Visibility timeout',
    '6 × `timeoutSeconds` + `windowSeconds`',
    `6 × ${timeoutSeconds} + ${windowSeconds} = ${visibilitySeconds(readStage('prod'))} s`,
  ],
  ['Accepted at most, one event a post', 'posts', `${count(posts)}/s`],
  ['Accepted at most, 50 events a post', 'posts × 50', `${posts} × 50 = ${count(posts * 50)}/s`],
  ['Delivered at most, *D*', 'c × b / L', `${c} × ${batchSize} / ${seconds} s = ${count(delivered)}/s`],
  ['Calls to TikTok then', 'D / b', `${count(delivered)} / ${batchSize} = ${delivered / batchSize}/s`],
  [
    'Highest *c*',
    '`tiktokCallsPerSecond` × 0.1 s / destinations',
    `${calls} × 0.1 / ${targets} = ${paced}, so D = ${count((paced * batchSize) / seconds)}/s`,
  ],
  ['Time to full concurrency', '(c − 5) / 300 a minute', `(${c} − 5) / 300 min = ${((c - 5) / 300) * 60} s`],
  [
    'In flight, all well',
    '2 × c × b: being sent, and collected by pollers',
    `2 × ${c} × ${batchSize} = ${count(2 * c * batchSize)}`,
  ],
  ['Age at delivery, while arrivals < D', '`windowSeconds` + L', `${windowSeconds + seconds} s`],
  ['Net drain of a backlog, with 100/s arriving', 'D − arrivals', `${count(delivered - 100)}/s`],
  [
    'Attempts while every call times out',
    'c × b / 8 s',
    `${c} × ${batchSize} / 8 s = ${(c * batchSize) / 8} events/s`,
  ],
  [
    'Attempts while 120,000 messages wait',
    '120,000 / last step',
    `120,000 / ${longest} s = ${count(120_000 / longest)}/s`,
  ],
  [
    'All waits, without chance',
    'steps; the last two receives wait no more',
    `${steps.join(' + ')} + ${repeats} × ${longest} = ${count(waits)} s = ${hours(waits)} h`,
  ],
  ['All waits, with all chance', '1.2 × waits', `${hours(1.2 * waits)} h`],
  [
    'Alarm `in-flight` at 1,000 events/s',
    '`alarms.inFlight` / 1,000',
    `${count(alarms.inFlight)} / 1,000 = ${alarms.inFlight / 1000} s`,
  ],
  ['Rule: D is three times the arrivals', 'D / 3', `${count(delivered / 3)}/s`],
];

test('shows the arithmetic of the stage prod', () => {
  const rows = arithmetic.map((row) => `| ${row.join(' | ')} |`);
  const head = '| What | Formula | `prod` |';
  expect(tableOf(page, head)).toBe([head, '|---|---|---:|', ...rows].join('\n'));
});

test.each([
  ['a backlog', `2.16 M / ${count(delivered - 100)}/s = ${hours(2.16e6 / (delivered - 100))} h`],
  ['1,000/s', `1,000 / ${batchSize} × ${seconds} s = ${(1000 / batchSize) * seconds} consumers ≤ ${c}`],
  ['10,000/s', `10,000 / ${batchSize} × ${seconds} s = ${(10_000 / batchSize) * seconds} consumers > ${c}`],
  ['100,000/s', `100,000 / ${batchSize} = ${count(100_000 / batchSize)} calls/s > ${count(calls)}`],
])('computes what %s needs from the stage prod', (_load, sum) => {
  expect(page).toContain(sum);
});
