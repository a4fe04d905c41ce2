import { expect, test } from 'vitest';
import { generateSecret } from '../../../../cli/keys/generate-secret.ts';

test('generates secrets that an address, a form and a header carry without a change', () => {
  const secrets = Array.from({ length: 200 }, () => generateSecret());
  for (const secret of secrets) {
    expect(secret).toMatch(/^whsec_[A-Za-z0-9]{44}$/);
    expect(new URLSearchParams(`token=${secret}`).get('token')).toBe(secret);
  }
  expect(new Set(secrets).size).toBe(200);
});

test.each([0xfb, 0xff])('draws again after bytes of %i, whose base64 has + or /', (byte) => {
  const draws = [Buffer.alloc(33, byte), Buffer.alloc(33, 0)];
  expect(generateSecret(() => draws.shift() ?? Buffer.alloc(0))).toBe(`whsec_${'A'.repeat(44)}`);
});
