/** Who sent a post, as far as the request itself says: address, user agent, opt-out, and the ids of browser and click. */
import { isbot } from 'isbot';
import { fields } from '../../events/fields/table.ts';
import type { ApiEvent } from '../../http/api-answer.ts';
import { cleanText } from '../../privacy/clean-text.ts';
import { clickIdOf, isUsableId } from '../../privacy/click-id.ts';
import { clickCookie, cookieValues, isCookieSafe, pixelClickCookie, visitorCookie } from './cookies.ts';
import type { CollectedPost } from './read-post.ts';

export interface Ids {
  readonly ttp: string | undefined;
  readonly ttclid: string | undefined;
}

/** The address and browser of the visitor. */
export interface Visitor {
  readonly ip: string;
  readonly user_agent: string | undefined;
}

/** @param isBehindProxy the request came with the proxy's secret, so its headers are the proxy's and not a client's */
export const visitorOf = ({ headers, requestContext }: ApiEvent, isBehindProxy: boolean): Visitor => ({
  ip: (isBehindProxy ? viewerAddress(headers) : undefined) ?? requestContext.http.sourceIp,
  user_agent: headers['user-agent'] || undefined,
});

/**
 * CloudFront writes `address:port`, an IPv6 address without brackets. `X-Forwarded-For` is not read: its left part is
 * whatever a client sent.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/adding-cloudfront-headers.html
 */
const viewerAddress = (headers: ApiEvent['headers']): string | undefined =>
  headers['cloudfront-viewer-address']?.trim().replace(/:\d{1,5}$/, '') || undefined;

/** More than any browser has; the limit bounds the time of the search. */
const longestUserAgent = 2048;

export const isBot = ({ user_agent }: Visitor): boolean => isbot(user_agent?.slice(0, longestUserAgent));

/** Global Privacy Control: the browser's opt-out of sale and sharing (https://www.w3.org/TR/gpc/). */
export const hasOptedOut = ({ headers }: ApiEvent): boolean => headers['sec-gpc']?.trim() === '1';

/**
 * The visitor keeps the id that it has; the server makes none, because two first requests at once would get two. The click
 * id is that of the page, then that of an earlier page.
 */
export function idsOf({ cookies }: ApiEvent, { visitorId, clickId, pageUrl }: CollectedPost): Ids {
  const { ttp, ttclid } = fields;
  const ofPage = typeof pageUrl === 'string' ? clickIdOf(pageUrl) : undefined;
  return {
    ttp: usable([...cookieValues(cookies, visitorCookie), visitorId], ttp.maxLength),
    ttclid: usable(
      [clickId, ofPage, ...cookieValues(cookies, clickCookie), ...cookieValues(cookies, pixelClickCookie)],
      ttclid.maxLength,
    ),
  };
}

const usable = (candidates: readonly unknown[], longest: number): string | undefined =>
  candidates
    .flatMap((id) => (typeof id === 'string' ? [cleanText(id)] : []))
    .find((id) => isUsableId(id, longest) && isCookieSafe(id));
