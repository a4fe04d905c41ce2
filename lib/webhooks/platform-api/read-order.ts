/** Reads the order that a webhook only refers to. When that fails, the answer asks the platform to repeat the webhook. */
import { DependencyDown } from '../../errors/app-error.ts';
import { isPayload } from '../../payload/values.ts';
import { lazily } from '../../schema/lazily.ts';
import type { SecretCache } from '../../secrets/secret-cache.ts';
import { accessTokenForm, type IngestSecret } from '../../secrets/secret-values.ts';
import type { OpenedWebhook } from '../map-webhook.ts';
import type { PreparedSource } from '../prepare-source.ts';
import { secretsOf, sourceNotReady } from '../verify-webhook.ts';
import type { WebhookHeaders } from '../webhook-headers.ts';
import { skip } from '../webhook-outcome.ts';
import { createJsonReader, FetchError, type FetchFailure } from './fetch-json.ts';

/**
 * @returns the webhook with what the API of its platform gave; unchanged when the platform sends whole orders
 * @throws DependencyDown (503) when the API token is missing or the API gives no order
 */
export async function readOrder(
  opened: OpenedWebhook,
  source: PreparedSource,
  headers: WebhookHeaders,
  secrets: SecretCache<IngestSecret>,
): Promise<OpenedWebhook> {
  const { fetch } = source.platform;
  const { topic, content } = opened;
  if (fetch === undefined || content.kind === 'skipped') return opened;
  const { payload } = content;
  if (!isPayload(payload)) return { ...opened, content: skip('unexpected_body') };
  // Only a webhook that needs its order needs the token. All reads of a webhook share one time limit.
  const reader = lazily(async () => createJsonReader(fetch, await apiTokenOf(source.name, secrets)));
  try {
    const content = await fetch.read({ topic, payload, headers }, async (path) => (await reader())(path));
    return { ...opened, content };
  } catch (error) {
    if (!(error instanceof FetchError)) throw error;
    if (error.code === 'not_found') return { ...opened, content: skip('not_found') };
    throw orderUnavailable(error.code, error);
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

const orderUnavailable = (code: Exclude<FetchFailure, 'not_found'>, cause: FetchError): DependencyDown =>
  new DependencyDown(
    code,
    `The order could not be read from the API of the platform (${cause.message}): ${remedies[code]}`,
    { cause, retryAfterSeconds: 30 },
  );

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
