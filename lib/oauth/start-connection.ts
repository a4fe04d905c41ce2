/** GET /v1/oauth/start: sends the holder of the open link to TikTok's consent page, and remembers the browser. */
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { ApiEvent } from '../http/api-answer.ts';
import { isLoopbackHost } from '../schema/base-url.ts';
import type { ConnectLink } from '../secrets/secret-values.ts';
import { browserCookie, stateOf } from './browser-state.ts';
import { isNonceOf, isOpen, randomText } from './connect-link.ts';
import { safeHeaders } from './html-page.ts';
import type { LinkReader } from './link-reader.ts';
import { type OauthContext, readApp } from './oauth-context.ts';
import { RefusedError } from './refusal.ts';
import { consentUrl } from './tiktok-oauth.ts';

export const callbackPath = '/v1/oauth/callback';

/**
 * Does not spend the link, because mail scanners open links too.
 * @throws RefusedError when the link is not the open one, or the stage is not ready for it
 */
export async function startConnection(
  event: ApiEvent,
  context: OauthContext,
  links: LinkReader,
): Promise<APIGatewayProxyStructuredResultV2> {
  const { settings, now, random } = context;
  const nonce = event.queryStringParameters?.link ?? '';
  if (!randomText.test(nonce)) throw new RefusedError('link_not_open');
  const fits = (link: ConnectLink) => isOpen(link, now()) && isNonceOf(nonce, link);
  const link = await links.find(fits);
  if (link === undefined || !fits(link)) throw new RefusedError('link_not_open');
  if (!Object.hasOwn(settings.destinations, link.destination)) throw new RefusedError('destination_unknown');
  const app = await readApp(context);
  const browserKey = random();
  const redirectUri = callbackUrl(event, settings.publicUrl);
  const tiktok = settings.destinations[link.destination]?.tiktokApiUrl ?? settings.tiktokApiUrl;
  const location = consentUrl(tiktok, app.app_id, stateOf(browserKey, link), redirectUri);
  return { statusCode: 302, headers: { ...safeHeaders, location }, cookies: [browserCookie(browserKey)] };
}

/**
 * The URL that TikTok redirects the browser to. It must exactly match a redirect URL that is registered at TikTok.
 * @param publicUrl the setting PUBLIC_URL, without a trailing slash; needed only behind a proxy
 */
export function callbackUrl(event: ApiEvent, publicUrl: string | undefined): string {
  if (publicUrl !== undefined) return publicUrl + callbackPath;
  // API Gateway sets `domainName`. The caller sets the host header, so it is used only on this machine, for its port.
  const { domainName } = event.requestContext;
  const host = event.headers.host ?? '';
  const isLocal = isLoopbackHost(domainName) && isLoopbackHost(host.replace(/:\d{1,5}$/, ''));
  return (isLocal ? `http://${host}` : `https://${domainName}`) + callbackPath;
}
