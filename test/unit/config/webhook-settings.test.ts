import { expect, test } from 'vitest';
import { webhookSettings } from '../../../lib/config/webhook-settings.ts';

const environment = {
  STAGE: 'test',
  SECRETS_PREFIX: 'tiktok-events/test',
  QUEUE_URL: 'http://127.0.0.1:1/q',
  DESTINATIONS: '{"default":{"pixelCode":"P"}}',
  SOURCES: '{"shop":{"platform":"stripe"}}',
};

test('reads the sources of the webhook function with their defaults', () => {
  const { sources } = webhookSettings(environment);
  expect(sources.shop).toMatchObject({ platform: 'stripe', destination: 'default', consent: 'always' });
});

test.each<[Record<string, string | undefined>, string]>([
  [{ SOURCES: undefined }, 'setting SOURCES is missing'],
  [{ SOURCES: '{' }, 'setting SOURCES is not JSON'],
  [{ SOURCES: '{"shop":{"platform":"shopify"}}' }, 'setting sources.shop.contentId must be one of'],
  [
    { SOURCES: '{"shop":{"platform":"stripe","destination":"eu"}}' },
    'setting sources.shop.destination names no configured destination',
  ],
  [{ QUEUE_URL: undefined }, 'setting QUEUE_URL is missing'],
])('stops the start when a setting of the webhook function is wrong: %j', (changes, problem) => {
  expect(() => webhookSettings({ ...environment, ...changes })).toThrow(problem);
});

test.each([
  'http://127.0.0.1:3000/_sandbox/platform-api',
  'http://localhost:3000/_sandbox/platform-api/',
  'http://[::1]:3000',
])('reads orders from the local platform API at %s, without the last slash', (url) => {
  const { platformApiUrl } = webhookSettings({ ...environment, PLATFORM_API_URL: url });
  expect(platformApiUrl).toBe(url.replace(/\/$/, ''));
  expect(webhookSettings(environment).platformApiUrl).toBeUndefined();
});

test.each([
  '',
  'https://127.0.0.1:3000',
  'http://api.example',
  'http://127.0.0.1.evil.example',
  'http://127.0.0.1@evil.example',
  'http://user@127.0.0.1',
  'http://127.0.0.1/?x=1',
  'http://127.0.0.1/#x',
  'http://127.0.0.1\\evil.example',
  'http://127.0.0.1 .evil.example',
  'file:///etc/passwd',
  'elsewhere',
])('stops the start when PLATFORM_API_URL is %j, where API tokens would travel', (url) => {
  expect(() => webhookSettings({ ...environment, PLATFORM_API_URL: url })).toThrow(
    'setting PLATFORM_API_URL must be an http URL of this machine (127.0.0.1)',
  );
});
