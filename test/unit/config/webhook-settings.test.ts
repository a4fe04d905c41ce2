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
