/** Escapes the characters of a JSON text that SQS refuses, so that no single value costs the whole message. */

const refused = /[\uD800-\uDFFF\uFFFE\uFFFF]/;
const everyRefused = new RegExp(refused, 'g');

/**
 * Escapes U+FFFE and U+FFFF: SQS refuses them (InvalidMessageContents), and JSON.stringify leaves them in. Characters
 * beyond U+FFFF, such as emoji, are escaped too: SQS accepts them, but some servers of its protocol do not.
 * @param json text in which these characters occur inside strings only
 * @returns JSON text of the same value
 */
export function escapeForSqs(json: string): string {
  if (!refused.test(json)) return json;
  return json.replace(everyRefused, (character) => `\\u${character.charCodeAt(0).toString(16)}`);
}
