/**
 * GET /v1/oauth/callback: stores the token of an approval that this browser started with the open link. The link is
 * spent before the token is written, in one step that only one of several callbacks can win.
 */
import { type ApiEvent, traceOf } from '../http/api-answer.ts';
import { errorName } from '../privacy/error-name.ts';
import { connectSecretName, destinationSecretName } from '../secrets/names.ts';
import type { ConnectLink, OauthApp } from '../secrets/secret-values.ts';
import { decodeConnect, spentValue } from '../secrets/secret-values.ts';
import { replaceSecret, updateSecret } from '../secrets/update-secret.ts';
import type { TikTokClient } from '../tiktok/client.ts';
import { browserKeyOf, isStateOf } from './browser-state.ts';
import { isOpen } from './connect-link.ts';
import { mayReportConversions } from './granted-scope.ts';
import type { LinkReader } from './link-reader.ts';
import { type OauthContext, readApp } from './oauth-context.ts';
import type { Connection } from './pages.ts';
import { RefusedError } from './refusal.ts';
import { exchangeCode, type Grant, readAdvertiserNames } from './tiktok-oauth.ts';

/** A secret has at most 64 KiB. An agency can have thousands of accounts of 20 bytes each. */
const maxStoredAdvertisers = 1_000;

/** @throws RefusedError: nothing has changed then, except that `not_stored` has closed the link */
export async function finishConnection(
  event: ApiEvent,
  context: OauthContext,
  links: LinkReader,
): Promise<Connection> {
  const { settings, clients, now } = context;
  const { state, authCode } = readQuery(event);
  const browserKey = browserKeyOf(event.cookies);
  if (browserKey === undefined) throw new RefusedError('other_browser');
  const isStartedHere = (link: ConnectLink) => isStateOf(state, browserKey, link);
  const link = await links.find((known) => isOpen(known, now()) && isStartedHere(known));
  if (!isOpen(link, now())) throw new RefusedError('link_not_open');
  if (!isStartedHere(link)) throw new RefusedError('other_browser');
  const { destination } = link;
  if (authCode === undefined) throw new RefusedError('denied', { destination });
  if (!Object.hasOwn(settings.destinations, destination)) throw new RefusedError('destination_unknown');
  const app = await readApp(context);
  const baseUrl = settings.destinations[destination]?.tiktokApiUrl;
  const callTikTok: TikTokClient = (call) => clients.callTikTok({ ...call, baseUrl });
  const grant = await obtainGrant(authCode, app, link, callTikTok);
  await spendLink(link, traceOf(event), context);
  await storeToken(grant, destination, context);
  const names = await readAdvertiserNames(callTikTok, app, grant.accessToken);
  return {
    stage: settings.stage,
    destination,
    advertisers: grant.advertiserIds.map((id) => ({ id, name: names.get(id) ?? '' })),
  };
}

/** Visible ASCII without the comma: API Gateway joins the values of a repeated parameter with a comma. */
const single = /^[\x21-\x2b\x2d-\x7e]{1,512}$/;

/** Without `auth_code` the advertiser declined. TikTok can send `code` as well, which is not read. */
function readQuery({ queryStringParameters: query = {} }: ApiEvent) {
  const { state, auth_code: authCode } = query;
  if (state === undefined || !single.test(state)) throw new RefusedError('malformed_callback');
  if (authCode !== undefined && !single.test(authCode)) throw new RefusedError('malformed_callback');
  return { state, authCode };
}

async function obtainGrant(
  authCode: string,
  app: OauthApp,
  { destination }: ConnectLink,
  callTikTok: TikTokClient,
): Promise<Grant> {
  const exchange = await exchangeCode(callTikTok, app, authCode);
  const log = { destination, tiktok_request_id: exchange.requestId };
  if (exchange.kind !== 'granted') throw new RefusedError(exchange.kind, { ...log, detail: exchange.detail });
  if (!mayReportConversions(exchange.grant.scopes)) throw new RefusedError('scope_missing', log);
  return exchange.grant;
}

async function spendLink(
  { digest, destination }: ConnectLink,
  requestId: string,
  { settings, clients, now }: OauthContext,
) {
  const spent = spentValue(new Date(now()), requestId);
  const name = connectSecretName(settings.secretsPrefix);
  // Only while the secret still contains this link: neither a second callback nor a newer link is overwritten.
  const spend = (text: string | undefined) =>
    decodeConnect(name, text)?.digest === digest ? spent : undefined;
  const isFirst = await updateSecret(clients.secrets, name, spend).catch((cause: unknown) => {
    throw new RefusedError('secrets_unavailable', notWritten(destination, cause), { cause });
  });
  if (!isFirst) throw new RefusedError('link_not_open', { destination, detail: 'concurrent_callback' });
}

async function storeToken(
  { accessToken, advertiserIds }: Grant,
  destination: string,
  { settings, clients, now }: OauthContext,
) {
  const value = JSON.stringify({
    access_token: accessToken,
    advertiser_ids: advertiserIds.slice(0, maxStoredAdvertisers),
    connected_at: new Date(now()).toISOString(),
  });
  const name = destinationSecretName(settings.secretsPrefix, destination);
  await replaceSecret(clients.secrets, name, value).catch((cause: unknown) => {
    throw new RefusedError('not_stored', notWritten(destination, cause), { cause });
  });
}

const notWritten = (destination: string, cause: unknown) =>
  ({ destination, operation: 'write_secret', aws_error: errorName(cause) }) as const;
