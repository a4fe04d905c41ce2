/** Finds what an entry of a mapping did not give: all of it, or a part that no item of its list has. */
import type { TrackedExpression } from '../compile-entry.ts';
import { printNode } from './print-node.ts';

export interface EmptyPart {
  readonly tracked: TrackedExpression;
  /** Such as `value` or `contents.content_id`. */
  readonly entry: string;
  readonly expression: string;
  /** The name of the part inside `{…}`; undefined for the whole expression. */
  readonly part?: string;
}

/** @param value what the whole entry gave @returns empty, at the cost of a few look-ups, when nothing is missing */
export function emptyParts(tracked: TrackedExpression, value: unknown): readonly EmptyPart[] {
  const { path, keys, expression } = tracked;
  const given = keys.slice(1).reduce(partOf, value);
  // Where `type == 'a' && 'Purchase'` gives no name, it gives false.
  if (given === undefined || (given === false && path === 'event_name'))
    return [{ tracked, entry: path, expression: expression.text }];
  return expression.parts
    .filter(({ name }) => isNowhere(name, given))
    .map(({ name, value: node }) => ({
      tracked,
      entry: `${path}.${name}`,
      expression: printNode(node),
      part: name,
    }));
}

const partOf = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Readonly<Record<string, unknown>>)[key]
    : undefined;

/** Whether no item of a list, or not the object, has a part. */
const isNowhere = (name: string, value: unknown): boolean =>
  Array.isArray(value)
    ? value.every((item) => partOf(item, name) === undefined)
    : partOf(value, name) === undefined;
