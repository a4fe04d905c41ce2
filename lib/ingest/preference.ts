/** The header `Prefer`: how strictly the caller wants its events to be handled (RFC 7240). */

/** `strict` rejects an event in place of omitting what cannot be used (RFC 7240, section 4.4). */
export type Preference = 'strict' | 'lenient';

/** One preference of the header; a comma inside quotes does not end it. */
const preferences = /(?:[^,"]|"(?:[^"\\]|\\.)*")+/g;
const handling = /^\s*handling\s*(?:=\s*("?)(?<value>strict|lenient)\1\s*)?(?:;|$)/i;

/**
 * @param header such as `respond-async, handling=strict`; what is not known is ignored, and the first value counts.
 *   Parameters and quoted texts of other preferences are not looked at
 */
export function preferenceOf(header: string | undefined): Preference | undefined {
  for (const preference of header?.match(preferences) ?? []) {
    const value = handling.exec(preference)?.groups?.value;
    if (value !== undefined) return value.toLowerCase() === 'strict' ? 'strict' : 'lenient';
  }
  return undefined;
}
