/** The token in the fragment of an address. */

/** @returns the token of a fragment such as `#token=abc` or `#abc`; undefined for a place in the page, such as `#/quality` */
export function tokenOf(fragment: string): string | undefined {
  const text = fragment.replace(/^#/, '').replace(/^token=/, '');
  return text === '' || text.startsWith('/') ? undefined : text;
}
