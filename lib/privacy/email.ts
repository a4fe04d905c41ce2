/** E-mail addresses in the form that TikTok hashes: trimmed and in lower case, with nothing else removed. */

// One @ with text on both sides, without spaces and control characters. Unicode is allowed (RFC 6531).
const address = /^[^\s@\p{Cc}]+@[^\s@\p{Cc}]+$/u;

/** @returns the normal form, or undefined when the text is not an e-mail address */
export function normalizeEmail(raw: string): string | undefined {
  const email = raw.trim().toLowerCase();
  return address.test(email) ? email : undefined;
}
