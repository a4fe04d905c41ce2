/** The simulated stage: prod's own settings. */
import { expect, test } from 'vitest';
import { readStage } from '../../lib/config/read-stage.ts';
import { simulatedStage } from './stage.ts';

const prod = readStage('prod');
const hourMs = 3_600_000;

test('the functions get the retry settings of stages/prod.yml', () => {
  const { retryStepsSeconds, holdStepsSeconds, maxReceiveCount } = prod.delivery;
  const { deliver, sqs } = simulatedStage();
  expect(deliver.delivery).toEqual({ retryStepsSeconds, holdStepsSeconds, maxReceiveCount });
  expect(sqs.maxReceiveCount).toBe(maxReceiveCount);
});

test('the queue has the visibility timeout and the retention of prod', () => {
  expect(simulatedStage().sqs).toMatchObject({
    visibilityTimeoutMs: 185_000,
    retentionMs: 96 * hourMs,
    deadLetterRetentionMs: 336 * hourMs,
  });
});

test('the consumer sends dead letters to the dead-letter queue of its own queue', () => {
  const { deliver, ingest, sqs } = simulatedStage();
  expect(ingest.queueUrl).toBe(sqs.queueUrl);
  expect(deliver.queueUrl).toBe(sqs.queueUrl);
  expect(deliver.deadLetterQueueUrl).toBe(sqs.deadLetterQueueUrl);
});

test('events of the API and of both sources reach a destination', () => {
  const { ingest, webhook } = simulatedStage();
  expect(Object.keys(ingest.destinations)).toEqual(['default', 'second']);
  expect(Object.keys(webhook.sources)).toEqual(['standard', 'shopify']);
  expect(webhook.sources.shopify?.destination).toBe('default');
});

test('a change of a delivery setting reaches the functions and the queue', () => {
  const { deliver, sqs, timeoutMs } = simulatedStage({ maxReceiveCount: 5, timeoutSeconds: 15 });
  expect(deliver.delivery.maxReceiveCount).toBe(5);
  expect(sqs).toMatchObject({ maxReceiveCount: 5, visibilityTimeoutMs: 95_000 });
  expect(timeoutMs.deliver).toBe(15_000);
});
