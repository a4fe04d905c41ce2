/**
 * GET /v1/oauth/callback: stores the token of the approval that this browser began with the open link. The link is
 * spent before the token is written, in one step that only one of several callbacks can win.
 */
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { errorName } from '../privacy/error-name.ts';
import { connectSecretName, destinationSecretName } from '../secrets/names.ts';
import type { ConnectLink, OauthApp } from '../secrets/secret-values.ts';
import { decodeConnect, spentValue } from '../secrets/secret-values.ts';
import { replaceSecret, updateSecret } from '../secrets/update-secret.ts';
import { browserKeyOf, isStateOf } from './browser-state.ts';
import { isOpen } from './connect-link.ts';
import { mayReportConversions } from './granted-scope.ts';
import type { LinkReader } from './link-reader.ts';
import { type OauthPorts, readApp } from './oauth-ports.ts';
import type { Connection } from './pages.ts';
import { RefusedError } from './refusal.ts';
import { exchangeCode, type Grant, readAdvertiserNames } from './tiktok-oauth.ts';

/** Secrets Manager takes 64 KiB; an agency may have thousands of accounts of 20 bytes each. */
const maxStoredAdvertisers = 1_000;

/** Throws RefusedError, and has changed nothing then; only after `not_stored` the link is closed. */
export async function finishConnection(
  event: APIGatewayProxyEventV2,
  ports: OauthPorts,
  links: LinkReader,
): Promise<Connection> {
  const { state, authCode } = readQuery(event);
  const browserKey = browserKeyOf(event.cookies);
  if (browserKey === undefined) throw new RefusedError('other_browser');
  const isBegunHere = (link: ConnectLink) => isStateOf(state, browserKey, link);
  const link = await links.find((known) => isOpen(known, ports.now()) && isBegunHere(known));
  if (!isOpen(link, ports.now())) throw new RefusedError('link_not_open');
  if (!isBegunHere(link)) throw new RefusedError('other_browser');
  const { destination } = link;
  if (authCode === undefined) throw new RefusedError('denied', { destination });
  if (!Object.hasOwn(ports.destinations, destination)) throw new RefusedError('destination_unknown');
  const app = await readApp(ports);
  const grant = await obtainGrant(authCode, app, link, ports);
  await spendLink(link, event.requestContext.requestId, ports);
  await storeToken(grant, destination, ports);
  const names = await readAdvertiserNames(ports.callTikTok, app, grant.accessToken);
  return {
    stage: ports.stage,
    destination,
    advertisers: grant.advertiserIds.map((id) => ({ id, name: names.get(id) ?? '' })),
  };
}

/** Visible ASCII without the comma: a name that is given twice arrives as one text, joined by a comma. */
const single = /^[\x21-\x2b\x2d-\x7e]{1,512}$/;

/** Without `auth_code` the advertiser declined; `code`, which TikTok may send as well, is not read. */
function readQuery({ queryStringParameters: query = {} }: APIGatewayProxyEventV2) {
  const { state, auth_code: authCode } = query;
  if (state === undefined || !single.test(state)) throw new RefusedError('malformed_callback');
  if (authCode !== undefined && !single.test(authCode)) throw new RefusedError('malformed_callback');
  return { state, authCode };
}

async function obtainGrant(
  authCode: string,
  app: OauthApp,
  { destination }: ConnectLink,
  { callTikTok }: OauthPorts,
): Promise<Grant> {
  const exchange = await exchangeCode(callTikTok, app, authCode);
  const log = { destination, tiktok_request_id: exchange.requestId };
  if (exchange.kind !== 'granted') throw new RefusedError(exchange.kind, { ...log, detail: exchange.detail });
  if (!mayReportConversions(exchange.grant.scopes)) throw new RefusedError('scope_missing', log);
  return exchange.grant;
}

async function spendLink({ digest, destination }: ConnectLink, requestId: string, ports: OauthPorts) {
  const spent = spentValue(new Date(ports.now()), requestId);
  const name = connectSecretName(ports.secretsPrefix);
  // Only while the secret still holds this link: neither a second callback nor a newer link is overwritten.
  const spend = (text: string | undefined) =>
    decodeConnect(name, text)?.digest === digest ? spent : undefined;
  const isFirst = await updateSecret(ports.secrets, name, spend).catch((cause: unknown) => {
    throw new RefusedError('secrets_unavailable', notWritten(destination, cause), { cause });
  });
  if (!isFirst) throw new RefusedError('link_not_open', { destination, detail: 'concurrent_callback' });
}

async function storeToken({ accessToken, advertiserIds }: Grant, destination: string, ports: OauthPorts) {
  const value = JSON.stringify({
    access_token: accessToken,
    advertiser_ids: advertiserIds.slice(0, maxStoredAdvertisers),
    connected_at: new Date(ports.now()).toISOString(),
  });
  const name = destinationSecretName(ports.secretsPrefix, destination);
  await replaceSecret(ports.secrets, name, value).catch((cause: unknown) => {
    throw new RefusedError('not_stored', notWritten(destination, cause), { cause });
  });
}

const notWritten = (destination: string, cause: unknown) =>
  ({ destination, operation: 'write_secret', aws_error: errorName(cause) }) as const;
