/** E-mail addresses in the form that TikTok hashes: trimmed and lower-cased, nothing else removed. */

// One @ with text on both sides; no space or control character inside. Unicode is allowed (RFC 6531).
const address = /^[^\s@\p{Cc}]+@[^\s@\p{Cc}]+$/u;

/** @returns the normal form, or undefined when the text is no e-mail address */
export function normaliseEmail(raw: string): string | undefined {
  const email = raw.trim().toLowerCase();
  return address.test(email) ? email : undefined;
}
