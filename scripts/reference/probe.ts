/** Finds out from the decoder itself what an event costs: the docs say what the code does. */
import { decodeEvent } from '../../lib/events/decode/decode-event.ts';
import type { Destination, Destinations } from '../../lib/events/destination.ts';
import type { FieldIssue } from '../../lib/events/issue.ts';
import type { Effect } from '../../lib/reasons/issue-text.ts';

export interface Finding extends Pick<FieldIssue, 'field' | 'code'> {
  readonly effect: Effect;
}

const destination = (eventSource: Destination['eventSource']): Destination => ({
  pixelCode: eventSource.toUpperCase(),
  eventSource,
});

const destinations: Destinations = {
  default: destination('web'),
  app: destination('app'),
  offline: destination('offline'),
  crm: destination('crm'),
};

/** Times in examples are far from it. */
const receivedAtMs = Date.parse('2026-11-26T12:00:00Z');

/** @param fields with `event_name` a whole event, else what is added to a right one */
export function probe(fields: Readonly<Record<string, unknown>>): Finding[] {
  const base =
    'event_name' in fields ? {} : { event_name: 'Lead', external_id: 'customer-7', ttp: 'browser-7' };
  const decoded = decodeEvent({ ...base, ...fields }, { receivedAtMs, destinations });
  const found = (effect: Effect, issues: readonly FieldIssue[]) =>
    issues.map(({ field, code }) => ({ field, code, effect }));
  if (!decoded.ok) return found('rejected', decoded.errors);
  return [...found('omitted', decoded.omissions), ...found('warning', decoded.warnings)];
}
