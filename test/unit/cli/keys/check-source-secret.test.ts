import { expect, test } from 'vitest';
import { checkSourceSecret } from '../../../../cli/keys/check-source-secret.ts';

const attempt = (source: string, secret: string) => () => checkSourceSecret('local', source, secret);

test('refuses a secret that the functions would refuse, and does not repeat it', () => {
  expect(attempt('standard', 'whsec_c2hvcnQ=')).toThrow(
    'Nothing was stored: webhooks.standard.secrets [0] is shorter than 16 bytes',
  );
  expect(attempt('standard', 'whsec_c2hvcnQ=')).not.toThrow('c2hvcnQ=');
});

test('accepts a secret of the form that the source needs', () => {
  expect(attempt('standard', 'whsec_bG9jYWwtc3RhbmRhcmQtd2ViaG9va3Mtc2VjcmV0')).not.toThrow();
  expect(attempt('shopify', 'local-shopify-secret')).not.toThrow();
});

test('leaves a source alone that the stage file does not have', () => {
  expect(attempt('unknown', 'not base64 !')).not.toThrow();
});
