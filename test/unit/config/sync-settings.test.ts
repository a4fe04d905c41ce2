/** The environment of the function `sync`. */
import { describe, expect, test } from 'vitest';
import { syncSettings } from '../../../lib/config/sync/sync-settings.ts';

const orders = { engine: 'athena', database: 'shop', query: 'select 1', schedule: 'rate(1 hour)' };
const environment = {
  STAGE: 'prod',
  QUEUE_URL: 'https://sqs.eu-central-1.amazonaws.com/111122223333/tiktok-events-prod',
  DESTINATIONS: '{"default":{"pixelCode":"C0","eventSource":"web"}}',
  SYNCS: JSON.stringify({ orders }),
  SYNC_TABLE: 'tiktok-events-prod-syncs',
  NOTICE_TOPIC_ARN: 'arn:aws:sns:eu-central-1:111122223333:tiktok-events-prod-AlarmTopic-1A2B',
  AWS_LAMBDA_FUNCTION_NAME: 'tiktok-events-prod-sync',
};

test('reads what the stack sets', () => {
  const settings = syncSettings(environment);
  expect(settings).toMatchObject({
    stage: 'prod',
    queueUrl: environment.QUEUE_URL,
    destinations: { default: { pixelCode: 'C0' } },
    consent: 'always',
    syncs: { orders: { ...orders, workgroup: 'primary', mode: 'insert' } },
    table: 'tiktok-events-prod-syncs',
    noticeTopicArn: environment.NOTICE_TOPIC_ARN,
    functionName: 'tiktok-events-prod-sync',
  });
  expect(Object.isFrozen(settings)).toBe(true);
});

test('needs no topic, and knows what consent means', () => {
  const { NOTICE_TOPIC_ARN: _none, ...local } = environment;
  const settings = syncSettings({ ...local, CONSENT: 'require' });
  expect(settings).toMatchObject({ consent: 'require', noticeTopicArn: undefined });
});

describe('an environment is refused, and names the setting but not its value', () => {
  test.each([
    ['STAGE', undefined, 'STAGE', 'is missing'],
    ['QUEUE_URL', 'queue', 'QUEUE_URL', 'is not of the expected form'],
    ['CONSENT', 'maybe', 'CONSENT', 'is not of the expected form'],
    ['SYNCS', '{', 'SYNCS', 'is not JSON'],
    ['SYNCS', '{"orders":{}}', 'SYNCS.orders.engine', 'is missing or not of the expected form'],
    [
      'SYNCS',
      JSON.stringify({ orders: { ...orders, destination: 'other' } }),
      'syncs.orders.destination',
      'names no configured destination',
    ],
    ['SYNC_TABLE', undefined, 'SYNC_TABLE', 'is missing'],
    ['AWS_LAMBDA_FUNCTION_NAME', undefined, 'AWS_LAMBDA_FUNCTION_NAME', 'is missing'],
  ])('%s %j', (name, value, setting, problem) => {
    expect(() => syncSettings({ ...environment, [name]: value })).toThrow(
      expect.objectContaining({ setting, problem }),
    );
  });
});
