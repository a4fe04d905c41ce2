import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import * as names from '../../../lib/config/names.ts';
import * as secretNames from '../../../lib/secrets/names.ts';

test('names the service as serverless.yml does', () => {
  const { service } = parse(readFileSync(new URL('../../../serverless.yml', import.meta.url), 'utf8'), {
    logLevel: 'error',
  });
  expect(names.serviceName).toBe(service);
});

test('keeps the names under which deployed stages have stored queues, metrics, logs and secrets', () => {
  const prefix = names.secretsPrefix('prod');
  expect([
    names.metricNamespace,
    names.stackName('prod'),
    names.queueName('prod'),
    names.deadLetterQueueName('prod'),
    names.operatorLogGroup('prod'),
    prefix,
    secretNames.ingestSecretName(prefix),
    secretNames.oauthAppSecretName(prefix),
    secretNames.connectSecretName(prefix),
    secretNames.destinationSecretName(prefix, 'default'),
  ]).toEqual([
    'TikTokEvents',
    'tiktok-events-prod',
    'tiktok-events-prod',
    'tiktok-events-prod-dlq',
    '/tiktok-events/prod/operator',
    'tiktok-events/prod',
    'tiktok-events/prod/ingest',
    'tiktok-events/prod/oauth-app',
    'tiktok-events/prod/connect',
    'tiktok-events/prod/destinations/default',
  ]);
});

test('accepts stage names of 32 letters, digits and hyphens that start with a letter', () => {
  expect(['local', 'prod-2', 'a'.repeat(32)].map(names.isStageName)).toEqual([true, true, true]);
  expect(['', '2prod', 'Prod', '../prod', 'a'.repeat(33)].map(names.isStageName)).toEqual([
    false,
    false,
    false,
    false,
    false,
  ]);
});
