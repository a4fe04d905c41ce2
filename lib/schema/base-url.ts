/** Which base URLs may receive keys, tokens and personal data: https, or http on this machine. */

const loopbackHost = /^(127(\.\d{1,3}){3}|localhost|::1|\[::1\])$/i;

/** True for a host of this machine. @param host without a port; an IPv6 address may be in brackets, as in a URL */
export const isLoopbackHost = (host: string): boolean => loopbackHost.test(host);

export const isLoopbackUrl = (text: string): boolean => isLoopbackHost(URL.parse(text)?.hostname ?? '');

/** True for https, and for http on this machine. Credentials, queries and fragments are the caller's to check. */
export function isSafeUrl(text: string): boolean {
  const url = URL.parse(text);
  return url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopbackHost(url.hostname));
}

/** True where access tokens may go: https below tiktok.com, or http on this machine. */
export function isTikTokUrl(text: string): boolean {
  const url = URL.parse(text);
  if (url === null || url.username !== '' || url.password !== '' || !isSafeUrl(text)) return false;
  return url.protocol === 'http:' || url.hostname.endsWith('.tiktok.com');
}

/** `isTikTokUrl` for a text to which paths are appended: below tiktok.com without a path, and never with a query or fragment. */
export function isTikTokBaseUrl(text: string): boolean {
  // The characters that a URL loses or that end its path, when it is read: what was checked must be what is called.
  if (!isTikTokUrl(text) || /[?#\\\s]/.test(text)) return false;
  const url = new URL(text);
  return url.protocol === 'http:' || url.pathname === '/';
}

/** Paths are appended to a base URL, so it has no slash at its end. */
export const withoutTrailingSlash = (url: string): string => url.replace(/\/+$/, '');
