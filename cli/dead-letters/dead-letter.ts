/** A dead letter as read from the queue: why the message was parked, and its original body. */
import type { Message } from '@aws-sdk/client-sqs';
import { destinationName } from '../../lib/events/destination.ts';
import { decodeMessage } from '../../lib/queue/message.ts';
import { decodeReplay, type ReplayMark, replayAttribute } from '../../lib/queue/replay-mark.ts';

export interface DeadLetter {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  /**
   * Stable code. Two are not the consumer's: `exhausted`, SQS moved the message after its last attempt; `not_queued`,
   * EventBridge or SNS could not put it into the queue.
   */
  readonly reason: string;
  readonly detail: string | undefined;
  /** `unknown`: TikTok may have accepted the event although no answer said so. */
  readonly outcome: 'refused' | 'unknown';
  readonly destination: string | undefined;
  readonly requestId: string | undefined;
  /** When delivery was first tried; of a letter that the consumer did not write, when it was sent to its first queue. */
  readonly firstSentAtMs: number;
  readonly failedAtMs: number;
  /** Of a letter that was replayed before and came back. */
  readonly replay: ReplayMark | undefined;
}

/** @param isLocal the queue server of this machine, which does not say where a letter came from */
export function decodeDeadLetter(message: Message, isLocal: boolean): DeadLetter {
  const { MessageAttributes = {}, Attributes = {} } = message;
  const attribute = (name: string): string | undefined => MessageAttributes[name]?.StringValue;
  const sentAtMs = Number(Attributes.SentTimestamp ?? 0);
  const replay = decodeReplay(attribute(replayAttribute));
  const letter = {
    messageId: message.MessageId ?? '',
    receiptHandle: message.ReceiptHandle ?? '',
    body: message.Body ?? '',
    replay,
  };
  // SQS moves a message with the attributes of its producer: beside a source they do not come from the consumer.
  const reason = Attributes.DeadLetterQueueSourceArn === undefined ? attribute('reason') : undefined;
  if (reason === undefined) {
    return {
      ...letter,
      ...causeOf(message, isLocal),
      destination: destinationIn(letter.body),
      requestId: undefined,
      firstSentAtMs: Math.min(sentAtMs, replay?.firstSentAtMs ?? sentAtMs),
      failedAtMs: sentAtMs,
    };
  }
  return {
    ...letter,
    reason,
    detail: attribute('detail'),
    outcome: attribute('outcome') === 'refused' ? 'refused' : 'unknown',
    // The consumer leaves out a name that is not configured: a producer may have written anything there.
    destination: attribute('destination'),
    requestId: attribute('tiktok_request_id'),
    firstSentAtMs: timeOf(attribute('first_sent_at')) ?? sentAtMs,
    failedAtMs: timeOf(attribute('failed_at')) ?? sentAtMs,
  };
}

/**
 * Why a letter is here that the consumer did not write. EventBridge adds attributes of its own, SNS adds none:
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-event-delivery.html#eb-rule-dlq
 */
function causeOf(
  { MessageAttributes = {}, Attributes = {} }: Message,
  isLocal: boolean,
): Pick<DeadLetter, 'reason' | 'detail' | 'outcome'> {
  const code = MessageAttributes.ERROR_CODE?.StringValue;
  if (Attributes.DeadLetterQueueSourceArn !== undefined || (isLocal && code === undefined))
    return { reason: 'exhausted', detail: undefined, outcome: 'unknown' };
  return { reason: 'not_queued', detail: errorCode.exec(code ?? '')?.[0], outcome: 'refused' };
}

/** Anything else could be text of a producer. */
const errorCode = /^[A-Z_]{1,64}$/;

function timeOf(text: string | undefined): number | undefined {
  const ms = Date.parse(text ?? '');
  return Number.isNaN(ms) ? undefined : ms;
}

/** A letter that the consumer did not write carries its destination in the body only. */
function destinationIn(body: string): string | undefined {
  const message = decodeMessage({ body, messageId: '', sentAtMs: 0 });
  if ('undecodable' in message) return undefined;
  const name = message.destination ?? message.event.destination ?? 'default';
  return destinationName.safeParse(name).data;
}
