/** Where TikTok sends the browser back to. It must equal, to the letter, a redirect URL registered at TikTok. */
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { isLoopbackHost } from '../schema/base-url.ts';

export const callbackPath = '/v1/oauth/callback';

/**
 * @param publicUrl the setting PUBLIC_URL, without a slash at its end; needed only where a proxy stands before the API.
 * `domainName` is API Gateway's own word, not the caller's; only on one machine the host header tells the port.
 */
export function callbackUrl(event: APIGatewayProxyEventV2, publicUrl: string | undefined): string {
  if (publicUrl !== undefined) return publicUrl + callbackPath;
  const { domainName } = event.requestContext;
  const host = event.headers.host ?? '';
  const isLocal = isLoopbackHost(domainName) && isLoopbackHost(host.replace(/:\d{1,5}$/, ''));
  return (isLocal ? `http://${host}` : `https://${domainName}`) + callbackPath;
}
