/**
 * Checks the event of a webhook. Nobody reads the answer and fixes the event, so whatever cannot be used is omitted and
 * the event is sent. A wrong name or time skips it: without them it would be another event, or an old one.
 */

import type { ConsentMode } from '../events/consent.ts';
import { decodeEvent } from '../events/decode/decode-event.ts';
import { fieldOf } from '../events/decode/judge.ts';
import type { Destinations } from '../events/destination.ts';
import type { Event } from '../events/event.ts';
import { describeIssues, loggableField } from '../events/fields/loggable-field.ts';
import { fields } from '../events/fields/table.ts';
import type { FieldIssue, Omission } from '../events/issue.ts';
import { matchKeyNotTaken } from '../events/match-keys.ts';
import { type SkippedWebhook, skip, type WebhookEvent } from './webhook-outcome.ts';

export interface ToleranceContext {
  readonly receivedAtMs: number;
  readonly destinations: Destinations;
  /** What a refusal in the field `consent` costs: it limits the use of data, or else the event. */
  readonly consent?: ConsentMode | undefined;
}

/** An event that can be queued once it has its id and time. */
export interface ToleratedEvent {
  readonly kind: 'event';
  readonly event: Event;
  readonly destinationName: string;
  readonly omitted: readonly Omission[];
  /** What was expected of fields that were omitted or look wrong, such as `value: expected …`. */
  readonly hints?: readonly string[];
}

/** @returns the event without the values that cannot be used, or a skip when too little is left */
export function tolerate(outcome: WebhookEvent, context: ToleranceContext): ToleratedEvent | SkippedWebhook {
  // Whether consent is required was decided before: only the source knows where the choice is.
  const consent = context.consent === 'limit' ? 'limit' : 'always';
  const decoded = decodeEvent(outcome.event, { ...context, consent }, 'salvage');
  if (!decoded.ok) return skipFor(decoded.errors, outcome);
  // The API only warns its caller. Here nobody reads warnings, and the event could match nobody.
  if (decoded.warnings.some(({ code }) => code === matchKeyNotTaken))
    return skip('no_match_key', describeIssues([{ field: 'email', code: matchKeyNotTaken }]));
  const omitted = eachOnce([...outcome.omitted, ...decoded.omissions]);
  const { destinationName } = decoded;
  const tolerated = {
    kind: 'event',
    event: withId(decoded.event, outcome),
    destinationName,
    omitted,
  } as const;
  // A pixel of another spelling sends another event, and no campaign can optimize for this one.
  const misspelled = decoded.warnings.filter(({ code }) => code === 'resembles_standard_event');
  const hints = [...decoded.omissions, ...misspelled].map(hintOf);
  return hints.length === 0 ? tolerated : { ...tolerated, hints };
}

const hintOf = ({ field, message }: FieldIssue): string =>
  `${loggableField(field)}: ${message.replace('omitted: ', '')}`;

/** @param errors at least one; those after a missing match key are the omissions that led there */
function skipFor(errors: readonly FieldIssue[], outcome: WebhookEvent): SkippedWebhook {
  const [first, ...others] = errors;
  if (first?.code === 'no_match_key')
    return skip(
      'no_match_key',
      describeIssues(eachOnce([...outcome.omitted, ...others])) || outcome.anonymousBecause,
    );
  if (first?.code === 'no_consent') return skip('no_consent', first.field);
  if (first?.code === 'too_old') return skip('too_old', first.field);
  const refused = skip('invalid_event', describeIssues(errors.slice(0, 1)));
  return first === undefined ? refused : { ...refused, hint: hintOf(first) };
}

/** One omission for each field and code, such as for a list of wrong addresses. */
function eachOnce(found: readonly Omission[]): Omission[] {
  const byName = new Map(
    found.map(({ field, code }) => [`${fieldOf(field)} ${code}`, { field: fieldOf(field), code }]),
  );
  return [...byName.values()];
}

function withId(event: Event, { fallbackId }: WebhookEvent): Event {
  if (event.event_id !== undefined || fallbackId === undefined) return event;
  return fallbackId.length > fields.event_id.maxLength ? event : { ...event, event_id: fallbackId };
}
