/** Reads the parameters of addresses as shops and ad platforms really write them, also behind `&amp;` and `#`. */

/** What HTML writes behind an `&` to escape it, and WordPress too: `&#038;`. The source of an expression that ignores case. */
export const ampersandEscapes = 'amp;|#0{0,4}38;|#x0{0,4}26;';
const htmlAmpersand = new RegExp(`&(?:${ampersandEscapes})`, 'gi');
/** Readers of URLs ignore these characters (https://url.spec.whatwg.org/#concept-basic-url-parser). */
export const ignoredInUrls = /[\t\n\r]/g;

/**
 * Finds a parameter behind `?`, `&`, `&amp;` or `#`, in a route such as `#/p/1?ttclid=…`, and behind a second `?`, which
 * tools append to an address that has a query already.
 * @param address absolute or relative. Never throws.
 * @returns the values in the order of the address, each decoded once
 */
export function urlParameters(address: string, name: string): readonly string[] {
  let plain = address.replaceAll(ignoredInUrls, '');
  // Each round makes `&amp;` of `&amp;amp;`, and a few are more than any shop escapes.
  for (let round = 0; round < 3; round += 1) plain = plain.replaceAll(htmlAmpersand, '&');
  const [, ...sections] = plain.split(/[?#]/);
  return sections.flatMap((section) => new URLSearchParams(section).getAll(name));
}
