import { describe, expect, it } from 'vitest';
import { checkSecrets } from '../../../../lib/webhooks/signatures/check-secrets.ts';
import { custom, platform } from '../../../support/signed-requests.ts';

const good = 'whsec_bG9jYWwtc3RhbmRhcmQtd2ViaG9va3Mtc2VjcmV0';

describe('secrets that cannot protect a source are refused at start', () => {
  it.each([
    ['shopify', [], 'webhooks.shop.secrets is empty'],
    ['shopify', [''], 'secrets [0] is empty'],
    ['shopify', ['ok', '  '], 'secrets [1] is empty'],
    ['woocommerce', ['abc\n'], 'starts or ends with a space'],
    ['standard', ['not base64 !'], 'is not base64'],
    ['standard', ['whsec_AAAA'], 'shorter than 16 bytes'],
    ['standard', [`whpk_${good.slice(6)}`], 'public key'],
  ])('%s %j', (name, secrets, problem) => {
    expect(() => checkSecrets('shop', platform(name), secrets)).toThrow(problem);
  });

  it('says which of a platform’s secrets belongs there, and never repeats one', () => {
    const attempt = () => checkSecrets('shop', platform('woocommerce'), [' ck_123']);
    expect(attempt).toThrow("not the REST API's consumer secret");
    expect(attempt).not.toThrow('ck_123');
  });

  it.each([
    ['shopify', ['local-shopify-secret']],
    ['stripe', ['whsec_x']],
    ['standard', [good, good.slice(6)]],
  ])('good ones pass: %s', (name, secrets) => {
    expect(() => checkSecrets('shop', platform(name), secrets)).not.toThrow();
  });

  it('reads a custom source’s secrets as its profile says', () => {
    const hmac = (secretEncoding: string) => custom({ profile: 'hmac', header: 'x', secretEncoding });
    expect(() => checkSecrets('s', hmac('hex'), ['xyz'])).toThrow('is not hex');
    expect(() => checkSecrets('s', hmac('utf8'), ['xyz'])).not.toThrow();
    expect(() => checkSecrets('s', custom({ profile: 'static-token', header: 'x' }), ['t'])).not.toThrow();
    expect(() => checkSecrets('s', custom({ profile: 'standard-webhooks' }), ['?'])).toThrow('is not base64');
  });
});
