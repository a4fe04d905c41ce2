/** GET /v1/oauth/start: leads whoever bears the open link to TikTok's consent page, and remembers the browser. */
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { ConnectLink } from '../secrets/secret-values.ts';
import { browserCookie, stateOf } from './browser-state.ts';
import { callbackUrl } from './callback-url.ts';
import { isNonceOf, isOpen, randomText } from './connect-link.ts';
import { safeHeaders } from './html-page.ts';
import type { LinkReader } from './link-reader.ts';
import { type OauthPorts, readApp } from './oauth-ports.ts';
import { RefusedError } from './refusal.ts';
import { consentUrl } from './tiktok-oauth.ts';

/**
 * Spends nothing: programs that scan mail open links, too. Throws RefusedError when the link is not the open one or
 * the stage is not ready for it.
 */
export async function startConnection(
  event: APIGatewayProxyEventV2,
  ports: OauthPorts,
  links: LinkReader,
): Promise<APIGatewayProxyStructuredResultV2> {
  const nonce = event.queryStringParameters?.link ?? '';
  if (!randomText.test(nonce)) throw new RefusedError('link_not_open');
  const fits = (link: ConnectLink) => isOpen(link, ports.now()) && isNonceOf(nonce, link);
  const link = await links.find(fits);
  if (link === undefined || !fits(link)) throw new RefusedError('link_not_open');
  if (!Object.hasOwn(ports.destinations, link.destination)) throw new RefusedError('destination_unknown');
  const app = await readApp(ports);
  const browserKey = ports.randomText();
  const redirectUri = callbackUrl(event, ports.publicUrl);
  const location = consentUrl(ports.tiktokApiUrl, app.app_id, stateOf(browserKey, link), redirectUri);
  return { statusCode: 302, headers: { ...safeHeaders, location }, cookies: [browserCookie(browserKey)] };
}
