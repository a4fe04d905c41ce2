/** The stage `local`: the settings of its stage file and the secrets that an operator would store. */

import { secretsPrefix as secretsPrefixOf } from '../lib/config/names.ts';
import {
  connectSecretName,
  destinationSecretName,
  ingestSecretName,
  oauthAppSecretName,
} from '../lib/secrets/names.ts';
import { platforms } from '../lib/webhooks/platforms.ts';

export const stageName = 'local';
export const region = 'us-east-1';
/** The account in the URLs and ARNs of the local queues. */
export const accountId = '000000000000';
/** PORT, SQS_PORT and LOCAL_API_KEY change these. */
export const defaultPort = 3000;
export const defaultSqsPort = 9324;
export const defaultApiKey = 'local-api-key';
/** The local services accept any credentials; the AWS SDK needs some. */
export const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
export const secretsPrefix = secretsPrefixOf(stageName);
export const pixelCode = 'LOCALPIXEL';
export const accessToken = 'local-access-token';

export const oauthApp = { app_id: '7000000000000000000', secret: 'local-app-secret' };
export const advertisers = [{ advertiser_id: '7000000000000000001', advertiser_name: 'Local shop' }];

export const destinations = {
  default: { pixelCode, eventSource: 'web', currency: 'USD', country: 'US' },
};

/** The steps are short, so that you can watch a recovery. The last step repeats. */
export const delivery = { retryStepsSeconds: [1, 2, 4, 5], holdStepsSeconds: [5], maxReceiveCount: 110 };

/** Settings of the event source mapping. Window and timeout end before the messages become visible again. */
export const mapping = {
  batchSize: 50,
  windowMs: 1000,
  maximumConcurrency: 5,
  timeoutMs: 25_000,
  visibilityTimeoutSeconds: 30,
};

const localPlatforms = platforms.flatMap(({ name, local, bind }) =>
  local === undefined
    ? []
    : [{ name, ...local, isFetched: bind({ platform: name, ...local.settings }).fetch !== undefined }],
);

/** A source for each platform that has one here, under the platform's name. */
export const sources = Object.fromEntries(
  localPlatforms.map(({ name, settings }) => [name, { platform: name, ...settings }]),
);

/** The token of a source whose orders come from the platform's API; no real API takes it. */
export const localApiToken = (source: string): string => `local-${source}-api-token`;

/** @returns values by name after the prefix; `connect` exists but is empty until an operator asks for a link */
export function stageSecrets(apiKey: string): Readonly<Record<string, object | undefined>> {
  const webhooks = localPlatforms.map(({ name, secret, isFetched }) => [
    name,
    {
      secrets: [secret ?? `local-${name}-secret`],
      ...(isFetched && { api_token: localApiToken(name) }),
    },
  ]);
  return {
    [destinationSecretName(secretsPrefix, 'default')]: {
      access_token: accessToken,
      advertiser_ids: advertisers.map((advertiser) => advertiser.advertiser_id),
      connected_at: new Date().toISOString(),
    },
    [ingestSecretName(secretsPrefix)]: {
      keys: [{ id: 'local', key: apiKey, destinations: ['*'] }],
      webhooks: Object.fromEntries(webhooks),
    },
    [oauthAppSecretName(secretsPrefix)]: oauthApp,
    [connectSecretName(secretsPrefix)]: undefined,
  };
}
