/** Writes the events of a received line as the lists that `parse-line.ts` reads. */
import { issueLabels } from '../events/fields/loggable-field.ts';
import type { Omission } from '../events/issue.ts';
import type { ReceivedEvent } from './line.ts';
import { encodeLabels } from './positions.ts';

/** Fields of a log line; undefined for a list without an entry. */
export interface ReceivedLists {
  readonly event: string | undefined;
  readonly order: string | undefined;
  readonly event_name: string | undefined;
  readonly warnings: string | undefined;
  readonly errors: string | undefined;
}

/** The label of a valid event that the queue did not take. */
export const notQueued: readonly string[] = [':queue_unavailable'];

/** An event with everything wrong would make the line as long as itself. */
const maxErrors = 3;

/** @returns the labels of the first errors of an event */
export const errorLabels = (errors: readonly Omission[]): string[] => issueLabels(errors).slice(0, maxErrors);

export function receivedLists(events: readonly ReceivedEvent[]): ReceivedLists {
  const hasOrders = events.some(({ orders }) => orders.length > 0);
  return {
    event: events.length === 0 ? undefined : events.map(({ event }) => event ?? '-').join(' '),
    order: hasOrders ? orderList(events.map(({ orders }) => orders)) : undefined,
    event_name: encodeLabels(events.map(({ name }) => (name === undefined ? [] : [name]))),
    warnings: encodeLabels(events.map(({ warnings }) => warnings)),
    errors: encodeLabels(events.map(({ errors }) => errors)),
  };
}

/** @param orders the fingerprints of each event, or of a webhook that became no event */
export const orderList = (orders: readonly (readonly string[])[]): string =>
  orders.map((each) => each.join(',') || '-').join(' ');
