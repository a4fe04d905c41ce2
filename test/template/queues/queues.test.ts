/** Rules of the queues and their mapping that AWS's validator does not know and that would lose events. */
import { describe, expect, test } from 'vitest';
import { compiledWith, fullStageFile, kmsKeyArn, producerArn, topicArn } from '../full-stage.ts';
import { packageStage, stages } from '../package-stage.ts';
import { ofType, properties, resolved, type Template } from '../template.ts';

const mappingId = 'DeliverEventSourceMappingSQSEventQueue';
const day = 86_400;

describe.each(stages)('in stage %s', (stage) => {
  test('the mapping takes batches of 50 and reports failures for each message', async () => {
    expect(properties(await packageStage(stage), mappingId)).toMatchObject({
      BatchSize: 50,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      Enabled: true,
    });
  });

  test('a batch of more than 10 has a window, without which AWS refuses the deployment', async () => {
    const mapping = properties(await packageStage(stage), mappingId);
    expect(mapping.MaximumBatchingWindowInSeconds).toBeGreaterThanOrEqual(1);
  });

  test('no filter deletes messages unseen, and the brake is the mapping: reserved concurrency burns receives', async () => {
    const template = await packageStage(stage);
    expect(properties(template, mappingId)).not.toHaveProperty('FilterCriteria');
    expect(JSON.stringify(template)).not.toContain('ReservedConcurrentExecutions');
    expect(properties(template, mappingId).ScalingConfig).toMatchObject({
      MaximumConcurrency: expect.any(Number),
    });
  });

  test('a message stays invisible for six function timeouts and the window', async () => {
    const template = await packageStage(stage);
    const timeout = Number(properties(template, 'DeliverLambdaFunction').Timeout);
    const window = Number(properties(template, mappingId).MaximumBatchingWindowInSeconds);
    expect(properties(template, 'EventQueue').VisibilityTimeout).toBeGreaterThanOrEqual(6 * timeout + window);
  });

  test('promise 1: a dead letter is kept 10 days although it keeps the clock of its first queue', async () => {
    const template = await packageStage(stage);
    const kept = (id: string) => Number(properties(template, id).MessageRetentionPeriod);
    expect(kept('DeadLetterQueue') - kept('EventQueue')).toBeGreaterThanOrEqual(10 * day);
  });

  test('promise 4: an event outlives 24 h of attempts before SQS gives it up', async () => {
    const template = await packageStage(stage);
    expect(Number(properties(template, 'EventQueue').MessageRetentionPeriod)).toBeGreaterThan(2 * day);
    expect(properties(template, 'EventQueue').RedrivePolicy).toMatchObject({ maxReceiveCount: 113 });
  });

  test('the dead-letter queue takes redriven messages of its own queue only', async () => {
    const template = await packageStage(stage);
    expect(resolved(properties(template, 'DeadLetterQueue').RedriveAllowPolicy, template)).toEqual({
      redrivePermission: 'byQueue',
      sourceQueueArns: [`arn:aws:sqs:eu-central-1:111122223333:tiktok-events-${stage}`],
    });
  });

  test('events are accepted only after the consumer of the same release is there', async () => {
    const { Resources } = await packageStage(stage);
    for (const id of ['IngestLambdaFunction', 'WebhookLambdaFunction']) {
      expect(Resources[id]?.DependsOn).toEqual(expect.arrayContaining(['DeliverLambdaFunction', mappingId]));
    }
  });

  test('both queues are encrypted and refuse requests without TLS', async () => {
    const template = await packageStage(stage);
    for (const [id, queue] of ofType(template, 'AWS::SQS::Queue')) {
      expect(queue.Properties.SqsManagedSseEnabled).toBe(true);
      expect(statements(template, `${id}Policy`)[0]).toMatchObject({
        Effect: 'Deny',
        Principal: '*',
        Action: 'sqs:*',
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      });
    }
  });
});

test('nobody outside the stack may write to the queue unless the stage file names them', async () => {
  expect(statements(await packageStage('prod'), 'EventQueuePolicy')).toHaveLength(1);
});

