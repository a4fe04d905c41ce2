/**
 * Finds a text or a literal without its closing quote, which the JMESPath library takes as one that goes on to the end of
 * the expression.
 */
import { tokenize } from '@jmespath-community/jmespath';

/** @param text an expression that the library can read @returns the position of such a quote, from 1 */
export function openQuote(text: string): number | undefined {
  const open = tokenize(text).find(({ type, start }) => String(type) === 'Literal' && !isClosed(text, start));
  return open && open.start + 1;
}

/** A backslash escapes the quote, and itself. */
function isClosed(text: string, start: number): boolean {
  const quote = text[start];
  for (let at = start + 1; at < text.length; at += 1) {
    const isEscape = text[at] === '\\' && (text[at + 1] === '\\' || text[at + 1] === quote);
    if (isEscape) at += 1;
    else if (text[at] === quote) return true;
  }
  return false;
}
