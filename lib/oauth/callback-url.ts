/** Where TikTok sends the browser back to. It must equal, to the letter, a redirect URL registered at TikTok. */
import type { APIGatewayProxyEventV2 } from 'aws-lambda';

export const callbackPath = '/v1/oauth/callback';

const loopbackHost = /^(127(\.\d{1,3}){3}|localhost|\[::1\])(:\d{1,5})?$/;

/**
 * @param publicUrl the setting PUBLIC_URL, without a slash at its end; needed only where a proxy stands before the API.
 * `domainName` is API Gateway's own word, not the caller's; only on one machine the host header tells the port.
 */
export function callbackUrl(event: APIGatewayProxyEventV2, publicUrl: string | undefined): string {
  if (publicUrl !== undefined) return publicUrl + callbackPath;
  const { domainName } = event.requestContext;
  const host = event.headers.host ?? '';
  const isLocal = loopbackHost.test(domainName) && loopbackHost.test(host);
  return (isLocal ? `http://${host}` : `https://${domainName}`) + callbackPath;
}