test('producers, topics and rules of the stage file may send, and do nothing else', async () => {
  const template = await packageStage('full', fullStageFile());
  const allowed = statements(template, 'EventQueuePolicy').filter(({ Effect }) => Effect === 'Allow');
  expect(allowed.map(({ Action }) => Action)).toEqual([
    'sqs:SendMessage',
    'sqs:SendMessage',
    'sqs:SendMessage',
  ]);
  expect(allowed.map(({ Principal, Condition }) => ({ Principal, Condition }))).toEqual([
    { Principal: { AWS: [producerArn] }, Condition: undefined },
    {
      Principal: { Service: 'sns.amazonaws.com' },
      Condition: { ArnEquals: { 'aws:SourceArn': [topicArn] } },
    },
    {
      Principal: { Service: 'events.amazonaws.com' },
      Condition: {
        ArnEquals: {
          'aws:SourceArn': ['arn:aws:events:eu-central-1:111122223333:rule/EventRuleOrderDashpaid'],
        },
      },
    },
  ]);
});

test('what EventBridge and SNS cannot put into the queue goes to the dead-letter queue, and nobody else may send there', async () => {
  const template = await packageStage('full', fullStageFile());
  const deadLetters = 'arn:aws:sqs:eu-central-1:111122223333:tiktok-events-full-dlq';
  const settings = (id: string) => resolved(properties(template, id), template);
  expect(settings('EventRuleOrderDashpaid')).toMatchObject({
    Targets: [{ DeadLetterConfig: { Arn: deadLetters } }],
  });
  expect(settings('SubscriptionOrders')).toMatchObject({
    RedrivePolicy: { deadLetterTargetArn: deadLetters },
  });
  const allowed = statements(template, 'DeadLetterQueuePolicy').filter(({ Effect }) => Effect === 'Allow');
  expect(allowed).toEqual([
    {
      Sid: 'SnsTopics',
      Effect: 'Allow',
      Action: 'sqs:SendMessage',
      Resource: deadLetters,
      Principal: { Service: 'sns.amazonaws.com' },
      Condition: { ArnEquals: { 'aws:SourceArn': [topicArn] } },
    },
    {
      Sid: 'EventBridgeRules',
      Effect: 'Allow',
      Action: 'sqs:SendMessage',
      Resource: deadLetters,
      Principal: { Service: 'events.amazonaws.com' },
      Condition: {
        ArnEquals: {
          'aws:SourceArn': ['arn:aws:events:eu-central-1:111122223333:rule/EventRuleOrderDashpaid'],
        },
      },
    },
  ]);
  expect(template.Resources.SubscriptionOrders?.DependsOn).toContain('DeadLetterQueuePolicy');
});

test('a topic of another region has no dead-letter queue here: SNS refuses one', async () => {
  const far = 'arn:aws:sns:us-east-1:111122223333:orders';
  const { resources } = await compiledWith([
    ['pipelines', 'snsTopics'],
    { orders: { topicArn: far, rawMessageDelivery: true } },
  ]);
  const template: Template = { Resources: resources.Resources, Outputs: {} };
  expect(properties(template, 'SubscriptionOrders')).not.toHaveProperty('RedrivePolicy');
  expect(statements(template, 'DeadLetterQueuePolicy').map(({ Effect }) => Effect)).toEqual(['Deny']);
  expect(statements(template, 'EventQueuePolicy').at(-1)?.Condition).toEqual({
    ArnEquals: { 'aws:SourceArn': [far] },
  });
});

test('a customer key encrypts the queues and every secret', async () => {
  const template = await packageStage('full', fullStageFile());
  for (const [, queue] of ofType(template, 'AWS::SQS::Queue'))
    expect(queue.Properties.KmsMasterKeyId).toBe(kmsKeyArn);
  for (const [, secret] of ofType(template, 'AWS::SecretsManager::Secret')) {
    expect(secret.Properties.KmsKeyId).toBe(kmsKeyArn);
  }
});

interface Statement {
  readonly Effect: string;
  readonly Action: string;
  readonly Principal: unknown;
  readonly Condition?: unknown;
}

function statements(template: Template, id: string): Statement[] {
  const document = resolved(properties(template, id).PolicyDocument, template) as { Statement: Statement[] };
  return document.Statement;
}
