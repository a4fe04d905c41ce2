/** What the secrets of the measured stage contain: made up, and known to the senders and the receivers. */

export const secrets = {
  apiKey: 'bench-key-of-24-letters!',
  webhook: 'bench-webhook-secret',
  accessToken: 'bench-access-token',
} as const;
