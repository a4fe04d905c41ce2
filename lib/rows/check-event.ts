/**
 * Checks events before they are sent, with the gateway's own decoder. The stage file has the destinations of a stage;
 * without it, the gateway does the checks that depend on them.
 */
import type { ConsentMode } from '../events/consent.ts';
import { decodeEvent } from '../events/decode/decode-event.ts';
import type { Handling } from '../events/decode/judge.ts';
import type { Destination, Destinations } from '../events/destination.ts';
import type { Event } from '../events/event.ts';
import type { FieldIssue } from '../events/issue.ts';

export type CheckedEvent =
  | {
      readonly ok: true;
      /** Canonical form; undefined when only the gateway can make it. */
      readonly event: Event | undefined;
      /** Warnings about what the gateway leaves out. */
      readonly omissions: readonly FieldIssue[];
      /** Warnings about what it sends. */
      readonly warnings: readonly FieldIssue[];
    }
  | { readonly ok: false; readonly errors: readonly FieldIssue[] };

export type EventCheck = (input: unknown) => CheckedEvent;

/** The settings of a stage that the check of an event depends on. */
export interface StageRules {
  readonly destinations: Destinations;
  readonly consent?: ConsentMode | undefined;
}

export interface CheckOptions {
  /** undefined when the caller does not know them. */
  readonly rules: StageRules | undefined;
  readonly now: () => number;
  /** True to reject what the gateway would leave out otherwise (`--strict`). */
  readonly isStrict: boolean;
}

export function createEventCheck({ rules, now, isStrict }: CheckOptions): EventCheck {
  const handling = isStrict ? 'strict' : 'lenient';
  if (rules === undefined) return (input) => checkWithoutRules(input, now(), handling);
  return (input) => decodeEvent(input, { receivedAtMs: now(), ...rules }, handling);
}

/** Codes that depend on the destination: its default currency and country, and the fields its event source requires. */
const dependent = new Set(['required', 'invalid_phone', 'unknown_destination']);
const neutral: Destination = { pixelCode: 'unknown', eventSource: 'web' };

function checkWithoutRules(input: unknown, receivedAtMs: number, handling: Handling): CheckedEvent {
  const name = (input as { destination?: unknown } | null)?.destination;
  const destinations = { [typeof name === 'string' ? name : 'default']: neutral };
  // No other mode of consent accepts every event that one of them accepts.
  const checked = decodeEvent(input, { receivedAtMs, destinations, consent: 'limit' }, handling);
  if (!checked.ok) {
    const certain = certainErrors(checked.errors);
    return certain.length > 0 ? { ok: false, errors: certain } : undecided;
  }
  const { event, warnings } = checked;
  const omissions = checked.omissions.filter(isCertain);
  return {
    ok: true,
    event: omissions.length < checked.omissions.length ? undefined : event,
    omissions,
    warnings,
  };
}

const undecided: CheckedEvent = { ok: true, event: undefined, omissions: [], warnings: [] };

/** A phone that is the only match key may be usable with the default country of the destination. */
function certainErrors(errors: readonly FieldIssue[]): readonly FieldIssue[] {
  const has = (wanted: string): boolean => errors.some(({ code }) => code === wanted);
  return has('no_match_key') && has('invalid_phone') ? [] : errors.filter(isCertain);
}

const isCertain = ({ field, code }: FieldIssue): boolean =>
  !dependent.has(code) || (code === 'required' && field === 'event_name');
