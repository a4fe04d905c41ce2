/** The local secret of every source is one that its platform accepts, and a secret that somebody stored is never replaced. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeIngest } from '../../../lib/secrets/secret-values.ts';
import { platformNamed } from '../../../lib/webhooks/platforms.ts';
import { checkSecrets } from '../../../lib/webhooks/signatures/check-secrets.ts';
import { apiTokenOf, fillIngest, localAccessToken, localSecret } from '../../../local/stage/local-secrets.ts';
import { type LocalSource, type LocalStage, ownStage } from '../../../local/stage/local-stage.ts';

const custom = (auth: object): LocalSource => ({ platform: 'custom', mapping: {}, auth });
const bigcommerce: LocalSource = { platform: 'bigcommerce', storeHash: 'abc123', contentId: 'sku' };
const settings: readonly LocalSource[] = [
  ...Object.values(ownStage().sources),
  ...['base64', 'hex', 'utf8'].flatMap((secretEncoding) => [
    { platform: 'standard', secretEncoding },
    custom({ profile: 'standard-webhooks', secretEncoding }),
    custom({ profile: 'hmac', header: 'x-sig', secretEncoding }),
  ]),
  custom({ profile: 'static-token', header: 'authorization', prefix: 'Bearer ' }),
  bigcommerce,
];
const name = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/);

const stageWith = (sources: LocalStage['sources']): LocalStage => ({ ...ownStage(), sources });
const filled = (text: string | undefined, sources: LocalStage['sources']) =>
  fillIngest(text, stageWith(sources), 'key');
const webhooksOf = (text: string | undefined) => decodeIngest('ingest', text).webhooks;

test('makes a secret that a source of any name and encoding accepts and verifies', () => {
  fc.assert(
    fc.property(name, fc.constantFrom(...settings), (source, choice) => {
      const platform = platformNamed(choice.platform).bind(choice);
      const secret = localSecret(source, choice);
      checkSecrets(source, platform, [secret]);
      const request = { body: Buffer.from('{}'), nowSeconds: 1_800_000_000 };
      const headers = platform.sign({ ...request, secret });
      expect(platform.verify({ ...request, headers, secrets: [secret] })).toEqual({ ok: true });
    }),
  );
});

test.each([
  ['shop', { platform: 'shopify', contentId: 'sku' }, 'local-shop-secret'],
  ['store', bigcommerce, 'local-store-secret'],
  ['a', { platform: 'standard', secretEncoding: 'utf8' }, 'local-a-webhooks-secret'],
  ['abc', { platform: 'standard', secretEncoding: 'utf8' }, 'local-abc-secret'],
  ['standard', { platform: 'standard' }, 'whsec_bG9jYWwtc3RhbmRhcmQtd2ViaG9va3Mtc2VjcmV0'],
] as const)('calls the secret of the source %s of %j %s', (source, choice, secret) => {
  expect(localSecret(source, choice)).toBe(secret);
});

test('has an API token for a platform that is asked for orders, and for no other', () => {
  expect(apiTokenOf('store', bigcommerce)).toBe('local-store-api-token');
  expect(apiTokenOf('shop', { platform: 'shopify', contentId: 'sku' })).toBeUndefined();
});

test('has one access token for each destination', () => {
  expect(['default', 'eu'].map(localAccessToken)).toEqual(['local-access-token', 'local-eu-access-token']);
});

describe('fills the ingest secret', () => {
  test('of an empty one with the API key and all sources', () => {
    const { text, added } = filled(undefined, { store: bigcommerce });
    expect(added).toEqual([
      { source: 'store', secret: 'local-store-secret', apiToken: 'local-store-api-token' },
    ]);
    expect(JSON.parse(text ?? '')).toEqual({
      keys: [{ id: 'local', key: 'key', destinations: ['*'] }],
      webhooks: { store: { secrets: ['local-store-secret'], api_token: 'local-store-api-token' } },
    });
    expect(JSON.parse(filled(undefined, {}).text ?? '')).toMatchObject({ webhooks: {} });
  });

  test('only once', () => {
    const { text } = filled(undefined, { store: bigcommerce });
    expect(filled(text, { store: bigcommerce })).toEqual({ text: undefined, added: [] });
  });

  test('without a change to keys, to what is stored, and to members that it does not know', () => {
    const stored = { keys: [], webhooks: { store: { secrets: ['of-the-shop'], note: 1 } }, more: true };
    const { text, added } = filled(JSON.stringify(stored), { store: bigcommerce });
    expect(added).toEqual([{ source: 'store', apiToken: 'local-store-api-token' }]);
    expect(JSON.parse(text ?? '')).toEqual({
      ...stored,
      webhooks: { store: { secrets: ['of-the-shop'], note: 1, api_token: 'local-store-api-token' } },
    });
  });

  test('again when the settings name another encoding, but leaves the secret of an operator', () => {
    const plain = filled(undefined, { app: { platform: 'shopify', contentId: 'sku' } }).text;
    const standard = { app: { platform: 'standard' } };
    expect(webhooksOf(filled(plain, standard).text).app?.secrets).toEqual([localSecret('app', standard.app)]);
    const stored = JSON.stringify({ webhooks: { app: { secrets: ['local-app-secret', 'own'] } } });
    expect(filled(stored, standard)).toEqual({ text: undefined, added: [] });
  });

  test.each(['', 'not json', '[]', '{"webhooks":[]}'])('not at all when somebody broke it: %j', (text) => {
    expect(filled(text, { store: bigcommerce })).toEqual({ text: undefined, added: [] });
  });
});
