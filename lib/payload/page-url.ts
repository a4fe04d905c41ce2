/** The page URL of an event without secrets: order pages have access keys in their path and query. */
import { fields } from '../events/fields/table.ts';
import { holdsIdentifier } from '../privacy/scrub-url.ts';
import { asText } from './values.ts';

/** Paths of one person's order, checkout or account, where a part of the path can be an access key. */
const privatePath =
  /\/(?:orders?|checkouts?|account|my-account|cart\/c|order-pay|order-received|recover|gift_cards|invoices|downloads?)(?:\/|$)/i;
/** Twenty hex digits in a row are a token, and an @ is taken for an e-mail address, as in unsubscribe links. */
const secretPart = /[0-9a-f]{20}|@|%40/i;
/** A slash too many before a path, as links of ads have: a URL reads the first part as a host, but no storefront's host is without a dot. */
const extraSlashes = /^[/\\]{2,}(?=[^/\\.?#:]*(?:[/\\?#]|$))/;

/**
 * @param landing absolute URL, or a path on `origin`
 * @param origin URL or bare domain of the storefront; its own path and query are not used
 * @returns scheme, host and path; only the host's root when the path can contain a key; undefined without a host
 */
export function pageUrl(landing: string | undefined, origin: string | undefined): string | undefined {
  const base = origin === undefined ? null : URL.parse(origin.includes('://') ? origin : `https://${origin}`);
  const landed = landing === undefined ? null : URL.parse(landing.replace(extraSlashes, '/'), base?.origin);
  const page = isWebPage(landed) ? landed : base;
  if (!isWebPage(page)) return undefined;
  if (page === base) return `${base.origin}/`;
  const url = page.origin + page.pathname;
  // The length first: a search of 500 kB takes two seconds.
  const isKept = url.length <= fields.page_url.maxLength && !isPrivate(page.pathname);
  return isKept ? url : `${page.origin}/`;
}

const isPrivate = (path: string): boolean =>
  privatePath.test(path) || secretPart.test(path) || holdsIdentifier(path);

/** Shopify also records landings in apps, such as `android-app://…`, which are not web pages. */
const isWebPage = (url: URL | null): url is URL => url !== null && /^https?:$/.test(url.protocol);

/**
 * @param value the address of the page that led to the shop, as the platform recorded it
 * @returns its scheme, host and path; any other text as it is, because the decoder of events omits it and says why
 */
export function referrerUrl(value: unknown): string | undefined {
  const text = asText(value);
  return text === undefined ? undefined : (pageUrl(text, undefined) ?? text);
}
