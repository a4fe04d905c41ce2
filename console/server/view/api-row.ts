/** A row of the journal as the page gets it, with its reason in words. */
import { sentencesOf } from '../../../lib/errors/code-text.ts';
import type { EventRow, Outcome } from '../../../lib/journal/row.ts';
import { type ReasonPlace, reasonText } from '../../../lib/reasons/reason-text.ts';
import type { Row } from '../../api.ts';
import type { Identity } from '../source.ts';

/** The reason of an event that goes on after a replay is that of its dead letter. */
const places: Readonly<Record<Outcome, ReasonPlace>> = {
  skipped: 'skipped',
  rejected: 'rejected',
  waiting: 'waiting',
  held: 'waiting',
  delivered: 'waiting',
  accepted: 'parked',
  'dead-letter': 'parked',
  discarded: 'parked',
};

/** @param identity of the local stage only */
export function apiRow(row: EventRow, identity: Identity | undefined): Row {
  const text = row.reason === undefined ? undefined : textOf(row, row.reason);
  const optional = {
    name: row.name,
    ownName: row.name === 'custom' ? identity?.name : undefined,
    eventId: identity?.eventId,
    event: row.event,
    topic: row.topic,
    destination: row.destination,
    reason: row.reason,
    text,
    tookMs: row.tookMs,
    nextAttemptMs: row.nextAttemptMs,
    deadLetterId: row.deadLetterId,
  };
  const { id, atMs, orders, source, outcome, attempts, warnings } = row;
  return { id, atMs, orders, source, outcome, attempts, warnings, ...present(optional) };
}

function textOf({ outcome, source, detail }: EventRow, reason: string): string | undefined {
  const place = outcome === 'skipped' && source === 'collect' ? 'collected' : places[outcome];
  const text = reasonText(place, reason, detail);
  return text && sentencesOf(text).join(' ');
}

type Present<Fields> = { [Name in keyof Fields]?: Exclude<Fields[Name], undefined> };

/** JSON has no undefined, and a field that is absent takes no room in 10,000 rows. */
const present = <Fields extends object>(fields: Fields): Present<Fields> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Present<Fields>;
