import { expect, test } from 'vitest';
import {
  addWebhookSecret,
  revokeWebhookSecret,
  setApiToken,
  tail,
} from '../../../../cli/keys/ingest-edits.ts';

const name = 'tiktok-events/prod/ingest';
const ingest = (shop?: object) => JSON.stringify({ keys: [], ...(shop && { webhooks: { shop } }) });
const webhooks = (text: string) => JSON.parse(text).webhooks;

test('stores one API token for each source, beside its secrets', () => {
  const first = setApiToken(name, ingest({ secrets: ['s'] }), 'shop', 'old-token');
  const second = setApiToken(name, first, 'shop', 'new-token');
  expect(webhooks(second)).toEqual({ shop: { secrets: ['s'], api_token: 'new-token' } });
  expect(webhooks(setApiToken(name, undefined, 'shop', 'token'))).toEqual({
    shop: { secrets: [], api_token: 'token' },
  });
});

test('keeps the API token when a secret of the source is added or revoked', () => {
  const both = ingest({ secrets: ['s'], api_token: 'token' });
  expect(webhooks(addWebhookSecret(name, both, 'shop', 't'))).toEqual({
    shop: { secrets: ['s', 't'], api_token: 'token' },
  });
  expect(webhooks(revokeWebhookSecret(name, both, 'shop', tail('s')))).toEqual({
    shop: { secrets: [], api_token: 'token' },
  });
});

test('revokes the API token by the end of its digest, and then the source when nothing is left of it', () => {
  const both = ingest({ secrets: ['s'], api_token: 'token' });
  const withoutToken = revokeWebhookSecret(name, both, 'shop', tail('token'));
  expect(webhooks(withoutToken)).toEqual({ shop: { secrets: ['s'] } });
  expect(webhooks(revokeWebhookSecret(name, withoutToken, 'shop', tail('s')))).toEqual({});
  expect(() => revokeWebhookSecret(name, withoutToken, 'shop', tail('token'))).toThrow(
    'no secret with this ending',
  );
});
