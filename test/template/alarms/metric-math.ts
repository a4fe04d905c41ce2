/** The arithmetic of CloudWatch that our alarms use: + - * /, numbers, names and FILL, for one period at a time. */

/** A data point, or undefined where there is none. */
export type Point = number | undefined;

/** What stands for a missing point beside one that exists: AWS's guide says 0; "missing" is the careful reading. */
export type MissingOperand = 'zero' | 'missing';

/**
 * @param points value of each metric of the expression in this period
 * @returns the point of the expression; a division by zero has none, as AWS's guide says
 */
export function metricMath(
  expression: string,
  points: ReadonlyMap<string, Point>,
  missing: MissingOperand,
): Point {
  const tokens = expression.match(/[a-zA-Z]\w*|\d+(\.\d+)?|[-+*/(),]/g) ?? [];
  const take = (expected?: string): string => {
    const token = tokens.shift() ?? '';
    if (expected !== undefined && token !== expected) throw new Error(`${token} in place of ${expected}`);
    return token;
  };
  const factor = (): Point => {
    const token = take();
    if (/^\d/.test(token)) return Number(token);
    if (token === '(') {
      const inner = sum();
      take(')');
      return inner;
    }
    if (token !== 'FILL') {
      if (!points.has(token)) throw new Error(`the model does not know ${token}`);
      return points.get(token);
    }
    take('(');
    const filled = sum();
    take(',');
    const value = Number(take());
    take(')');
    return filled ?? value;
  };
  const chain = (next: () => Point, operators: readonly string[]): Point => {
    let left = next();
    while (operators.includes(tokens[0] ?? '')) left = combine(take(), left, next(), missing);
    return left;
  };
  const product = () => chain(factor, ['*', '/']);
  const sum = () => chain(product, ['+', '-']);
  const result = sum();
  if (tokens.length > 0) throw new Error(`the model does not know ${tokens.join(' ')}`);
  return result;
}

function combine(operator: string, left: Point, right: Point, missing: MissingOperand): Point {
  if (left === undefined && right === undefined) return undefined;
  if (missing === 'missing' && (left === undefined || right === undefined)) return undefined;
  const [a, b] = [left ?? 0, right ?? 0];
  if (operator === '+') return a + b;
  if (operator === '-') return a - b;
  if (operator === '*') return a * b;
  return b === 0 ? undefined : a / b;
}
