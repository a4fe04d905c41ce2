import { describe, expect, test } from 'vitest';
import { checkSecrets } from '../../../../lib/webhooks/signatures/check-secrets.ts';
import { custom, platform } from '../../../support/webhooks/signed-requests.ts';

const good = 'whsec_bG9jYWwtc3RhbmRhcmQtd2ViaG9va3Mtc2VjcmV0';

describe('secrets that cannot protect a source are refused at start', () => {
  test.each([
    ['shopify', [], 'webhooks.shop.secrets is empty'],
    ['shopify', [''], 'secrets [0] is empty'],
    ['shopify', ['ok', '  '], 'secrets [1] is empty'],
    ['woocommerce', ['abc\n'], 'starts or ends with a space'],
    ['standard', ['not base64 !'], 'is not base64'],
    ['standard', ['whsec_AAAA'], 'shorter than 16 bytes'],
    ['standard', [`whpk_${good.slice(6)}`], 'public key'],
  ])('rejects for the platform %s the secrets %j at the start: %s', (name, secrets, problem) => {
    expect(() => checkSecrets('shop', platform(name), secrets)).toThrow(problem);
  });

  test('names the right kind of a platform’s secret, and never repeats a secret', () => {
    const attempt = () => checkSecrets('shop', platform('woocommerce'), [' ck_123']);
    expect(attempt).toThrow("not the REST API's consumer secret");
    expect(attempt).not.toThrow('ck_123');
  });

  test.each([
    ['shopify', ['local-shopify-secret']],
    ['stripe', ['whsec_x']],
    ['standard', [good, good.slice(6)]],
  ])('accepts secrets of the right form for the platform %s', (name, secrets) => {
    expect(() => checkSecrets('shop', platform(name), secrets)).not.toThrow();
  });

  test('checks a custom source’s secrets by its profile', () => {
    const hmac = (secretEncoding: string) => custom({ profile: 'hmac', header: 'x', secretEncoding });
    expect(() => checkSecrets('s', hmac('hex'), ['xyz'])).toThrow('is not hex');
    expect(() => checkSecrets('s', hmac('utf8'), ['xyz'])).not.toThrow();
    expect(() => checkSecrets('s', custom({ profile: 'static-token', header: 'x' }), ['t'])).not.toThrow();
    expect(() => checkSecrets('s', custom({ profile: 'standard-webhooks' }), ['?'])).toThrow('is not base64');
  });
});
