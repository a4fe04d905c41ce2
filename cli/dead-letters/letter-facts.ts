/** What a dead letter's body says about its event. Bodies are what producers wrote, so each fact may be missing. */
import { destinationName } from '../../lib/events/destination.ts';
import { standardEvents } from '../../lib/events/standard-events.ts';
import { fingerprint } from '../../lib/privacy/sha256.ts';
import { decodeMessage } from '../../lib/queue/message.ts';
import type { DeadLetter } from './dead-letter.ts';

export interface LetterFacts {
  /** As the producer wrote it, which can be an e-mail address; undefined when it has none that stays the same. */
  readonly eventId: string | undefined;
  /** The fingerprint of that id: what the logs say. */
  readonly event: string | undefined;
  /** As the producer wrote it. */
  readonly name: string | undefined;
  /** The same when TikTok knows it, else `custom`. */
  readonly loggableName: string | undefined;
  readonly source: string | undefined;
  /** In the logs, the id of its request or message. */
  readonly trace: string | undefined;
  /** Undefined for a message that does not say it. */
  readonly receivedAtMs: number | undefined;
  readonly notAfterMs: number | undefined;
}

const noId = 'no-id';

export function factsOf(letter: DeadLetter): LetterFacts {
  const message = decodeMessage({ body: letter.body, messageId: noId, sentAtMs: letter.firstSentAtMs });
  if ('undecodable' in message) return nothing;
  const { event, source, trace, receivedAtMs, notAfterMs } = message;
  const eventId = idOf(event.event_id, letter);
  const name = typeof event.event_name === 'string' ? event.event_name : undefined;
  return {
    eventId,
    event: eventId === undefined ? undefined : fingerprint(eventId),
    name,
    loggableName: name === undefined || standardEvents.has(name) ? name : 'custom',
    // A name of a source has the form of a destination's; a producer can write any text.
    source: destinationName.safeParse(source).data,
    trace: trace === noId ? undefined : trace,
    receivedAtMs,
    notAfterMs,
  };
}

const nothing: LetterFacts = {
  eventId: undefined,
  event: undefined,
  name: undefined,
  loggableName: undefined,
  source: undefined,
  trace: undefined,
  receivedAtMs: undefined,
  notAfterMs: undefined,
};

/** An event without an id has that of its SQS message, which stays the same only when SQS itself moves the message. */
function idOf(given: unknown, { reason, messageId }: DeadLetter): string | undefined {
  if (given === noId) return reason === 'exhausted' ? messageId : undefined;
  return typeof given === 'string' || typeof given === 'number' ? String(given) : undefined;
}
