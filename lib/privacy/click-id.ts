/** TikTok's click id in the address of a page. An id that stands for nobody, or was cut, matches nothing and is not read. */
import { urlParameters } from '../schema/url-parameters.ts';
import { cleanText } from './clean-text.ts';
import { isPlaceholder } from './placeholder.ts';

/** The longest click id that an event takes. */
export const maxClickIdLength = 1024;

/**
 * Reads `ttclid` behind `?`, `&`, `&amp;` or `#`, decoded once. The name counts in lower case only, as in TikTok's own tag.
 * @param address absolute or relative. Never throws.
 * @returns the first id of at most `maxClickIdLength` characters that is no placeholder
 */
export function clickIdOf(address: string): string | undefined {
  if (!address.includes('ttclid')) return undefined;
  return urlParameters(address, 'ttclid')
    .map(cleanText)
    .find((id) => isUsableId(id, maxClickIdLength));
}

/** @returns true for a click id or browser id that can match somebody: not empty, not too long and no placeholder */
export const isUsableId = (id: string, longest: number): boolean =>
  id !== '' && id.length <= longest && !isPlaceholder(id);
