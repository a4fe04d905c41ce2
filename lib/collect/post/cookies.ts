/**
 * The two cookies of the collector: `_ttp`, the visitor id that TikTok's pixel reads too, and `_tte`, the click id. A value
 * that could change the header `Set-Cookie` is never written, and never read.
 */

export const visitorCookie = '_ttp';
export const clickCookie = '_tte';
/** TikTok's pixel keeps the click id here. */
export const pixelClickCookie = 'ttclid';

const day = 86_400;
/** The pixel keeps `_ttp` for 13 months; browsers cap any age at 400 days (RFC 6265bis, section 5.5). */
const ages: Readonly<Record<string, number>> = { [visitorCookie]: 390 * day, [clickCookie]: 400 * day };

/** Letters that need no quotes in a cookie or a URL: click ids are base64url with dots, and may be escaped. */
const safe = /^[\w.~%+/=:-]+$/;

/** @returns true for an id that a cookie can hold as it is */
export const isCookieSafe = (value: string): boolean => safe.test(value);

/**
 * @param cookies of the request, each as `name=value`; a browser can send one name twice, for its host and its domain
 * @returns the values of a name, the most specific first
 */
export function cookieValues(cookies: readonly string[] | undefined, name: string): string[] {
  const start = `${name}=`;
  return (cookies ?? []).flatMap((cookie) =>
    cookie.trimStart().startsWith(start) ? [cookie.trimStart().slice(start.length).trimEnd()] : [],
  );
}

/**
 * Not `HttpOnly`, so that a revocation in the page can delete it.
 * @param value cookie-safe
 * @param domain undefined for the host alone
 */
export function setCookie(name: string, value: string, domain: string | undefined): string {
  const scope = domain === undefined ? '' : `; Domain=${domain}`;
  return `${name}=${value}; Max-Age=${ages[name]}; Path=/${scope}; Secure; SameSite=Lax`;
}
