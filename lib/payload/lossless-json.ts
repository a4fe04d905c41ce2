/** Reads JSON without rounding: `JSON.parse` alone rounds integers above 2⁵³ − 1, and platforms use longer ids. */

/** `context.source` is the number as it was sent (ECMAScript "JSON.parse source text access"). */
type SourceReviver = (key: string, value: unknown, context?: { readonly source?: string }) => unknown;

const integer = /^-?\d+$/;

/**
 * @param integers `unsafe` turns integers beyond 2⁵³ − 1 into text, `all` every integer, for answers whose integers are ids
 * @returns the value, with these integers as strings of digits. Throws a SyntaxError when the text is not JSON.
 */
export function parseLosslessly(text: string, integers: 'unsafe' | 'all' = 'unsafe'): unknown {
  const keepDigits: SourceReviver = (_key, value, context) => {
    if (typeof value !== 'number' || (integers === 'unsafe' && Number.isSafeInteger(value))) return value;
    const source = context?.source ?? '';
    return integer.test(source) ? source : value;
  };
  return JSON.parse(text, keepDigits);
}
