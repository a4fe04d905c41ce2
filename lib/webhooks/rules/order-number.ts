/** The number of an order as people know it: what they read in an e-mail and type into a search, without `#`. */
import { asText } from '../../payload/values.ts';

/**
 * @param value such as `#1001`, `EN-1001` or `1001`
 * @returns undefined for text without a digit: the name of something else, or somebody's
 */
export function orderNumber(value: unknown): string | undefined {
  const text = asText(value)?.replace(/^#\s*/, '');
  return text !== undefined && /\d/.test(text) ? text : undefined;
}
