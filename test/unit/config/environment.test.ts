/** A setting that is missing, unknown or wrong stops the start and is named; its value never is. */
import { expect, test } from 'vitest';
import { deliverSettings, ingestSettings } from '../../../lib/config/environment.ts';
import { Misconfigured } from '../../../lib/errors/app-error.ts';

const ingest = {
  STAGE: 'dev',
  SECRETS_PREFIX: 'tiktok-events/dev',
  DESTINATIONS: '{"default":{"pixelCode":"P"}}',
  QUEUE_URL: 'https://sqs.eu-west-1.amazonaws.com/123456789012/q',
};
const deliver = {
  ...ingest,
  DELIVERY: '{"retryStepsSeconds":[60],"holdStepsSeconds":[600],"maxReceiveCount":113}',
  DEAD_LETTER_QUEUE_URL: 'https://sqs.eu-west-1.amazonaws.com/123456789012/dlq',
  TIKTOK_API_URL: 'https://business-api.tiktok.com/',
};

test('reads the environment of ingest into one frozen object with defaults', () => {
  const settings = ingestSettings({ ...ingest, UNRELATED: 'x' });
  expect(settings).toEqual({
    stage: 'dev',
    secretsPrefix: 'tiktok-events/dev',
    queueUrl: ingest.QUEUE_URL,
    destinations: { default: { pixelCode: 'P', eventSource: 'web' } },
    consent: 'always',
    corsOrigins: [],
  });
  expect(Object.isFrozen(settings)).toBe(true);
});

test('reads the mode of consent for the functions that accept and deliver events', () => {
  expect(ingestSettings({ ...ingest, CONSENT: 'limit' }).consent).toBe('limit');
  expect(deliverSettings({ ...deliver, CONSENT: 'require' }).consent).toBe('require');
  expect(() => ingestSettings({ ...ingest, CONSENT: 'maybe' })).toThrow('CONSENT');
});

test('reads the environment of deliver into one frozen object, without the last slash of TIKTOK_API_URL', () => {
  const settings = deliverSettings(deliver);
  expect(settings).toMatchObject({
    deadLetterQueueUrl: deliver.DEAD_LETTER_QUEUE_URL,
    tiktokApiUrl: 'https://business-api.tiktok.com',
    delivery: { retryStepsSeconds: [60], holdStepsSeconds: [600], maxReceiveCount: 113 },
  });
  expect(Object.isFrozen(settings)).toBe(true);
});

test.each([
  'http://127.0.0.1:3000',
  'http://localhost:3000',
  'http://[::1]:3000',
  'https://business-api.tiktok.com',
  'https://sandbox-ads.tiktok.com',
])('accepts %s as TIKTOK_API_URL', (url) => {
  expect(deliverSettings({ ...deliver, TIKTOK_API_URL: url }).tiktokApiUrl).toBe(url);
});

test.each([
  'http://business-api.tiktok.com',
  'https://proxy.example/tiktok',
  'https://tiktok.com.example',
  'https://evil-tiktok.com',
  'https://business-api.tiktok.com@evil.example',
  'https://business-api.tiktok.com:x@evil.tiktok.com',
  'http://127.0.0.1.example',
  'http://localhost.example',
  'ftp://127.0.0.1',
  'canary',
  '',
])(
  'promise 8: rejects %j as TIKTOK_API_URL, where a token would travel in clear or to somebody else',
  (url) => {
    expect(() => deliverSettings({ ...deliver, TIKTOK_API_URL: url })).toThrow(
      'setting TIKTOK_API_URL is not of the expected form',
    );
  },
);

test.each(Object.keys(deliver))('rejects an environment without %s by the name of the setting', (name) => {
  const { [name as keyof typeof deliver]: _, ...rest } = deliver;
  expect(() => deliverSettings(rest)).toThrow(new Misconfigured(name, 'is missing'));
});
test.each(Object.keys(ingest))(
  'rejects an environment of ingest without %s by the name of the setting',
  (name) => {
    const { [name as keyof typeof ingest]: _, ...rest } = ingest;
    expect(() => ingestSettings(rest)).toThrow(`setting ${name} is missing`);
  },
);

test.each([
  ['STAGE', 'Canary', 'STAGE is not of the expected form'],
  ['STAGE', `a${'b'.repeat(32)}`, 'STAGE is not of the expected form'],
  ['SECRETS_PREFIX', 'canary:*', 'SECRETS_PREFIX is not of the expected form'],
  ['QUEUE_URL', 'canary', 'QUEUE_URL is not of the expected form'],
  ['DEAD_LETTER_QUEUE_URL', 'file:///canary', 'DEAD_LETTER_QUEUE_URL is not of the expected form'],
  ['DESTINATIONS', 'canary', 'DESTINATIONS is not JSON'],
  ['DESTINATIONS', '[]', 'DESTINATIONS is missing or not of the expected form'],
  [
    'DESTINATIONS',
    '{"a b":{"pixelCode":"canary"}}',
    'DESTINATIONS.a b is missing or not of the expected form',
  ],
  ['DESTINATIONS', '{"a":{}}', 'DESTINATIONS.a.pixelCode is missing or not of the expected form'],
  [
    'DESTINATIONS',
    '{"a":{"pixelCode":7}}',
    'DESTINATIONS.a.pixelCode is missing or not of the expected form',
  ],
  [
    'DESTINATIONS',
    '{"a":{"pixelCode":"P","eventSource":"canary"}}',
    'DESTINATIONS.a.eventSource is missing or not of the expected form',
  ],
  [
    'DESTINATIONS',
    '{"a":{"pixelCode":"P","currency":"usd"}}',
    'DESTINATIONS.a.currency is missing or not of the expected form',
  ],
  [
    'DESTINATIONS',
    '{"a":{"pixelCode":"P","country":"usa"}}',
    'DESTINATIONS.a.country is missing or not of the expected form',
  ],
  ['DESTINATIONS', '{"a":{"pixelCode":"P","pixel":"canary"}}', 'DESTINATIONS.a.pixel is not a known setting'],
  [
    'DELIVERY',
    '{"retryStepsSeconds":[],"holdStepsSeconds":[600],"maxReceiveCount":113}',
    'DELIVERY.retryStepsSeconds is missing or not of the expected form',
  ],
  [
    'DELIVERY',
    '{"retryStepsSeconds":[0],"holdStepsSeconds":[600],"maxReceiveCount":113}',
    'DELIVERY.retryStepsSeconds.0 is missing or not of the expected form',
  ],
  [
    'DELIVERY',
    '{"retryStepsSeconds":[43201],"holdStepsSeconds":[600],"maxReceiveCount":113}',
    'DELIVERY.retryStepsSeconds.0 is missing or not of the expected form',
  ],
  [
    'DELIVERY',
    '{"retryStepsSeconds":[1],"holdStepsSeconds":[600],"maxReceiveCount":2}',
    'DELIVERY.maxReceiveCount is missing or not of the expected form',
  ],
  [
    'DELIVERY',
    '{"retryStepsSeconds":[1],"holdStepsSeconds":[1],"maxReceiveCount":9,"maxRetries":1}',
    'DELIVERY.maxRetries is not a known setting',
  ],
])('rejects the setting %s with the value %j, without repeating it: %s', (name, value, message) => {
  expect(() => deliverSettings({ ...deliver, [name]: value })).toThrow(`setting ${message}`);
  expect(message).not.toContain('canary');
});

test('throws Misconfigured for a missing setting', () => {
  expect(() => ingestSettings({})).toThrow(Misconfigured);
});
