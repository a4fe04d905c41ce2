/**
 * Finds a `!` that negates less than it seems. In JMESPath it binds closer than a dot, so that `!a.b` is `(!a).b`,
 * which is always null, and `!a == b` compares `!a` (https://jmespath.site/main/#functions-not-expression).
 */
import { tokenize } from '@jmespath-community/jmespath';

/** Operators whose left side would be the negated value alone; `&&`, `||` and `?` are read as everywhere else. */
const takesLess: ReadonlySet<string> = new Set(
  'Dot Filter Flatten Pipe EQ NE GT GTE LT LTE Plus Minus Multiply Star Divide Div Modulo'.split(' '),
);

/**
 * @param text an expression without syntax errors
 * @returns the position of such a `!`, from 1; undefined when there is none
 */
export function misleadingNegation(text: string): number | undefined {
  const tokens = tokenize(text).map(({ type, start }) => ({ type: String(type), start }));
  const types = tokens.map(({ type }) => type);
  const found = tokens.find(
    ({ type }, index) => type === 'Not' && takesLess.has(types[endOfOperand(types, index + 1)] ?? ''),
  );
  return found && found.start + 1;
}

/** @returns the index behind what a `!` before `index` negates */
function endOfOperand(types: readonly string[], index: number): number {
  let at = index;
  while (types[at] === 'Not') at += 1;
  at = endOfGroup(types, at);
  if (types[at] === 'Lparen') at = endOfGroup(types, at);
  while (types[at] === 'Lbracket') {
    const isOneItem = types[at + 1] === 'Number' && types[at + 2] === 'Rbracket';
    at = endOfGroup(types, at);
    // Whatever follows `[*]` or a slice is applied to each item, so it is negated too.
    if (!isOneItem) at = endOfProjection(types, at);
  }
  return at;
}

const opening: ReadonlySet<string> = new Set(['Lparen', 'Lbracket', 'Lbrace', 'Filter']);
const closing: ReadonlySet<string> = new Set(['Rparen', 'Rbracket', 'Rbrace']);

/** @returns the index behind the token or, if it opens a group, behind the group */
function endOfGroup(types: readonly string[], index: number): number {
  let depth = 0;
  for (let at = index; at < types.length; at += 1) {
    const type = types[at] ?? '';
    if (opening.has(type)) depth += 1;
    if (closing.has(type)) depth -= 1;
    if (depth === 0) return at + 1;
  }
  return types.length;
}

function endOfProjection(types: readonly string[], index: number): number {
  let at = index;
  while (types[at] === 'Dot' || types[at] === 'Lbracket' || types[at] === 'Filter')
    at = endOfGroup(types, types[at] === 'Dot' ? at + 1 : at);
  return at;
}
