/** The consumer with a scripted TikTok, a queue in memory, and a clock in the test's hands. */
import type { SQSBatchResponse, SQSRecord } from 'aws-lambda';
import { deliverBatch } from '../../../lib/delivery/deliver-batch.ts';
import type { ReadToken } from '../../../lib/delivery/token-source.ts';
import type { ConsentMode } from '../../../lib/events/consent.ts';
import type { Destinations } from '../../../lib/events/destination.ts';
import type { TikTokCall, TikTokReply } from '../../../lib/tiktok/client.ts';
import { destinations, receivedAtMs } from '../events/events.ts';
import { createMemoryQueue, type MemoryQueue } from '../queue/memory-queue.ts';
import { type RecordedTelemetry, recordTelemetry } from '../telemetry.ts';

export interface SeenCall {
  readonly ids: string[];
  readonly source: string;
  readonly testCode: string | undefined;
  readonly token: string | undefined;
  readonly baseUrl: string | undefined;
  readonly timeoutMs: number | undefined;
}

export type Script = (call: SeenCall, index: number) => TikTokReply | Promise<TikTokReply>;

export const ok: TikTokReply = { kind: 'answer', status: 200, code: 0, message: 'OK', requestId: 'r-ok' };
export const answer = (code: number, message = ''): TikTokReply => ({
  kind: 'answer',
  status: 200,
  code,
  message,
  requestId: `r-${code}`,
});

/** Refuses a call that holds one of `bad`; `name` says how the message names it. */
export const refusing =
  (bad: readonly string[], name: (index: number) => string = () => ''): Script =>
  ({ ids }) => {
    const index = ids.findIndex((id) => bad.includes(id));
    return index < 0 ? ok : answer(40002, `${name(index)}user.email is wrong: jane@canary.example`);
  };

export interface Run {
  readonly calls: SeenCall[];
  readonly delivered: string[];
  readonly failures: string[];
  readonly parked: { id: string; attributes: Readonly<Record<string, string>> }[];
  readonly delays: ReadonlyMap<string, number>;
  readonly telemetry: RecordedTelemetry;
  readonly response: SQSBatchResponse;
}

export interface RunOptions {
  readonly queue?: MemoryQueue;
  readonly readToken?: ReadToken;
  readonly destinations?: Destinations;
  readonly now?: () => number;
  readonly remainingMs?: number;
  readonly random?: number;
  readonly maxReceiveCount?: number;
  readonly consent?: ConsentMode;
}

export async function runBatch(
  records: readonly SQSRecord[],
  script: Script,
  options: RunOptions = {},
): Promise<Run> {
  const calls: SeenCall[] = [];
  const delivered: string[] = [];
  const telemetry = recordTelemetry();
  const { queue = createMemoryQueue(), random = 0 } = options;
  const tiktok = async (sent: TikTokCall): Promise<TikTokReply> => {
    const { method, path, body = '', accessToken, baseUrl, timeoutMs } = sent;
    if (method !== 'POST' || path !== '/open_api/v1.3/event/track/') throw new Error('no such endpoint');
    const request = JSON.parse(body);
    const ids: string[] = request.data.map(({ event_id }: { event_id: string }) => event_id);
    const call = {
      ids,
      source: request.event_source_id,
      testCode: request.test_event_code,
      token: accessToken,
      baseUrl,
      timeoutMs,
    };
    const reply = await script(call, calls.push(call) - 1);
    if (reply.kind === 'answer' && reply.status === 200 && reply.code === 0) delivered.push(...ids);
    return reply;
  };
  const response = await deliverBatch(records, options.remainingMs ?? 300_000, {
    settings: {
      destinations: options.destinations ?? destinations,
      consent: options.consent ?? 'always',
      queueUrl: 'queue',
      deadLetterQueueUrl: 'dead-letters',
      delivery: {
        retryStepsSeconds: [5, 15, 30, 60, 60, 60, 120, 240, 480, 900],
        holdStepsSeconds: [30, 60, 120, 300, 600, 900],
        maxReceiveCount: options.maxReceiveCount ?? 113,
      },
    },
    clients: { queue, tiktok, readToken: options.readToken ?? (async () => 'token'), telemetry },
    now: options.now ?? (() => receivedAtMs + 1_000),
    random: () => random,
  });
  return {
    calls,
    delivered,
    telemetry,
    response,
    failures: response.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier),
    parked: queue.sent
      .filter(({ queueUrl }) => queueUrl === 'dead-letters')
      .map(({ message }) => ({ id: idOf(message.body), attributes: message.attributes ?? {} })),
    delays: new Map(
      queue.delays
        .filter(({ queueUrl }) => queueUrl === 'queue')
        .map(({ delay }) => [delay.receiptHandle.replace('handle-', ''), delay.seconds]),
    ),
  };
}

function idOf(body: string): string {
  try {
    return JSON.parse(body).event.event_id;
  } catch {
    return body;
  }
}
