/**
 * Finds a `!` that negates less than it seems. In JMESPath it binds closer than a dot, so that `!a.b` is `(!a).b`,
 * which is always null, and `!a == b` compares `!a` (https://jmespath.site/main/#functions-not-expression).
 */
import { tokenize } from '@jmespath-community/jmespath';
import { endOfExpression } from './operand.ts';

/** Operators whose left side would be the negated value alone; `&&`, `||` and `?` are read as everywhere else. */
const takesLess: ReadonlySet<string> = new Set(
  'Dot Filter Flatten Pipe EQ NE GT GTE LT LTE Plus Minus Multiply Star Divide Div Modulo'.split(' '),
);

const powerOfNot = 45;

/**
 * @param text an expression without syntax errors
 * @returns the position of such a `!`, from 1; undefined when there is none
 */
export function misleadingNegation(text: string): number | undefined {
  const tokens = tokenize(text).map(({ type, start }) => ({ type: String(type), start }));
  const types = tokens.map(({ type }) => type);
  const found = tokens.find(
    ({ type }, index) =>
      type === 'Not' && takesLess.has(types[endOfExpression(types, index + 1, powerOfNot)] ?? ''),
  );
  return found && found.start + 1;
}
