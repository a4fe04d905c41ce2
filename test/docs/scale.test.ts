/** `docs/internals/scale.md` reckons with the settings of `prod`: whoever changes the file must reckon again. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod/mini';
import { readStage } from '../../lib/config/read-stage.ts';
import { visibilitySeconds } from '../../stack/queues/queues.ts';

const root = new URL('../../', import.meta.url);
const page = readFileSync(new URL('docs/internals/scale.md', root), 'utf8');
const { api, delivery, queue, alarms, destinations } = readStage('prod');

const sqsEvent = z.object({ sqs: z.object({ batchSize: z.number() }) });
const deliverSchema = z.object({ functions: z.object({ deliver: z.object({ events: z.array(sqsEvent) }) }) });
const stack = deliverSchema.parse(
  parse(readFileSync(new URL('serverless.yml', root), 'utf8'), { logLevel: 'silent' }),
);
const batchSize = stack.functions.deliver.events[0]?.sqs.batchSize ?? Number.NaN;

const count = (value: number): string => value.toLocaleString('en-US', { maximumFractionDigits: 0 });

describe('the settings on docs/internals/scale.md', () => {
  it.each([
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
  ])('%s is that of the stage', (setting, value) => {
    expect(page).toContain(`| ${setting} | ${value} |`);
  });
});

describe('the arithmetic on docs/internals/scale.md', () => {
  const { maximumConcurrency: c, tiktokCallsPerSecond: calls, windowSeconds, timeoutSeconds } = delivery;
  const posts = api.throttle.events.perSecond;
  const seconds = 0.5;
  const delivered = (c * batchSize) / seconds;
  const paced = (calls * 0.1) / Object.keys(destinations).length;
  const longest = delivery.retryStepsSeconds.at(-1) ?? 0;
  const steps = delivery.retryStepsSeconds.slice(0, -1);
  // The last receive but one parks the message: no wait follows it, nor the last.
  const repeats = delivery.maxReceiveCount - 2 - steps.length;
  const waits = steps.reduce((sum, step) => sum + step, 0) + repeats * longest;

  it.each([
    ['visibility', `6 × ${timeoutSeconds} + ${windowSeconds} = ${visibilitySeconds(readStage('prod'))} s`],
    ['accepted, one by one', `${posts} × 1 = ${count(posts)}/s`],
    ['accepted, by fifty', `${posts} × 50 = ${count(posts * 50)}/s`],
    ['delivered', `${c} × ${batchSize} / ${seconds} s = ${count(delivered)}/s`],
    ['calls', `${count(delivered)} / ${batchSize} = ${delivered / batchSize}/s of ${count(calls)}`],
    ['pace', `${calls} × 0.1 = ${paced}, so D = ${count((paced * batchSize) / seconds)}/s`],
    ['ramp', `(${c} − 5) / 300 min = ${((c - 5) / 300) * 60} s`],
    ['in flight', `2 × ${c} × ${batchSize} = ${count(2 * c * batchSize)}`],
    ['age', `${windowSeconds + seconds} s`],
    ['drain', `${count(delivered)} − 100 = ${count(delivered - 100)}/s`],
    ['timeouts', `${c} × ${batchSize} / 8 s = ${(c * batchSize) / 8} events/s`],
    ['attempts in flight', `120,000 / ${longest} s = ${count(120_000 / longest)} attempts/s`],
    [
      'waits',
      `${steps.join(' + ')} + ${repeats} × ${longest} = ${count(waits)} s = ${(waits / 3600).toFixed(1)} h`,
    ],
    ['alarm', `${count(alarms.inFlight)} / 1,000 = ${alarms.inFlight / 1000} s`],
    ['backlog', `2.16 M / ${count(delivered - 100)}/s = ${(2.16e6 / (delivered - 100) / 3600).toFixed(1)} h`],
    ['rule', `that is ${count(delivered / 3)} events/s`],
    [
      'consumers at 1,000/s',
      `1,000 / ${batchSize} × ${seconds} s = ${(1000 / batchSize) * seconds} consumers > ${c}`,
    ],
    ['consumers at 10,000/s', `= ${(10_000 / batchSize) * seconds} consumers > ${c}`],
    [
      'calls at 100,000/s',
      `100,000 / ${batchSize} = ${count(100_000 / batchSize)} calls/s > ${count(calls)}`,
    ],
  ])('of %s is right', (_, sum) => {
    expect(page).toContain(sum);
  });
});
