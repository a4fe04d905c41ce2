/**
 * Where an operand ends: the grammar of the JMESPath library over the types of its tokens, since its syntax tree says
 * nothing of parentheses. An operator takes operands of a higher power than its own.
 */

type Types = readonly string[];

const powers: ReadonlyMap<string, number> = new Map(
  Object.entries({
    Assign: 1,
    Pipe: 1,
    Question: 2,
    Or: 3,
    And: 4,
    ...{ EQ: 5, NE: 5, GT: 5, GTE: 5, LT: 5, LTE: 5 },
    ...{ Plus: 6, Minus: 6, Multiply: 7, Divide: 7, Div: 7, Modulo: 7 },
    ...{ Flatten: 9, Star: 20, Filter: 21, Dot: 40, Not: 45, Lbrace: 50, Lbracket: 55, Lparen: 60 },
  }),
);

const powerOf = (types: Types, at: number): number => powers.get(types[at] ?? '') ?? 0;

/** @param types of tokens without syntax errors @returns the index behind the expression that starts at `at` */
export function endOfExpression(types: Types, at: number, power: number): number {
  let end = endOfStart(types, at);
  while (power < powerOf(types, end)) end = endOfNext(types, end);
  return end;
}

function endOfStart(types: Types, at: number): number {
  switch (types[at]) {
    case 'Not':
    case 'Plus':
    case 'Minus':
    case 'Expref':
      return endOfExpression(types, at + 1, powerOf(types, at));
    case 'Star':
    case 'Flatten':
    case 'Filter':
      return endOfNext(types, at);
    case 'Lbracket':
      return isIndexOrProjection(types, at) ? endOfNext(types, at) : endOfGroup(types, at);
    default:
      return endOfGroup(types, at);
  }
}

/** @returns the index behind an operator and its right side */
function endOfNext(types: Types, at: number): number {
  switch (types[at]) {
    case 'Dot':
      return types[at + 1] === 'Star' ? endOfProjection(types, at + 2, 40) : endOfName(types, at + 1, 40);
    case 'Star':
      return endOfProjection(types, at + 1, 20);
    case 'Flatten':
      return endOfProjection(types, at + 1, 9);
    case 'Filter':
      return endOfProjection(types, endOfGroup(types, at), 21);
    case 'Lbracket':
      return isIndex(types, at) ? at + 3 : endOfProjection(types, endOfGroup(types, at), 20);
    case 'Lparen':
      return endOfGroup(types, at);
    default:
      return endOfExpression(types, at + 1, powerOf(types, at));
  }
}

/** Whatever follows `[*]`, `[]`, `[?…]` or a slice is applied to each item. */
function endOfProjection(types: Types, at: number, power: number): number {
  if (types[at] === 'Dot') return endOfName(types, at + 1, power);
  return types[at] === 'Lbracket' || types[at] === 'Filter' ? endOfExpression(types, at, power) : at;
}

const endOfName = (types: Types, at: number, power: number): number =>
  types[at] === 'Lbracket' || types[at] === 'Lbrace'
    ? endOfGroup(types, at)
    : endOfExpression(types, at, power);

const isIndex = (types: Types, at: number): boolean =>
  types[at + 1] === 'Number' && types[at + 2] === 'Rbracket';

const isIndexOrProjection = (types: Types, at: number): boolean =>
  ['Number', 'Colon'].includes(types[at + 1] ?? '') ||
  (types[at + 1] === 'Star' && types[at + 2] === 'Rbracket');

const opening: ReadonlySet<string> = new Set(['Lparen', 'Lbracket', 'Lbrace', 'Filter']);
const closing: ReadonlySet<string> = new Set(['Rparen', 'Rbracket', 'Rbrace']);

/** @returns the index behind the token or, if it opens a group, behind the group */
function endOfGroup(types: Types, index: number): number {
  let depth = 0;
  for (let at = index; at < types.length; at += 1) {
    const type = types[at] ?? '';
    if (opening.has(type)) depth += 1;
    if (closing.has(type)) depth -= 1;
    if (depth === 0) return at + 1;
  }
  return types.length;
}
