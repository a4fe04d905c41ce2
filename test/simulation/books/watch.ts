/** Watches the consumer for the books: what each invocation gets, calls, parks, delays and logs. */
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import type { Network } from '../../../lib/tiktok/client.ts';
import { type Code, deliverCode } from '../lambda/functions.ts';
import type { Reach } from '../lambda/reach.ts';
import type { SimulatedStage } from '../stage.ts';
import type { Fact } from '../world-parts.ts';
import { readAnswer, readFailure } from './read-answer.ts';
import { createRunReport, type Ladder, type ReportedRead, type RunReport } from './run-report.ts';
import { factsOf, markOf, type TrackBody } from './track-body.ts';

/** @returns the code of the consumer, for one environment after another */
export function watchedConsumer(
  witness: (fact: Fact) => void,
  load: (reach: Reach) => Code<SQSEvent, SQSBatchResponse> = deliverCode,
): (reach: Reach) => Code<SQSEvent, SQSBatchResponse> {
  let invocations = 0;
  return (reach) => {
    const { stage, clock } = reach;
    const ladder = ladderOf(stage);
    /** An environment runs one invocation at a time. */
    const current = { invocation: 0, report: createRunReport([], 0, ladder) };
    const run = load({
      ...reach,
      fetch: watchedFetch(reach, witness, () => current),
      secrets: watchedSecrets(reach, () => current.report),
      sqs: watchedSqs(reach.sqs, stage.sqs.deadLetterQueueUrl, () => current.report),
      telemetry: watchedTelemetry(() => current.report),
    });
    return async (event, remainingMs) => {
      invocations += 1;
      const invocation = invocations;
      const report = createRunReport(event.Records, clock.now() + remainingMs(), ladder);
      Object.assign(current, { invocation, report });
      const messages = report.records.map(({ key, receives, body }) => ({
        key,
        receives,
        bytes: Buffer.byteLength(body),
      }));
      witness({ kind: 'invoked', invocation, messages });
      const answer = await run(event, remainingMs);
      report.failures = answer.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
      report.endedAtMs = clock.now();
      witness({ kind: 'ended', invocation, report });
      return answer;
    };
  };
}

const ladderOf = ({ delivery }: SimulatedStage): Ladder => ({
  retry: delivery.retryStepsSeconds,
  hold: delivery.holdStepsSeconds,
  maxReceiveCount: delivery.maxReceiveCount,
});

function watchedFetch(
  { fetch, clock, stage }: Reach,
  witness: (fact: Fact) => void,
  current: () => { readonly invocation: number; readonly report: RunReport },
): Network['fetch'] {
  const destinations = Object.entries(stage.destinations);
  return async (url, init) => {
    const { invocation, report } = current();
    const { data, event_source_id: pixel, test_event_code } = JSON.parse(String(init.body)) as TrackBody;
    const destination = destinations.find(([, { pixelCode }]) => pixelCode === pixel)?.[0];
    const call = {
      keys: data.map(({ properties }) => properties.order_id),
      eventIds: data.map(({ event_id }) => event_id),
      marks: data.map(markOf),
      destination,
      testCode: test_event_code,
      sent: data.map(factsOf),
      stageTestCode: destination === undefined ? undefined : stage.destinations[destination]?.testEventCode,
      token: new Headers(init.headers).get('access-token') ?? undefined,
      startedAtMs: clock.now(),
      endedAtMs: 0,
      ...readFailure(undefined),
    };
    report.calls.push(call);
    witness({ kind: 'calling', invocation, destination });
    try {
      const { answer, reading } = await readAnswer(await fetch(url, init));
      const isOwn = reading.setting === 'test_event_code' && test_event_code !== call.stageTestCode;
      Object.assign(call, reading, isOwn && { setting: undefined });
      return answer;
    } catch (error) {
      Object.assign(call, readFailure(error));
      throw error;
    } finally {
      call.endedAtMs = clock.now();
      witness({ kind: 'answered', invocation, destination });
    }
  };
}

const watchedSecrets = ({ secrets, clock }: Reach, report: () => RunReport): Reach['secrets'] => ({
  async read(secret) {
    const read: ReportedRead = { secret, startedAtMs: clock.now(), isRead: false, token: undefined };
    report().reads.push(read);
    const text = await secrets.read(secret);
    read.isRead = true;
    if (text !== undefined) read.token = JSON.parse(text).access_token;
    return text;
  },
});

const watchedSqs = (
  sqs: Reach['sqs'],
  deadLetterQueueUrl: string,
  report: () => RunReport,
): Reach['sqs'] => ({
  async sendMessageBatch(request, signal) {
    const { letters } = report();
    if (request.QueueUrl === deadLetterQueueUrl) report().attemptedLetters += request.Entries?.length ?? 0;
    const answer = await sqs.sendMessageBatch(request, signal);
    const stored = new Set(answer.Successful?.map(({ Id }) => Id));
    if (request.QueueUrl !== deadLetterQueueUrl) return answer;
    for (const { Id, MessageBody: body = '', MessageAttributes = {} } of request.Entries ?? [])
      if (stored.has(Id)) letters.push({ body, attributes: textsOf(MessageAttributes) });
    return answer;
  },
  changeMessageVisibilityBatch(request, signal) {
    for (const { ReceiptHandle: receiptHandle = '', VisibilityTimeout: seconds = 0 } of request.Entries ?? [])
      report().delays.push({ receiptHandle, seconds });
    return sqs.changeMessageVisibilityBatch(request, signal);
  },
});

const textsOf = (attributes: Readonly<Record<string, { readonly StringValue?: string | undefined }>>) =>
  Object.fromEntries(Object.entries(attributes).map(([name, { StringValue = '' }]) => [name, StringValue]));

function watchedTelemetry(report: () => RunReport): Reach['telemetry'] {
  const log =
    (level: 'info' | 'warn' | 'error'): Reach['telemetry']['info'] =>
    (message, fields) =>
      void report().lines.push({ level, message, fields });
  return {
    info: log('info'),
    warn: log('warn'),
    error: log('error'),
    count(name, value = 1) {
      const { counts } = report();
      counts.set(name, (counts.get(name) ?? 0) + value);
    },
    flush() {
      report().flushes += 1;
    },
  };
}
