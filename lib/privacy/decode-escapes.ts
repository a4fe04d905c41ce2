/** Text without escapes: a page can encode an address more than once before it becomes part of a URL. */

/** `%2540` is `%40`, encoded again; `%252540` is the same, encoded twice. */
const encodedAgain = /%(?:25)+/g;
/** `%40`, `%u0040`, `\u0040`, `\x40`, `&#64;` and `&#x40;`, or bytes of UTF-8. */
const escaped =
  /(?:%u00|\\u00|\\x|%)([0-7][\da-f])|&#x0{0,4}([\da-f]{1,2});|&#0{0,4}(\d{1,3});|(?:%[89a-f][\da-f])+/gi;
const mayBeEscaped = /[%\\]|&#/;
/** More rounds are no page's mistake. */
const maxRounds = 5;

/** @returns the text with every escape decoded, also the escapes of escapes; broken ones stay. Never throws. */
export function decodeEscapes(text: string): string {
  if (!mayBeEscaped.test(text)) return text;
  let decoded = text;
  for (let round = 0; round < maxRounds; round += 1) {
    const next = decoded.replaceAll(encodedAgain, '%').replaceAll(escaped, decode);
    if (next === decoded) break;
    decoded = next;
  }
  return decoded;
}

function decode(whole: string, ascii?: string, hexadecimal?: string, decimal?: string): string {
  const hex = ascii ?? hexadecimal;
  if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
  if (decimal !== undefined) return String.fromCharCode(Number(decimal));
  // Buffer never throws: bytes that are no UTF-8 become U+FFFD.
  return Buffer.from(whole.replaceAll('%', ''), 'hex').toString();
}
