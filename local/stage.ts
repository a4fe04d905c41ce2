/** The stage `local`: the settings and secrets that a stage file and an operator give a deployed stage. */

export const stageName = 'local';
export const region = 'us-east-1';
export const secretsPrefix = `tiktok-events/${stageName}`;
export const pixelCode = 'LOCALPIXEL';
export const accessToken = 'local-access-token';

export const oauthApp = { app_id: '7000000000000000000', secret: 'local-app-secret' };
export const advertisers = [{ advertiser_id: '7000000000000000001', advertiser_name: 'Local shop' }];

export const destinations = {
  default: { pixelCode, eventSource: 'web', currency: 'USD', country: 'US' },
};

/** Short steps, so that a recovery can be watched. The last step repeats. */
export const delivery = { retryStepsSeconds: [1, 2, 4, 5], holdStepsSeconds: [5], maxReceiveCount: 110 };

/** The mapping and its function. A batch, with its window, ends before its messages become visible again. */
export const mapping = {
  batchSize: 50,
  windowMs: 1000,
  maximumConcurrency: 5,
  timeoutMs: 25_000,
  visibilityTimeoutSeconds: 30,
};

/** Any shop that holds the secret; what a shop could choose otherwise is written out, the rest is the default. */
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
};

const webhookSecrets = {
  shopify: 'local-shopify-secret',
  woocommerce: 'local-woocommerce-secret',
  stripe: 'local-stripe-secret',
  standard: 'whsec_bG9jYWwtc3RhbmRhcmQtd2ViaG9va3Mtc2VjcmV0',
};

/** Name after the prefix → value; `connect` exists and is empty until an operator asks for a link. */
export function stageSecrets(apiKey: string): Readonly<Record<string, object | undefined>> {
  const webhooks = Object.entries(webhookSecrets).map(([source, secret]) => [source, { secrets: [secret] }]);
  return {
    'destinations/default': {
      access_token: accessToken,
      advertiser_ids: advertisers.map((advertiser) => advertiser.advertiser_id),
      connected_at: new Date().toISOString(),
    },
    ingest: {
      keys: [{ id: 'local', key: apiKey, destinations: ['*'] }],
      webhooks: Object.fromEntries(webhooks),
    },
    'oauth-app': oauthApp,
    connect: undefined,
  };
}
