/**
 * Ties a callback to the browser that started it, without storage: the browser keeps a random key in a cookie, and
 * `state` is the HMAC of the open link under that key. Neither another browser nor an older link can produce it.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { ConnectLink } from '../secrets/secret-values.ts';
import { randomText } from './connect-link.ts';

/**
 * The prefix makes browsers refuse the cookie unless this very host set it over a trustworthy connection. Chromium 153
 * and Firefox count http on loopback as such, so the local stage uses the same cookie.
 */
const cookieName = '__Host-tiktok-events-state';
/** Lax: the browser must send the cookie when TikTok's site redirects it here. */
const attributes = 'Path=/; HttpOnly; Secure; SameSite=Lax';

/** @returns a Set-Cookie value that is valid for 600 seconds, like the link */
export const browserCookie = (key: string): string => `${cookieName}=${key}; Max-Age=600; ${attributes}`;
export const clearedCookie = `${cookieName}=; Max-Age=0; ${attributes}`;

/** @param cookies `name=value` each, as payload format 2.0 lists them; @returns the key; undefined unless the cookie is there exactly once */
export function browserKeyOf(cookies: readonly string[] | undefined): string | undefined {
  const values = (cookies ?? [])
    .map((cookie) => cookie.trim())
    .filter((cookie) => cookie.startsWith(`${cookieName}=`))
    .map((cookie) => cookie.slice(cookieName.length + 1));
  const [key] = values;
  return values.length === 1 && key !== undefined && randomText.test(key) ? key : undefined;
}

/** @returns the OAuth `state` of this browser for this link */
export const stateOf = (browserKey: string, link: ConnectLink): string =>
  createHmac('sha256', browserKey).update(link.digest).digest('base64url');

/** Takes the same time for every state of the right length. */
export function isStateOf(state: string, browserKey: string, link: ConnectLink): boolean {
  const [given, expected] = [Buffer.from(state), Buffer.from(stateOf(browserKey, link))];
  return given.length === expected.length && timingSafeEqual(given, expected);
}
