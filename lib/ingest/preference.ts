/** The header `Prefer`: how strictly the caller wants its events to be handled (RFC 7240). */

/** `strict` rejects an event in place of omitting what cannot be used (RFC 7240, section 4.4). */
export type Preference = 'strict' | 'lenient';

/** @param header such as `respond-async, handling=strict`; what is not known is ignored, and the first value counts */
export function preferenceOf(header: string | undefined): Preference | undefined {
  const [, handling] = /(?:^|,)\s*handling\s*=\s*"?(strict|lenient)"?\s*(?:[,;]|$)/i.exec(header ?? '') ?? [];
  return handling === undefined ? undefined : handling.toLowerCase() === 'strict' ? 'strict' : 'lenient';
}
