/**
 * Checks events before they are sent, with the gateway's own decoder. The stage file names the destinations of a stage;
 * without it, the gateway does the checks that depend on the destination.
 */
import { readStage } from '../../lib/config/read-stage.ts';
import { readStageText } from '../../lib/config/stage-file.ts';
import { decodeEvent } from '../../lib/events/decode/decode-event.ts';
import type { Destination, Destinations } from '../../lib/events/destination.ts';
import type { Event } from '../../lib/events/event.ts';
import type { FieldIssue } from '../../lib/events/issue.ts';
import { destinations as localDestinations } from '../../local/stage.ts';
import type { Stage } from '../stage/stage.ts';

export type CheckedEvent =
  | {
      readonly ok: true;
      /** Canonical form; undefined when only the gateway can make it. */
      readonly event: Event | undefined;
      readonly warnings: readonly FieldIssue[];
    }
  | { readonly ok: false; readonly errors: readonly FieldIssue[] };

export type EventCheck = (input: unknown) => CheckedEvent;

/** The destinations of a stage; undefined when this machine does not know them. Throws when the stage file is wrong. */
export function knownDestinations(stage: Stage): Destinations | undefined {
  if (stage.hasOtherUrl) return undefined;
  if (stage.isLocal) return localDestinations as Record<string, Destination>;
  return readStageText(stage.name) !== undefined ? readStage(stage.name).destinations : undefined;
}

export function createEventCheck(destinations: Destinations | undefined, now: () => number): EventCheck {
  if (destinations !== undefined) {
    return (input) => decodeEvent(input, { receivedAtMs: now(), destinations });
  }
  return (input) => checkWithoutDestinations(input, now());
}

/** Codes that depend on the destination: its default currency and country, and the fields its event source requires. */
const dependent = new Set(['required', 'no_match_key', 'invalid_phone', 'unknown_destination']);
const neutral: Destination = { pixelCode: 'unknown', eventSource: 'web' };

function checkWithoutDestinations(input: unknown, receivedAtMs: number): CheckedEvent {
  const name = (input as { destination?: unknown } | null)?.destination;
  const destinations = { [typeof name === 'string' ? name : 'default']: neutral };
  const checked = decodeEvent(input, { receivedAtMs, destinations });
  if (checked.ok) return checked;
  const certain = checked.errors.filter(
    ({ field, code }) => !dependent.has(code) || (code === 'required' && field === 'event_name'),
  );
  return certain.length > 0 ? { ok: false, errors: certain } : { ok: true, event: undefined, warnings: [] };
}
