/** The stage `local`: the settings of its stage file and the secrets that an operator would store. */

import { secretsPrefix as secretsPrefixOf } from '../lib/config/names.ts';
import type { Stage } from '../lib/config/stage.ts';
import {
  connectSecretName,
  destinationSecretName,
  ingestSecretName,
  oauthAppSecretName,
} from '../lib/secrets/names.ts';

export const stageName = 'local';
export const region = 'us-east-1';
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

/** Sources for any shop that has the secret. Choices that a shop makes are written out; the rest are defaults. */
export const sources = {
  shopify: {
    platform: 'shopify',
    destination: 'default',
    consent: 'always',
    money: 'shop',
    purchaseMoment: 'paid',
    contentId: 'variant_id',
  },
  woocommerce: {
    platform: 'woocommerce',
    destination: 'default',
    consent: 'always',
    purchaseMoment: 'paid',
    contentId: 'sku_or_product_id',
  },
  stripe: { platform: 'stripe', destination: 'default', consent: 'always', money: 'shop' },
  standard: { platform: 'standard', destination: 'default' },
} satisfies Readonly<Record<string, Pick<Stage['sources'][string], 'platform'> & Record<string, unknown>>>;

const webhookSecrets = {
  shopify: 'local-shopify-secret',
  woocommerce: 'local-woocommerce-secret',
  stripe: 'local-stripe-secret',
  standard: 'whsec_bG9jYWwtc3RhbmRhcmQtd2ViaG9va3Mtc2VjcmV0',
};

/** @returns values by name after the prefix; `connect` exists but is empty until an operator asks for a link */
export function stageSecrets(apiKey: string): Readonly<Record<string, object | undefined>> {
  const webhooks = Object.entries(webhookSecrets).map(([source, secret]) => [source, { secrets: [secret] }]);
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
