/** JSON whose numbers keep their digits: a number that JavaScript cannot represent becomes text. */
import { parse } from 'lossless-json';
import { numberOrDigits } from './source-row.ts';

/** Throws a SyntaxError when the text is not JSON. */
export const parseJson = (text: string): unknown => parse(text, undefined, numberOrDigits);

/** Text that is not JSON stays text. */
export function parseJsonValue(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return text;
  }
}
