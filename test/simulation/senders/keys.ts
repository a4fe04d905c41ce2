/** The keys, sources and signing secrets of the simulated stage: what its secret `ingest` and its stage file say. */

/** Valid for every destination. */
export const apiKey = 'api-key-of-the-simulation';
/** May send to `second` only. */
export const limitedKey = 'limited-key-of-the-simulation';
/** Expired before the run started. */
export const expiredKey = 'expired-key-of-the-simulation';

export const shopSecret = 'signing-secret-of-the-shop';
export const backendSecret = 'whsec_c2lnbmluZy1zZWNyZXQtb2YtdGhlLWJhY2tlbmQ=';

/** Both topics of an order make the same event, so that TikTok sees it twice and counts it once. */
export const sources = {
  shop: {
    platform: 'shopify',
    destination: 'default',
    contentId: 'variant_id',
    topics: { 'orders/create': 'Purchase', 'orders/paid': 'Purchase' },
  },
  backend: { platform: 'standard', destination: 'default' },
} as const;

/** The text of the secret `ingest`. */
export const ingestSecret: string = JSON.stringify({
  keys: [
    { id: 'backend', key: apiKey, destinations: ['*'] },
    { id: 'limited', key: limitedKey, destinations: ['second'] },
    { id: 'expired', key: expiredKey, destinations: ['*'], expires_at: '2020-01-01T00:00:00Z' },
  ],
  webhooks: { shop: { secrets: [shopSecret] }, backend: { secrets: [backendSecret] } },
});
