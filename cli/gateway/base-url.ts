/** The base URL of an HTTP API: https, or http on this machine, since keys and personal data travel to it. */
import { usageError } from '../errors/cli-error.ts';

const loopback = /^(127(\.\d{1,3}){3}|localhost|\[::1\])$/;

export const isLoopback = (url: string): boolean => loopback.test(URL.parse(url)?.hostname ?? '');

/** @returns the URL without a slash at its end; undefined for none */
export function checkBaseUrl(
  text: string | undefined,
  setting = '--url (or TIKTOK_EVENTS_URL)',
): string | undefined {
  if (text === undefined || text === '') return undefined;
  const url = URL.parse(text);
  const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(text));
  if (url === null || !isSafe || url.search !== '' || url.hash !== '' || url.username !== '') {
    throw usageError(
      `${setting} must be an https address, or an http address of this machine, without query.`,
    );
  }
  return text.replace(/\/+$/, '').replace(/\/v1\/events$/, '');
}
