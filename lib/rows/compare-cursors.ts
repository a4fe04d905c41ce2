/** The order of cursor values that are known as text. */

const whole = /^-?\d+$/;
const decimal = /^-?\d+(\.\d+)?$/;

/** Numbers by value, other texts (times in ISO 8601, names) by their characters. */
export function compareCursors(a: string, b: string): number {
  if (whole.test(a) && whole.test(b)) return Number(BigInt(a) > BigInt(b)) - Number(BigInt(a) < BigInt(b));
  if (decimal.test(a) && decimal.test(b)) return Number(a) - Number(b);
  return a < b ? -1 : Number(a > b);
}
