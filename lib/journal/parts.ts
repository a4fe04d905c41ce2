/**
 * The parts of a received line that have no fingerprint: events whose id could not be read, a rejected request, a skipped
 * webhook. Each is a row and a story of its own, so that none is missing when somebody asks for its order.
 */
import { fingerprint } from '../privacy/sha256.ts';
import type { ReceivedEvent, ReceivedLine } from './line.ts';

export interface Part {
  /** The id of its row. */
  readonly id: string;
  readonly line: ReceivedLine;
  /** Undefined for the request itself, and for the rest of a webhook. */
  readonly event: ReceivedEvent | undefined;
}

export function partsOf(line: ReceivedLine): Part[] {
  // A message that cannot be read is parked, and its dead letter has the story.
  const events = line.via === 'queue' ? [] : line.events;
  const ofEvents = events.flatMap((event, index): Part[] =>
    event.event === undefined ? [{ id: partId(line, index), line, event }] : [],
  );
  return isNoEvent(line) ? [...ofEvents, { id: partId(line, 'request'), line, event: undefined }] : ofEvents;
}

/** A probe without a reason is no row. Of a webhook that became several events, some can be skipped. */
const isNoEvent = ({ events, reason, via, rejected, status }: ReceivedLine): boolean =>
  events.length === 0
    ? reason !== undefined || (status ?? 200) >= 400
    : via === 'webhook' && rejected > events.filter(({ event }) => event === undefined).length;

/**
 * @returns why an event was skipped: one of a webhook that is listed for its order, or one of a browser; undefined for all
 *   other events
 */
export function skipReasonOf(
  { via, status }: ReceivedLine,
  { event, errors: [error] }: ReceivedEvent,
): string | undefined {
  const isListed = via === 'collect' || (via === 'webhook' && event === undefined);
  const isSkip = isListed && (status ?? 200) < 400;
  return isSkip ? error?.replace(/^:/, '') : undefined;
}

const partId = ({ atMs, traces }: ReceivedLine, part: number | 'request'): string =>
  fingerprint([atMs, ...traces, part].join(' '));
