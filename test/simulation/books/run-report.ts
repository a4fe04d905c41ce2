/** What one run of the consumer got, did and logged: the journal must agree with it. */
import type { SQSRecord } from 'aws-lambda';
import type { LogFields, MetricName } from '../../../lib/telemetry/telemetry.ts';
import type { Mark } from '../marks.ts';
import { keyOf } from '../sqs/stored-message.ts';

export interface RunReport {
  readonly records: readonly ReportedRecord[];
  /** When Lambda ends the run, finished or not. */
  readonly endsAtMs: number;
  readonly calls: ReportedCall[];
  /** The secrets that it read, from Secrets Manager and not from its cache. */
  readonly reads: ReportedRead[];
  /** The dead letters of which SQS answered that it stored them. */
  readonly letters: ReportedLetter[];
  /** How many dead letters it tried to store. */
  attemptedLetters: number;
  /** Of the stage as it should be. */
  readonly ladder: Ladder;
  /** The delays that the run asked for. */
  readonly delays: { readonly receiptHandle: string; readonly seconds: number }[];
  readonly lines: ReportedLine[];
  readonly counts: Map<MetricName, number>;
  flushes: number;
  /** The ids of the messages that SQS must keep. */
  failures: readonly string[];
  endedAtMs: number;
}

/** Seconds by receive; the last one repeats. */
export interface Ladder {
  readonly retry: readonly number[];
  readonly hold: readonly number[];
  readonly maxReceiveCount: number;
}

export interface ReportedRecord {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly key: string;
  readonly body: string;
  readonly receives: number;
  /** As SQS says. */
  readonly sentAtMs: number;
  readonly firstReceivedAtMs: number;
}

export interface ReportedCall {
  /** The keys of its events. */
  readonly keys: readonly string[];
  readonly eventIds: readonly string[];
  /** The name of the destination with the pixel of the call. */
  readonly destination: string | undefined;
  readonly testCode: string | undefined;
  /** What it says of each event. */
  readonly sent: readonly SentFacts[];
  /** Of its destination in the stage. */
  readonly stageTestCode: string | undefined;
  /** What its events say about themselves. */
  readonly marks: readonly (Mark | undefined)[];
  /** The access token that it carries. */
  readonly token: string | undefined;
  readonly startedAtMs: number;
  endedAtMs: number;
  /** As the log must name it: `tiktok_40002`, `http_503`, `timeout`, … */
  reason: string;
  isDelivered: boolean;
  /** False when there was no connection, so that TikTok cannot have the events. */
  isSent: boolean;
  requestId: string | undefined;
  /** The field of the call outside its events that a refusal names. */
  setting: string | undefined;
  /** The position of the event that a refusal names. */
  named: number | undefined;
}

/** Of an event as TikTok gets it. */
export interface SentFacts {
  readonly name: string;
  readonly bytes: number;
  /** As the journal counts what TikTok can use. */
  readonly has: Readonly<Record<'email' | 'value' | 'content_ids', boolean>>;
}

export interface ReportedRead {
  readonly secret: string;
  readonly startedAtMs: number;
  /** False while it is read, and when it could not be read. */
  isRead: boolean;
  /** The access token in it. */
  token: string | undefined;
}

export interface ReportedLetter {
  readonly body: string;
  readonly attributes: Readonly<Record<string, string>>;
}

export interface ReportedLine {
  readonly level: 'info' | 'warn' | 'error';
  readonly message: string;
  readonly fields: LogFields;
}

export const createRunReport = (
  records: readonly SQSRecord[],
  endsAtMs: number,
  ladder: Ladder,
): RunReport => ({
  ladder,
  endsAtMs,
  attemptedLetters: 0,
  records: records.map(({ messageId, receiptHandle, body, attributes }) => ({
    messageId,
    receiptHandle,
    key: keyOf(body),
    body,
    receives: Number(attributes.ApproximateReceiveCount),
    sentAtMs: Number(attributes.SentTimestamp),
    firstReceivedAtMs: Number(attributes.ApproximateFirstReceiveTimestamp),
  })),
  calls: [],
  reads: [],
  letters: [],
  delays: [],
  lines: [],
  counts: new Map(),
  flushes: 0,
  failures: [],
  endedAtMs: 0,
});
