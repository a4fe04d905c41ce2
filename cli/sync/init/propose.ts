/** Proposes the field that each column fills: by its own name, by another name of the field, or none. */
import { type FieldName, fieldNames, fields } from '../../../lib/events/fields/table.ts';
import { foldName } from '../../../lib/events/names/fold-name.ts';
import { createNaming } from '../../../lib/events/names/meant-name.ts';
import { usualNames } from '../../../lib/events/names/usual-names.ts';
import { isFieldName } from '../../../lib/rows/field-names.ts';
import { doubts } from './doubtful.ts';
import type { Kind, SampleColumn } from './sample.ts';

export interface Doubtful {
  readonly column: string;
  readonly field: FieldName;
  readonly meaning: string;
  readonly isLikely: boolean;
}

export interface Proposal {
  /** Columns that fill the field of their name. */
  readonly byName: readonly SampleColumn[];
  /** Columns with the name of a field that may mean something else. */
  readonly doubtful: readonly Doubtful[];
  /** The columns that can fill a field which no column has as its name, the best first. */
  readonly candidates: ReadonlyMap<FieldName, readonly SampleColumn[]>;
}

const naming = createNaming(fields);

/** The field of which a column has another usual name. */
export const knownBy = (column: string): FieldName | undefined =>
  fieldNames.find((field) => field === naming.knownBy(column));

/** The field that a column may mean, for a hint. */
export const meantBy = (column: string): string | undefined => naming.meantBy(column);

export function propose(columns: readonly SampleColumn[]): Proposal {
  const own = columns.filter(({ name }) => isFieldName(name));
  const others = columns.filter(({ name }) => !isFieldName(name));
  const hasProduct = columns.some(({ name }) => productIds.has(knownBy(name) ?? ''));
  const doubtful = own.flatMap((column) => doubtOf(column, hasProduct));
  const byName = own.filter(({ name }) => !doubtful.some(({ column }) => column === name));
  const taken = new Set(own.map(({ name }) => name.toLowerCase()));
  const pairs = others.flatMap((column) => {
    const field = fieldFor(column);
    return field === undefined || taken.has(field) ? [] : [{ field, column }];
  });
  const candidates = new Map(
    [...Map.groupBy(pairs, ({ field }) => field)].map(([field, group]) => [
      field,
      group.map(({ column }) => column).sort((one, other) => rankOf(one) - rankOf(other)),
    ]),
  );
  return { byName, doubtful, candidates };
}

const productIds: ReadonlySet<string> = new Set(['content_id', 'content_ids', 'contents']);

function doubtOf(column: SampleColumn, hasProduct: boolean): Doubtful[] {
  const field = fieldNames.find((name) => name === column.name.toLowerCase());
  const doubt = field && doubts[field];
  if (field === undefined || doubt === undefined) return [];
  const { meaning, isLikely } = doubt;
  return [{ column: column.name, field, meaning, isLikely: isLikely(column, hasProduct) }];
}

/** @returns undefined when the values are of another kind, or the name alone is no reason */
function fieldFor(column: SampleColumn): FieldName | undefined {
  const known = knownBy(column.name);
  if (known === undefined || (doubts[known] !== undefined && known !== 'state')) return undefined;
  const hashed = fieldNames.find((name) => name === `hashed_${known}`);
  if (column.kind === 'digest' && hashed !== undefined) return hashed;
  return fits(known, column) ? known : undefined;
}

/** What the values of a field can look like; all kinds without an entry. */
const kindsOf: Partial<Readonly<Record<FieldName, readonly Kind[]>>> = {
  email: ['e-mail', 'list', 'empty'],
  phone: ['number', 'text', 'list', 'empty'],
  event_time: ['time', 'number', 'empty'],
  value: ['number', 'empty'],
  predicted_ltv: ['number', 'empty'],
  num_items: ['number', 'empty'],
  contents: ['list', 'text', 'empty'],
  content_ids: ['list', 'text', 'empty'],
  custom_properties: ['object', 'text', 'empty'],
  limited_data_use: ['truth value', 'number', 'text'],
};

function fits(field: FieldName, column: SampleColumn): boolean {
  if (field === 'event_name') return column.isEventName;
  // `region` and `st` are usual names for much else.
  if (field === 'state') return column.isCode;
  return kindsOf[field]?.includes(column.kind) ?? !['list', 'object', 'truth value'].includes(column.kind);
}

/** The order of the table of names: the more exact ones are first. */
const rankOf = ({ name }: SampleColumn): number => [...usualNames().keys()].indexOf(foldName(name));
