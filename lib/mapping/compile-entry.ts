/** Compiles the value of one entry of a mapping, and keeps each of its expressions for checks and explanations. */
import { Misconfigured } from '../errors/app-error.ts';
import { isPayload } from '../payload/values.ts';
import { type CompiledExpression, compileExpression, type Expression } from './expression.ts';
import { plain } from './plain.ts';

/** An expression and its place in the mapping. */
export interface TrackedExpression {
  /** Such as `value`, `custom_properties.channel`, `source.when`. */
  readonly path: string;
  /** The name of the entry, then the names of the parts that lead to the expression. */
  readonly keys: readonly [string, ...string[]];
  readonly expression: CompiledExpression;
}

/** @throws Misconfigured for anything but an expression */
export function compileText(
  value: unknown,
  keys: TrackedExpression['keys'],
  track: TrackedExpression[],
): Expression {
  const path = keys.join('.');
  const setting = `mapping.${path}`;
  if (typeof value !== 'string') {
    const problem = value === null ? 'it is empty' : 'put it into double quotes';
    throw new Misconfigured(setting, `must be a JMESPath expression, as text: ${problem}`);
  }
  const expression = compileExpression(value, setting);
  track.push({ path, keys, expression });
  return expression.evaluate;
}

/**
 * Expressions, constants, and objects of these, for fields such as custom_properties.
 * @throws Misconfigured that names the part and what is wrong
 */
export function compileValue(
  value: unknown,
  keys: TrackedExpression['keys'],
  track: TrackedExpression[],
): Expression {
  if (typeof value === 'number' || typeof value === 'boolean') return () => value;
  if (!isPayload(value)) return compileText(value, keys, track);
  const parts = Object.entries(value).map(
    ([name, part]) => [name, compileValue(part, [...keys, name], track)] as const,
  );
  return (data) => plain(Object.fromEntries(parts.map(([name, expression]) => [name, expression(data)])));
}

/** An expression that names columns which the rows do not have. */
export interface EntryWithout {
  /** Its path. */
  readonly entry: string;
  readonly missing: readonly string[];
  /** True when it names no other column: then it gives nothing for any row. */
  readonly isLost: boolean;
}

/** @returns the expressions that name an unknown column */
export function entriesWithout(
  tracked: readonly TrackedExpression[],
  known: ReadonlySet<string>,
): EntryWithout[] {
  return tracked.flatMap(({ path, expression: { columns } }) => {
    const missing = [...columns].filter((column) => !known.has(column));
    return missing.length === 0 ? [] : [{ entry: path, missing, isLost: missing.length === columns.size }];
  });
}
