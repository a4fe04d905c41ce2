/** The page of an event, without anything that opens a door: order pages carry keys in their query and path. */

/** Paths that lead to one person's order, checkout or account, where a part of the path itself is a key. */
const privatePath =
  /\/(?:orders?|checkouts?|account|my-account|cart\/c|order-pay|order-received|recover|gift_cards|invoices|downloads?)(?:\/|$)/i;
/** A long run of hex digits is a token, an @ an e-mail address, as in links to unsubscribe. */
const secretPart = /[0-9a-f]{20}|@|%40/i;
const maxLength = 4096;

/**
 * @param landing absolute address, or a path on `origin`
 * @param origin address or bare domain of the storefront; its own path and query are not used
 * @returns scheme, host and path; only the host's root when the path may hold a key; undefined without a host
 */
export function pageUrl(landing: string | undefined, origin: string | undefined): string | undefined {
  const base = origin === undefined ? null : URL.parse(origin.includes('://') ? origin : `https://${origin}`);
  const landed = landing === undefined ? null : URL.parse(landing, base?.origin);
  const page = isWebPage(landed) ? landed : base;
  if (!isWebPage(page)) return undefined;
  if (page === base) return `${base.origin}/`;
  const path = privatePath.test(page.pathname) || secretPart.test(page.pathname) ? '/' : page.pathname;
  const url = page.origin + path;
  return url.length <= maxLength ? url : `${page.origin}/`;
}

/** Shopify also knows landings in apps, such as `android-app://…`, which are no pages. */
const isWebPage = (url: URL | null): url is URL => url !== null && /^https?:$/.test(url.protocol);
