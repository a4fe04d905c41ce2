/** The dead letter: the original body, with attributes that say why it was parked. Event fields never become attributes. */
import type { OutgoingMessage } from '../queue/sqs.ts';
import type { Park, Received } from './item.ts';

/** @param destination undefined when it could not be read, or is not configured */
export function toDeadLetter(
  received: Received,
  fate: Park,
  destination: string | undefined,
  nowMs: number,
): OutgoingMessage {
  const attributes = {
    reason: fate.reason,
    detail: fate.detail,
    outcome: fate.outcome,
    destination,
    tiktok_request_id: fate.requestId,
    first_sent_at: new Date(received.firstReceivedAtMs).toISOString(),
    failed_at: new Date(nowMs).toISOString(),
  };
  const present = Object.entries(attributes).filter((entry): entry is [string, string] => Boolean(entry[1]));
  return { body: received.body, attributes: Object.fromEntries(present) };
}
