import { expect, test } from 'vitest';
import { oauthSettings } from '../../../lib/config/environment.ts';

const environment = {
  STAGE: 'test',
  SECRETS_PREFIX: 'tiktok-events/test',
  TIKTOK_API_URL: 'https://business-api.tiktok.com/',
  DESTINATIONS: '{"default":{"pixelCode":"P1"}}',
};

test('removes slashes at the end of the addresses in the OAuth settings', () => {
  const settings = oauthSettings({ ...environment, PUBLIC_URL: 'https://shop.example/tiktok//' });
  expect(settings).toMatchObject({
    tiktokApiUrl: 'https://business-api.tiktok.com',
    publicUrl: 'https://shop.example/tiktok',
  });
  expect(Object.isFrozen(settings)).toBe(true);
});

test('accepts OAuth settings without a public address', () => {
  expect(oauthSettings(environment).publicUrl).toBeUndefined();
});

test.each([
  ['STAGE', undefined, 'is missing'],
  ['SECRETS_PREFIX', 'a b', 'is not of the expected form'],
  ['TIKTOK_API_URL', 'http://tiktok.example', 'is not of the expected form'],
  ['PUBLIC_URL', 'http://shop.example', 'is not of the expected form'],
  ['PUBLIC_URL', 'https://shop.example/?x=1', 'is not of the expected form'],
  ['PUBLIC_URL', 'https://shop.example/#x', 'is not of the expected form'],
  ['PUBLIC_URL', 'shop.example', 'is not of the expected form'],
])('stops the start of OAuth when %s is %s, without repeating it', (name, value, fault) => {
  expect(() => oauthSettings({ ...environment, [name]: value })).toThrow(`setting ${name} ${fault}`);
});
