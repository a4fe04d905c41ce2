/** The dead letter: the original body, with attributes that say why it was parked. Event fields never become attributes. */
import type { OutgoingMessage } from '../queue/queue-client.ts';
import { encodeReplay, replayAttribute } from '../queue/replay-mark.ts';
import type { Message, Park } from './message.ts';

export function toDeadLetter(message: Message, disposition: Park, nowMs: number): OutgoingMessage {
  const { replay, firstReceivedAtMs } = message;
  const firstSentAtMs = Math.min(firstReceivedAtMs, replay?.firstSentAtMs ?? firstReceivedAtMs);
  const attributes = {
    reason: disposition.reason,
    detail: disposition.detail,
    outcome: disposition.acknowledgement,
    destination: message.destinationName,
    tiktok_request_id: disposition.requestId,
    first_sent_at: new Date(firstSentAtMs).toISOString(),
    failed_at: new Date(nowMs).toISOString(),
    [replayAttribute]: replay && encodeReplay(replay),
  };
  const present = Object.entries(attributes).filter((entry): entry is [string, string] => Boolean(entry[1]));
  return { body: message.body, attributes: Object.fromEntries(present) };
}
