/**
 * Leaves out of an event what does not have the shape of its field: the wrong entries of a list or an object where the
 * rest is right, else the whole field. Lists are cut first: a webhook of 1 MiB has room for 60,000 phone numbers.
 */
import { isObject } from '../schema/is-object.ts';
import { type Field, type FieldTable, maxItems } from './fields/field.ts';
import { cutText } from './fields/text.ts';

export interface Misfits {
  /** Whether a fault of `field` costs only the faulty part. */
  mayOmit(field: string, code: string): boolean;
  omit(field: string): void;
}

/** @returns a copy of `input` in which every field that may be omitted has its shape */
export function omitMisfits(input: unknown, table: FieldTable, misfits: Misfits): unknown {
  if (!isObject(input)) return input;
  const entries = Object.entries(input).flatMap(([name, value]) => {
    if (value === undefined || value === null) return [];
    const row = Object.hasOwn(table, name) ? table[name] : undefined;
    const kept = row === undefined ? keepUnknown(name, value, misfits) : keepField(name, row, value, misfits);
    return kept === undefined ? [] : [[name, kept] as const];
  });
  return Object.fromEntries(entries);
}

function keepUnknown(name: string, value: unknown, misfits: Misfits): unknown {
  if (!misfits.mayOmit(name, 'unknown_field')) return value;
  misfits.omit(name);
  return undefined;
}

function keepField(name: string, row: Field, given: unknown, misfits: Misfits): unknown {
  const value = cutList(row, given);
  const hasShape = fits(row, value);
  if (hasShape && value === given) return value;
  if (!misfits.mayOmit(name, hasShape ? 'too_many' : 'invalid_type')) return given;
  if (row.canBeCut && row.maxLength !== undefined && typeof value === 'string')
    return cutText(value, row.maxLength);
  misfits.omit(name);
  return hasShape ? value : usablePart(row, value);
}

const fits = (row: Field, value: unknown): boolean => row.schema().safeParse(value).success;

function cutList(row: Field, value: unknown): unknown {
  const max = maxItems(row);
  return max !== undefined && Array.isArray(value) && value.length > max ? value.slice(0, max) : value;
}

function usablePart(row: Field, value: unknown): unknown {
  if (row.whenFaulty !== undefined) return row.whenFaulty;
  const kept = Array.isArray(value)
    ? usableItems(row, value)
    : isObject(value)
      ? usableEntries(value, (entry) => fits(row, entry))
      : undefined;
  return kept !== undefined && fits(row, kept) ? kept : undefined;
}

function usableItems(row: Field, list: readonly unknown[]): unknown[] {
  // A field that takes no list has no usable items.
  if (maxItems(row) === undefined) return [];
  const isItem = (item: unknown): boolean => fits(row, [item]);
  return list
    .map((item) => (isObject(item) && !isItem(item) ? usableEntries(item, isItem) : item))
    .filter((item) => item !== undefined && isItem(item));
}

function usableEntries(object: object, isEntry: (entry: object) => boolean): object | undefined {
  const entries = Object.entries(object).filter(([key, value]) => isEntry({ [key]: value }));
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}
