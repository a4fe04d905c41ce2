/** The base URL of an HTTP API as the user gives it. Keys and personal data travel there. */
import { isSafeUrl, withoutTrailingSlash } from '../../lib/schema/base-url.ts';
import { usageError } from '../errors/cli-error.ts';

/** @returns the URL without a slash at its end; undefined when none is given */
export function checkBaseUrl(
  text: string | undefined,
  setting = '--url (or TIKTOK_EVENTS_URL)',
): string | undefined {
  if (text === undefined || text === '') return undefined;
  const url = URL.parse(text);
  if (url === null || !isSafeUrl(text) || url.search !== '' || url.hash !== '' || url.username !== '') {
    throw usageError(
      `${setting} must be an https address, or an http address of this machine, without query.`,
    );
  }
  return withoutTrailingSlash(text).replace(/\/v1\/events$/, '');
}
