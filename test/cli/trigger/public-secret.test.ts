/** Which secrets --print may show. */
import { expect, test } from 'vitest';
import { isPublic } from '../../../cli/trigger/source/signing-secret.ts';
import { parseSources } from '../../../lib/webhooks/source-settings.ts';

const { crm: settings } = parseSources({
  crm: {
    platform: 'custom',
    auth: { profile: 'static-token', query: 'token' },
    mapping: { event_name: "'Lead'" },
  },
});

test.each([
  ['local-crm-secret', true],
  ['', true],
  ['local-shop-secret', false],
  ['the-token-that-an-operator-stored', false],
])('says whether the secret %j is the one that npm start gives the source: %s', (secret, isShown) => {
  if (settings === undefined) throw new Error('The source has settings.');
  expect(isPublic(secret, { name: 'crm', settings, destination: undefined })).toBe(isShown);
});
