/** TikTok's OAuth for the Marketing API: consent page, token exchange, revocation, list of advertisers. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { isObject } from '../../../lib/schema/is-object.ts';
import { parseJson } from '../../../lib/schema/parse-json.ts';
import { readBody } from '../../api-gateway/read-body.ts';
import type { FaultList } from '../faults/fault-list.ts';
import { showEarlyFault, showVerdict } from '../faults/show-fault.ts';
import { checkToken, ok, type Verdict } from '../track/check-request.ts';
import { writeAnswer, writeText } from '../write-answer.ts';
import { consentErrorPage, consentPage } from './consent-page.ts';
import type { Advertiser, Grants, OauthApp } from './grants.ts';

interface OauthState {
  readonly apps: readonly OauthApp[];
  readonly advertisers: readonly Advertiser[];
  readonly tokens: Set<string>;
  readonly grants: Grants;
  readonly faults: FaultList;
}

type Endpoint = (request: IncomingMessage, response: ServerResponse, state: OauthState) => Promise<void>;
/** The answer of an API endpoint; `data` is JSON text. */
type Reply = Verdict & { data?: string };

const maxBodyBytes = 64 * 1024;
const wrongApp: Verdict = { code: 40101, message: 'The app_id and secret do not fit.' };

export const oauthEndpoints: ReadonlyMap<string, Endpoint> = new Map([
  ['GET /portal/auth', showConsent],
  ['POST /portal/auth', decide],
  ['POST /open_api/v1.3/oauth2/access_token/', api(exchange)],
  ['POST /open_api/v1.3/oauth2/revoke_token/', api(revoke)],
  ['GET /open_api/v1.3/oauth2/advertiser/get/', api(listAdvertisers)],
]);

const queryOf = (request: IncomingMessage) => new URL(request.url ?? '/', 'http://sandbox').searchParams;

async function readText(request: IncomingMessage): Promise<string> {
  const body = await readBody(request, maxBodyBytes);
  return body === 'too-large' ? '' : body.toString('utf8');
}

async function readJson(request: IncomingMessage): Promise<Record<string, unknown>> {
  const body = parseJson(await readText(request));
  return isObject(body) ? body : {};
}

function readConsent(fields: URLSearchParams, state: OauthState) {
  const [app_id, given, redirect_uri] = ['app_id', 'state', 'redirect_uri'].map(
    (name) => fields.get(name) ?? '',
  );
  if (!state.apps.some((app) => app.app_id === app_id)) return 'The app_id is not known.';
  if (!/^https?:\/\//.test(redirect_uri ?? '') || !URL.canParse(redirect_uri ?? '')) {
    return 'The redirect_uri must be an absolute http or https URL.';
  }
  return { app_id: app_id ?? '', state: given ?? '', redirect_uri: redirect_uri ?? '' };
}

async function showConsent(
  request: IncomingMessage,
  response: ServerResponse,
  state: OauthState,
): Promise<void> {
  const consent = readConsent(queryOf(request), state);
  if (typeof consent === 'string') writeText(response, 400, 'html', consentErrorPage(consent));
  else writeText(response, 200, 'html', consentPage(consent));
}

/** Redirects back with `state`, and after an approval with `auth_code` and, like TikTok, `code`. */
async function decide(request: IncomingMessage, response: ServerResponse, state: OauthState): Promise<void> {
  const fields = new URLSearchParams(await readText(request));
  const consent = readConsent(fields, state);
  if (typeof consent === 'string') return writeText(response, 400, 'html', consentErrorPage(consent));
  const location = new URL(consent.redirect_uri);
  if (fields.get('decision') === 'approve') {
    const code = state.grants.issueCode(consent.app_id, fields.getAll('scope'));
    location.searchParams.set('auth_code', code);
    location.searchParams.set('code', code);
  } else {
    location.searchParams.set('error', 'access_denied');
  }
  location.searchParams.set('state', consent.state);
  response.writeHead(302, { location: location.href });
  response.end();
}

const findApp = (state: OauthState, app_id: unknown, secret: unknown) =>
  state.apps.find((app) => app.app_id === app_id && app.secret === secret);

const advertiserIds = (state: OauthState) => state.advertisers.map((advertiser) => advertiser.advertiser_id);

async function exchange(request: IncomingMessage, state: OauthState): Promise<Reply> {
  const { app_id, secret, auth_code, return_advertiser_ids: withIds } = await readJson(request);
  if (typeof auth_code !== 'string')
    return { code: 40002, message: 'auth_code: Missing data for required field' };
  const app = findApp(state, app_id, secret);
  if (!app) return wrongApp;
  const result = state.grants.exchange(app, auth_code);
  if ('verdict' in result) return result.verdict;
  const fields = {
    access_token: result.token,
    advertiser_ids: withIds === false ? [] : advertiserIds(state),
  };
  // TikTok sends scope ids as numbers with all digits; JSON.stringify would round them.
  const scope = result.scopes.filter((id) => /^\d+$/.test(id)).join(',');
  return { ...ok, data: `${JSON.stringify(fields).slice(0, -1)},"scope":[${scope}]}` };
}

async function revoke(request: IncomingMessage, state: OauthState): Promise<Reply> {
  const { app_id, secret, access_token: token } = await readJson(request);
  if (!findApp(state, app_id, secret)) return wrongApp;
  if (typeof token !== 'string' || !state.tokens.delete(token)) {
    return { code: 40105, message: 'Access token is incorrect or has been revoked' };
  }
  return { ...ok, data: JSON.stringify({ app_id, advertiser_ids: advertiserIds(state) }) };
}

async function listAdvertisers(request: IncomingMessage, state: OauthState): Promise<Reply> {
  const query = queryOf(request);
  const refused = checkToken(request.headers['access-token']?.toString(), state.tokens);
  if (refused) return refused;
  if (!findApp(state, query.get('app_id'), query.get('secret'))) return wrongApp;
  return { ...ok, data: JSON.stringify({ list: state.advertisers }) };
}

/** Applies the `oauth` faults to an API endpoint. */
function api(reply: (request: IncomingMessage, state: OauthState) => Promise<Reply>): Endpoint {
  return async (request, response, state) => {
    const { delayMs, fault } = state.faults.take({ on: 'oauth', eventIds: [], bytes: 0 });
    if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs));
    if (fault && showEarlyFault(fault, request, response)) return;
    const { data, ...verdict } = await reply(request, state);
    if (fault) showVerdict(verdict, fault, request, response);
    else writeAnswer(response, verdict, data);
  };
}
