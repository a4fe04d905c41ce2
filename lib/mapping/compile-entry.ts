/** Compiles the value of one entry of a mapping, and keeps which columns each of its expressions names. */
import { Misconfigured } from '../errors/app-error.ts';
import { isPayload } from '../payload/values.ts';
import { compileExpression, type Expression } from './expression.ts';
import { plain } from './plain.ts';

/** By path, such as `custom_properties.channel`: the fields that an expression reads from its input itself. */
export type NamedColumns = Map<string, ReadonlySet<string>>;

/** @throws Misconfigured for anything but an expression */
export function compileText(value: unknown, path: string, columns: NamedColumns): Expression {
  const setting = `mapping.${path}`;
  if (typeof value !== 'string') throw new Misconfigured(setting, 'must be a JMESPath expression, as text');
  const expression = compileExpression(value, setting);
  columns.set(path, expression.columns);
  return expression.evaluate;
}

/**
 * Expressions, constants, and objects of these, for fields such as custom_properties.
 * @throws Misconfigured that names the part and what is wrong
 */
export function compileValue(value: unknown, path: string, columns: NamedColumns): Expression {
  if (typeof value === 'number' || typeof value === 'boolean') return () => value;
  if (!isPayload(value)) return compileText(value, path, columns);
  const parts = Object.entries(value).map(
    ([name, part]) => [name, compileValue(part, `${path}.${name}`, columns)] as const,
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
export function entriesWithout(named: NamedColumns, known: ReadonlySet<string>): EntryWithout[] {
  return [...named].flatMap(([entry, columns]) => {
    const missing = [...columns].filter((column) => !known.has(column));
    return missing.length === 0 ? [] : [{ entry, missing, isLost: missing.length === columns.size }];
  });
}
