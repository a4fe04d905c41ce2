/** Decides what the proposal leaves open: asks on a terminal, and takes the likeliest otherwise. */
import type { FieldName } from '../../../lib/events/fields/table.ts';
import { usageError } from '../../errors/cli-error.ts';
import type { Asker } from './asker.ts';
import { type Proposal, propose } from './propose.ts';
import type { Sample, SampleColumn } from './sample.ts';

export interface Decision {
  /** The name of every event; undefined when a column has it. */
  readonly eventName: string | undefined;
  /** Field → column, in the order of the file. */
  readonly entries: ReadonlyMap<FieldName, string>;
  readonly byName: readonly string[];
  /** Columns that would fill the field of their name, and do not. */
  readonly excluded: readonly string[];
  /** Columns of which several rows have the same value, so that none of them can be the id. */
  readonly repeatedIds: readonly string[];
}

interface Wishes {
  readonly eventName: string | undefined;
  /** undefined where nobody can answer. */
  readonly ask: Asker | undefined;
}

export async function decide({ columns }: Sample, { eventName, ask }: Wishes): Promise<Decision> {
  const proposal = propose(columns);
  const names = await decideNames(proposal, ask);
  const entries = new Map<FieldName, string>();
  const name = eventName ?? (await decideEventName(proposal, ask, entries));
  const id = await decideId(proposal, ask);
  if (id.column !== undefined) entries.set('event_id', id.column);
  for (const [field, candidates] of proposal.candidates) {
    if (field === 'event_name' || field === 'event_id') continue;
    const column = await choose(field, candidates, ask);
    if (column !== undefined) entries.set(field, column);
  }
  return { eventName: name, entries, repeatedIds: id.repeated, ...names };
}

async function decideNames({ byName, doubtful }: Proposal, ask: Asker | undefined) {
  const used = byName.map(({ name }) => name);
  const excluded: string[] = [];
  for (const { column, meaning, isLikely } of doubtful) {
    const question = `Column ${column}: does it contain ${meaning}?`;
    const isUsed = ask === undefined ? isLikely : await ask.confirm(question, isLikely);
    (isUsed ? used : excluded).push(column);
  }
  return { byName: used, excluded };
}

const hasField = ({ byName, candidates }: Proposal, field: FieldName): boolean =>
  candidates.has(field) || byName.some(({ name }) => name.toLowerCase() === field);

/** A column that has the names of TikTok's events wins. */
async function decideEventName(
  proposal: Proposal,
  ask: Asker | undefined,
  entries: Map<FieldName, string>,
): Promise<string | undefined> {
  if (proposal.byName.some(({ name }) => name.toLowerCase() === 'event_name')) return undefined;
  const [column] = proposal.candidates.get('event_name') ?? [];
  if (column !== undefined) {
    entries.set('event_name', column.name);
    return undefined;
  }
  const isOrder = hasField(proposal, 'order_id') || hasField(proposal, 'value');
  const likely = isOrder ? 'Purchase' : undefined;
  if (ask !== undefined)
    return ask.text('Which event is a row, such as Purchase, Lead or Subscribe?', likely);
  if (likely !== undefined) return likely;
  throw usageError('Which event is a row? Give --event-name, such as Purchase, Lead or Subscribe.');
}

/** The id of an order, or else of the row. A column that repeats a value would make one event of several rows. */
async function decideId(proposal: Proposal, ask: Asker | undefined) {
  if (hasOwn(proposal, 'event_id')) return { column: undefined, repeated: [] };
  const order = proposal.byName.filter(({ name }) => name.toLowerCase() === 'order_id');
  const orders = [...order, ...(proposal.candidates.get('order_id') ?? [])];
  const ids = proposal.candidates.get('event_id') ?? [];
  const possible = [
    ...ids.filter(({ name }) => name.toLowerCase() !== 'id'),
    ...orders,
    ...ids.filter(({ name }) => name.toLowerCase() === 'id'),
  ];
  const unique = possible.filter(({ isUnique }) => isUnique);
  const repeated = orders.filter(({ isUnique }) => !isUnique).map(({ name }) => name);
  // Rows of one order have ids of their own only in the column that tells them apart.
  const column = await choose('event_id', unique, ask);
  return { column, repeated };
}

const hasOwn = ({ byName }: Proposal, field: FieldName): boolean =>
  byName.some(({ name }) => name.toLowerCase() === field);

const questions: Partial<Readonly<Record<FieldName, string>>> = {
  event_id: "Which column is the event's id? If the browser pixel sends the event too, the id that it sends",
  event_time: 'Which column is the time of the event?',
  value: 'Which column is the value of the whole event, in units such as euros?',
};

/** One candidate needs no question, except for an id: the pixel may send another. */
async function choose(
  field: FieldName,
  candidates: readonly SampleColumn[],
  ask: Asker | undefined,
): Promise<string | undefined> {
  const [first, ...others] = candidates.map(({ name }) => name);
  if (first === undefined || ask === undefined) return first;
  if (others.length === 0 && field !== 'event_id') return first;
  const question = questions[field] ?? `Which column is ${field}?`;
  return ask.select(question, [first, ...others]);
}
