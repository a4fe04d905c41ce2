/** The queue, its dead-letter queue, and who may write to them. No accepted event is lost between them. */

import { deadLetterQueueName, queueName } from '../../lib/config/names.ts';
import type { StageSettings } from '../../lib/config/stage.ts';
import {
  arnOf,
  logicalName,
  policy,
  type Resources,
  ref,
  retained,
  type Statement,
  sub,
} from '../cloudformation.ts';

const day = 86_400;

/** Lambda's rule for a queue that feeds a function: six times its timeout, and the batching window on top. */
export const visibilitySeconds = ({ delivery }: StageSettings): number =>
  6 * delivery.timeoutSeconds + delivery.windowSeconds;

export function queues(stage: StageSettings, stageName: string): Resources {
  const kept = stage.queue.retainOnRemoval ? retained : {};
  return {
    EventQueue: {
      Type: 'AWS::SQS::Queue',
      ...kept,
      Properties: {
        QueueName: queueName(stageName),
        MessageRetentionPeriod: stage.queue.retentionDays * day,
        VisibilityTimeout: visibilitySeconds(stage),
        ReceiveMessageWaitTimeSeconds: 20,
        RedrivePolicy: {
          deadLetterTargetArn: arnOf('DeadLetterQueue'),
          maxReceiveCount: stage.delivery.maxReceiveCount,
        },
        ...encryption(stage),
      },
    },
    DeadLetterQueue: {
      Type: 'AWS::SQS::Queue',
      ...kept,
      Properties: {
        QueueName: deadLetterQueueName(stageName),
        MessageRetentionPeriod: stage.queue.deadLetterRetentionDays * day,
        // The ARN is built from the name, because references in both directions would be a circle.
        RedriveAllowPolicy: {
          redrivePermission: 'byQueue',
          sourceQueueArns: [
            sub(`arn:\${AWS::Partition}:sqs:\${AWS::Region}:\${AWS::AccountId}:${queueName(stageName)}`),
          ],
        },
        ...encryption(stage),
      },
    },
    EventQueuePolicy: queuePolicy('EventQueue', producers(stage)),
    DeadLetterQueuePolicy: queuePolicy('DeadLetterQueue', pipelineDeadLetters(stage)),
  };
}

function encryption({ kmsKeyArn }: StageSettings) {
  // One data key for 5 minutes: the fewest calls to KMS without a long-lived key in memory.
  return kmsKeyArn
    ? { KmsMasterKeyId: kmsKeyArn, KmsDataKeyReusePeriodSeconds: 300 }
    : { SqsManagedSseEnabled: true };
}

function queuePolicy(queue: string, allowed: readonly Statement[]) {
  const tlsOnly: Statement = {
    Sid: 'RefuseWithoutTls',
    Effect: 'Deny',
    Principal: '*',
    Action: 'sqs:*',
    Resource: arnOf(queue),
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  };
  return {
    Type: 'AWS::SQS::QueuePolicy',
    Properties: { Queues: [ref(queue)], PolicyDocument: policy([tlsOnly, ...allowed]) },
  };
}

function producers({ pipelines }: StageSettings): Statement[] {
  const own = {
    ...sendTo('EventQueue', 'Producers'),
    Principal: { AWS: pipelines.producers },
  };
  return [
    ...(pipelines.producers.length > 0 ? [own] : []),
    ...topicsMaySend('EventQueue', topicArns(pipelines)),
    ...rulesMaySend('EventQueue', pipelines),
  ];
}

/** SNS and EventBridge put messages that they cannot queue into the dead-letter queue. */
function pipelineDeadLetters({ pipelines, region }: StageSettings): Statement[] {
  const topics = topicArns(pipelines).filter((arn) => hasDeadLetters(arn, region));
  return [...topicsMaySend('DeadLetterQueue', topics), ...rulesMaySend('DeadLetterQueue', pipelines)];
}

/** SNS accepts a dead-letter queue only in the subscription's region, which is the topic's. */
export const hasDeadLetters = (topicArn: string, region: string): boolean =>
  topicArn.split(':')[3] === region;

const topicArns = ({ snsTopics }: StageSettings['pipelines']) =>
  Object.values(snsTopics).map(({ topicArn }) => topicArn);

function topicsMaySend(queue: string, topics: readonly string[]): Statement[] {
  if (topics.length === 0) return [];
  return [
    {
      ...sendTo(queue, 'SnsTopics'),
      Principal: { Service: 'sns.amazonaws.com' },
      Condition: { ArnEquals: { 'aws:SourceArn': topics } },
    },
  ];
}

function rulesMaySend(queue: string, { eventBridgeRules }: StageSettings['pipelines']): Statement[] {
  const rules = Object.keys(eventBridgeRules).map(eventRuleId);
  if (rules.length === 0) return [];
  return [
    {
      ...sendTo(queue, 'EventBridgeRules'),
      Principal: { Service: 'events.amazonaws.com' },
      Condition: { ArnEquals: { 'aws:SourceArn': rules.map(arnOf) } },
    },
  ];
}

const sendTo = (queue: string, sid: string): Statement => ({
  Sid: sid,
  Effect: 'Allow',
  Action: 'sqs:SendMessage',
  Resource: arnOf(queue),
});

export const eventRuleId = (name: string): string => `EventRule${logicalName(name)}`;
