/**
 * Gives the fields of an event their shape where that costs no mistake of a program: blank texts are left out, and so is
 * what may be omitted: the wrong entries of a list or an object where the rest is right, else the whole field.
 */
import { presentable } from '../../schema/explain-issues.ts';
import { isBlank } from '../../schema/is-blank.ts';
import { isObject } from '../../schema/is-object.ts';
import { type Field, type FieldTable, maxItems } from '../fields/field.ts';
import { maxIssues } from '../issue.ts';
import type { IssueCode } from '../issue-codes.ts';
import { faultCode } from './fault-code.ts';
import type { Judge } from './judge.ts';

export interface FittedShape {
  /** A copy of the input without what was left out, and without the values of `faulty`. */
  readonly fields: Readonly<Record<string, unknown>>;
  /** Names whose values are mistakes that reject the event: as many as are reported. */
  readonly faulty: readonly string[];
}

/** @param misfits the names of the fields that do not have their shape, or that `table` does not know */
export function fitShape(
  input: Readonly<Record<string, unknown>>,
  misfits: readonly string[],
  table: FieldTable,
  judge: Judge,
): FittedShape {
  const fitted = new Map<string, unknown>();
  const faulty: string[] = [];
  for (const name of misfits) {
    const kept = fitField(name, input[name], table, judge);
    if (kept === mistake) faulty.push(name);
    // An event of 1 MiB has room for 60,000 unknown names.
    if (faulty.length === maxIssues) return { fields: {}, faulty };
    fitted.set(name, kept === mistake ? undefined : kept);
  }
  const fields: Record<string, unknown> = {};
  for (const name in input) {
    const value = fitted.has(name) ? fitted.get(name) : input[name];
    if (value !== undefined) fields[name] = value;
  }
  return { fields, faulty };
}

function fitField(name: string, value: unknown, table: FieldTable, judge: Judge): unknown {
  const row = Object.hasOwn(table, name) ? table[name] : undefined;
  if (row === undefined) return withoutUnknown(judge);
  return isBlank(value) ? undefined : fitValue(row, value, name, judge);
}

/** In place of a value whose fault rejects the event. */
const mistake = Symbol('mistake');

function withoutUnknown(judge: Judge): undefined | typeof mistake {
  if (!judge.mayOmit('mistake', unknownField)) return mistake;
  judge.omit({ field: unknownField, code: unknownField, message: 'this field is not known' });
  return undefined;
}

/** Code of a name that is not in the table; omissions name the field so, too, since its own name can be anything. */
export const unknownField = 'unknown_field';

function fitValue(row: Field, value: unknown, path: string, judge: Judge): unknown {
  const isTooMany = Array.isArray(value) && value.length > (maxItems(row) ?? value.length);
  const code = isTooMany ? 'too_many' : faultCode(row, value);
  if (code === undefined) return value;
  const part = fitParts(row, value, path, judge);
  const isFitted = part === undefined || part === mistake || faultCode(row, part) === undefined;
  if (part !== whole && isFitted) return part;
  return leaveOut(row, code, path, judge) ? row.whenFaulty : mistake;
}

/** In place of a value that has no parts. */
const whole = Symbol('whole');

/** @returns the usable parts of a list or an object; undefined when it has none */
function fitParts(row: Field, value: unknown, path: string, judge: Judge): unknown {
  if (Array.isArray(value)) return fitList(row, value, path, judge);
  const isWholeObject = isObject(value) && row.isObject && maxItems(row) === undefined;
  return isWholeObject ? fitEntries(row, value, path, judge, (entry) => entry) : whole;
}

/** @returns whether the fault may be left out; then it is reported */
function leaveOut(row: Field, code: IssueCode, path: string, judge: Judge): boolean {
  const fault = code === 'too_long' && !row.isExact ? 'unusable' : 'mistake';
  if (!judge.mayOmit(fault, path)) return false;
  judge.omit({ field: path, code, message: `expected ${row.expects}` });
  return true;
}

/** Lists are cut first: a webhook of 1 MiB has room for 60,000 phone numbers. */
function fitList(row: Field, given: readonly unknown[], path: string, judge: Judge): unknown {
  const max = maxItems(row);
  if (max === undefined) return whole;
  if (given.length > max && !leaveOut(row, 'too_many', path, judge)) return mistake;
  const kept: unknown[] = [];
  for (const [index, item] of given.slice(0, max).entries()) {
    const fitted = fitItem(row, item, `${path}[${index}]`, judge);
    if (fitted === mistake) return mistake;
    if (fitted !== undefined) kept.push(fitted);
  }
  return kept;
}

function fitItem(row: Field, item: unknown, path: string, judge: Judge): unknown {
  const code = faultCode(row, [item]);
  if (code === undefined) return item;
  if (isObject(item) && row.isObject) return fitEntries(row, item, path, judge, (entry) => [entry]);
  return leaveOut(row, code, path, judge) ? undefined : mistake;
}

/** An object has no more entries than this, so that no input takes long. */
const maxEntries = 1_000;

/** @param wrap makes of an object with one entry what the row's schema takes */
function fitEntries(
  row: Field,
  object: Readonly<Record<string, unknown>>,
  path: string,
  judge: Judge,
  wrap: (entry: object) => unknown,
): unknown {
  const kept: [string, unknown][] = [];
  for (const [key, value] of Object.entries(object).slice(0, maxEntries)) {
    const code = faultCode(row, wrap({ [key]: value }));
    if (code === undefined) kept.push([key, value]);
    else if (!leaveOut(row.parts?.[key] ?? row, code, `${path}.${presentable(key)}`, judge)) return mistake;
  }
  return kept.length > 0 ? Object.fromEntries(kept) : undefined;
}
