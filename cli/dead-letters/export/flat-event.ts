/** A dead letter as one line of NDJSON: its event, flat, as `POST /v1/events` and `sync -` take it. */
import { parse, stringify } from 'lossless-json';
import { openEnvelopes } from '../../../lib/queue/envelope.ts';
import { decodeMessage } from '../../../lib/queue/message.ts';
import { isAbsent } from '../../../lib/schema/is-absent.ts';
import { isObject } from '../../../lib/schema/is-object.ts';
import type { DeadLetter } from '../dead-letter.ts';

export interface ExportedLine {
  readonly text: string;
  readonly isEvent: boolean;
}

/**
 * Numbers keep their digits. The event keeps its id, or gets the one that its message would have had, so that TikTok
 * counts it once. A body that is no event becomes `{"undecodable": "…"}`, which `sync` rejects: nothing is lost, and
 * nobody takes it for an event.
 */
export function exportedLine(letter: DeadLetter): ExportedLine {
  const event = flatEvent(letter);
  const text = event === undefined ? undefined : stringify(event);
  return text === undefined
    ? { text: JSON.stringify({ undecodable: letter.body }), isEvent: false }
    : { text, isEvent: true };
}

/** @returns undefined for a body that is no event; numbers are lossless */
function flatEvent({ body, messageId, firstSentAtMs }: DeadLetter): Record<string, unknown> | undefined {
  const message = decodeMessage({ body, messageId, sentAtMs: firstSentAtMs });
  if ('undecodable' in message) return undefined;
  const own = ownFields(body);
  if (own === undefined) return undefined;
  const { event_id, event_time } = message.event;
  const destination = message.destination ?? own.destination;
  return {
    ...own,
    event_id: isAbsent(own.event_id) ? event_id : own.event_id,
    event_time: isAbsent(own.event_time) ? event_time : own.event_time,
    ...(!isAbsent(destination) && { destination }),
  };
}

function ownFields(body: string): Record<string, unknown> | undefined {
  try {
    const { content } = openEnvelopes(body, parse);
    if (!isObject(content)) return undefined;
    const event = 'v' in content ? content.event : content;
    return isObject(event) ? event : undefined;
  } catch {
    // Such as the same field twice, which JSON.parse lets pass.
    return undefined;
  }
}
