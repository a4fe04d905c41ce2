/** Writes the events of a received line as the lists that `parse-line.ts` reads. */
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
