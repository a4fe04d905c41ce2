/**
 * In `a || b` and `not_null(a, b)`, a value that cannot be read is not missed when another alternative gives one. The
 * JMESPath library calls nothing between the two, so each alternative is wrapped in a function that no expression can name.
 */
import { type JSONValue, register, TYPE_ANY } from '@jmespath-community/jmespath';
import { plain } from './plain.ts';
import { countUnreadable, forgetSince } from './unreadable.ts';

const start = ' start of alternatives';
const end = ' end of alternatives';

register(start, () => countUnreadable(), [], { override: true });
register(
  end,
  ([count, value]) => {
    if (typeof count === 'number' && plain(value) !== undefined) forgetSince(count);
    return (value ?? null) as JSONValue;
  },
  [{ types: [TYPE_ANY] }, { types: [TYPE_ANY] }],
  { override: true },
);

/** @returns the syntax tree, with each list of alternatives wrapped */
export function withAlternatives(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(withAlternatives);
  if (typeof node !== 'object' || node === null) return node;
  const { type, name } = node as { type?: unknown; name?: unknown };
  if (type === 'Literal') return node;
  const inner = Object.fromEntries(Object.entries(node).map(([key, part]) => [key, withAlternatives(part)]));
  const isList = type === 'OrExpression' || (type === 'Function' && name === 'not_null');
  return isList ? call(end, [call(start, []), inner]) : inner;
}

const call = (name: string, children: readonly unknown[]) => ({ type: 'Function', name, children });
