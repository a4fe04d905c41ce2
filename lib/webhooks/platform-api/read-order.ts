/** Reads the order that a webhook only refers to. When that fails, the answer asks the platform to repeat the webhook. */
import { AppError, DependencyDown } from '../../errors/app-error.ts';
import { isPayload } from '../../payload/values.ts';
import { lazily } from '../../schema/lazy/lazily.ts';
import type { SecretCache } from '../../secrets/secret-cache.ts';
import { accessTokenForm, type IngestSecret } from '../../secrets/secret-values.ts';
import { type OpenedWebhook, ordersOf } from '../map-webhook.ts';
import type { PreparedSource } from '../prepare-source.ts';
import { secretsOf, sourceNotReady } from '../verify-webhook.ts';
import type { WebhookContext } from '../webhook-context.ts';
import type { WebhookHeaders } from '../webhook-headers.ts';
import { skip } from '../webhook-outcome.ts';
import { createJsonReader, FetchError, type FetchFailure } from './fetch-json.ts';
import type { BoundOrderApi, OrderContent } from './order-api.ts';

/** A token that the API refuses may be replaced already: the secret is read again, at most this often. */
const rereadEveryMs = 30_000;

/**
 * @returns the webhook with what the API of its platform gave; unchanged when the platform sends whole orders
 * @throws DependencyDown (503) when the API token is missing or the API gives no order
 */
export async function readOrder(
  opened: OpenedWebhook,
  source: PreparedSource,
  headers: WebhookHeaders,
  { settings, clients }: Pick<WebhookContext, 'settings' | 'clients'>,
): Promise<OpenedWebhook> {
  const { fetch, name } = source.platform;
  const { topic, content } = opened;
  if (fetch === undefined || content.kind === 'skipped') return opened;
  const { payload } = content;
  if (!isPayload(payload)) return { ...opened, content: skip('unexpected_body') };
  const { platformApiUrl } = settings;
  const { secrets } = clients;
  const api = platformApiUrl === undefined ? fetch : localApi(fetch, name, platformApiUrl);
  const reader = lazily(() => createJsonReader(api));
  const read = (): Promise<OrderContent> => {
    // Only a webhook that needs its order needs the token, and only then does the time limit of its reads start.
    const token = lazily(() => apiTokenOf(source.name, secrets));
    return fetch.read({ topic, payload, headers }, async (path) => {
      const apiToken = await token();
      return reader()(path, apiToken);
    });
  };
  try {
    const order = await withFreshToken(read, source.name, secrets);
    const isRead = order.kind === 'payload';
    return { ...opened, ...(isRead && { orders: ordersOf(source.platform, order.payload) }), content: order };
  } catch (error) {
    if (!(error instanceof FetchError)) throw error;
    const { code, status } = error;
    if (code === 'not_found') return { ...opened, content: skip('not_found') };
    throw orderUnavailable(code, error, status === 502 && platformApiUrl !== undefined);
  }
}

/** The API of the same platform as the program on this machine offers it: below the name of the platform. */
const localApi = (api: BoundOrderApi, platform: string, url: string): BoundOrderApi => ({
  ...api,
  baseUrl: `${url}/${platform}${new URL(api.baseUrl).pathname}`,
});

/** Reads a second time when the API refused the token, or there was none, and the secret has another one by now. */
async function withFreshToken(
  read: () => Promise<OrderContent>,
  source: string,
  secrets: SecretCache<IngestSecret>,
): Promise<OrderContent> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof AppError) || !['platform_unauthorized', 'source_not_ready'].includes(error.code))
      throw error;
    const known = (await secretsOf(source, () => secrets.get()))?.api_token;
    const fresh = (await secretsOf(source, () => secrets.refresh(rereadEveryMs)))?.api_token;
    if (fresh === known) throw error;
    return read();
  }
}

async function apiTokenOf(source: string, secrets: SecretCache<IngestSecret>): Promise<string> {
  const token = (await secretsOf(source, () => secrets.get()))?.api_token;
  const setting = `webhooks.${source}.api_token`;
  const remedy = "store the token for the API of the source's platform with keys add --webhook --api-token";
  if (token === undefined) throw sourceNotReady(`${setting} is missing: ${remedy}`);
  // The token goes into a header, which accepts visible ASCII only.
  if (!accessTokenForm.test(token))
    throw sourceNotReady(`${setting} contains characters that no token has: ${remedy}`);
  return token;
}

function orderUnavailable(
  code: Exclude<FetchFailure, 'not_found'>,
  cause: FetchError,
  isNowhere: boolean,
): DependencyDown {
  const options = { cause, retryAfterSeconds: 30 };
  if (isNowhere) return new DependencyDown('platform_unreachable', nowhere, options);
  const message = `The order could not be read from the API of the platform (${cause.message}): ${remedies[code]}`;
  return new DependencyDown(code, message, options);
}

const nowhere =
  'The order is not in the local platform API, and the real API of the platform could not be reached: store the order ' +
  'with PUT /_sandbox/platform-api/<platform>/<path of the API>, or a real token of the API with keys add --api-token.';
const repeat = 'send the same delivery again.';
const report = 'the API does not answer as documented: check the settings of the source.';
const remedies: Readonly<Record<Exclude<FetchFailure, 'not_found'>, string>> = {
  platform_unauthorized: 'check the api_token of this source and its permissions.',
  platform_throttled: repeat,
  platform_error: repeat,
  platform_timeout: repeat,
  platform_unreachable: repeat,
  platform_redirect: report,
  platform_answer_too_large: report,
  platform_answer_not_json: report,
};
