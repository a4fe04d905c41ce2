/** Reads the lines that say how events arrived. */
import type { ReceivedEvent, ReceivedLine } from '../line.ts';
import { decodeLabels } from '../positions.ts';
import { type Common, entryOf, type Fields, fingerprintsIn, numberOf, textOf, wordsOf } from './values.ts';

export function received(fields: Fields, common: Common, via: ReceivedLine['via']): ReceivedLine {
  const events = receivedEvents(fields);
  const orders = wordsOf(fields.order).flatMap(fingerprintsIn);
  return {
    ...common,
    kind: 'received',
    source: textOf(fields.source) ?? via,
    via,
    status: numberOf(fields.status),
    accepted: numberOf(fields.accepted) ?? 0,
    rejected: numberOf(fields.rejected) ?? 0,
    notQueued: numberOf(fields.not_queued) ?? 0,
    events,
    reason: textOf(fields.reason),
    detail: textOf(fields.detail),
    topic: textOf(fields.topic),
    channel: textOf(fields.channel),
    orders: events.length === 0 ? orders : [],
    isDryRun: fields.dry_run === true,
    apiKey: textOf(fields.api_key),
  };
}

function receivedEvents(fields: Fields): ReceivedEvent[] {
  const ids = wordsOf(fields.event);
  const orders = wordsOf(fields.order);
  const labels = (field: string) => decodeLabels(textOf(fields[field]), ids.length);
  const [names, warnings, errors] = [labels('event_name'), labels('warnings'), labels('errors')];
  return ids.map((id, index) => ({
    event: entryOf(id),
    orders: fingerprintsIn(orders[index] ?? ''),
    name: names[index]?.[0],
    warnings: warnings[index] ?? [],
    errors: errors[index] ?? [],
  }));
}
