/** A dead letter as read from the queue: why the message was parked, and its original body. */
import type { Message } from '@aws-sdk/client-sqs';
import { destinationName } from '../../lib/events/destination.ts';

export interface DeadLetter {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  /** Stable code; `exhausted` when SQS itself moved the message, which adds no attributes. */
  readonly reason: string;
  readonly detail: string | undefined;
  /** `unknown`: TikTok may have taken the event although no answer said so. */
  readonly outcome: 'refused' | 'unknown';
  readonly destination: string | undefined;
  readonly requestId: string | undefined;
  /** When delivery was first tried; of an exhausted message, when it was sent to the queue. */
  readonly firstSentAtMs: number;
  readonly failedAtMs: number;
}

const exhausted = 'exhausted';

export function decodeDeadLetter(message: Message): DeadLetter {
  const { MessageAttributes = {}, Attributes = {} } = message;
  const attribute = (name: string): string | undefined => MessageAttributes[name]?.StringValue;
  const sentAtMs = Number(Attributes.SentTimestamp ?? 0);
  const reason = attribute('reason') ?? exhausted;
  return {
    messageId: message.MessageId ?? '',
    receiptHandle: message.ReceiptHandle ?? '',
    body: message.Body ?? '',
    reason,
    detail: attribute('detail'),
    outcome: attribute('outcome') === 'refused' ? 'refused' : 'unknown',
    // The consumer leaves out a name that is not configured: a producer may have written anything there.
    destination:
      attribute('destination') ?? (reason === exhausted ? destinationIn(message.Body ?? '') : undefined),
    requestId: attribute('tiktok_request_id'),
    firstSentAtMs: timeOf(attribute('first_sent_at')) ?? sentAtMs,
    failedAtMs: timeOf(attribute('failed_at')) ?? sentAtMs,
  };
}

function timeOf(text: string | undefined): number | undefined {
  const ms = Date.parse(text ?? '');
  return Number.isNaN(ms) ? undefined : ms;
}

/** A message that SQS moved carries its destination in the body only. */
function destinationIn(body: string): string | undefined {
  try {
    const { v, destination, event } = JSON.parse(body);
    const name = v === undefined ? JSON.parse(body).destination : (destination ?? event?.destination);
    if (name === undefined || name === null) return 'default';
    return destinationName.safeParse(name).success ? name : undefined;
  } catch {
    return undefined;
  }
}
