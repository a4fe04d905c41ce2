/** The queue, its dead-letter queue, and who may write to them: nothing that was accepted is lost in between. */
import type { Stage } from '../lib/config/stage.ts';
import {
  arnOf,
  logicalName,
  policy,
  type Resources,
  ref,
  retained,
  type Statement,
  sub,
} from './cloudformation.ts';
import { deadLetterQueueName, queueName } from './names.ts';

const day = 86_400;

/** Lambda's rule for a queue that feeds a function: six times its timeout, and the batching window on top. */
export const visibilitySeconds = ({ delivery }: Stage): number =>
  6 * delivery.timeoutSeconds + delivery.windowSeconds;

export function queues(stage: Stage, stageName: string): Resources {
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
        // Named by text: a reference both ways would be a circle.
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
    DeadLetterQueuePolicy: queuePolicy('DeadLetterQueue', []),
  };
}

function encryption({ kmsKeyArn }: Stage) {
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

function producers({ pipelines }: Stage): Statement[] {
  const topics = Object.values(pipelines.snsTopics).map((topic) => topic.topicArn);
  const rules = Object.keys(pipelines.eventBridgeRules).map(eventRuleId);
  const statements: (Statement | false)[] = [
    pipelines.producers.length > 0 && {
      ...sendTo('Producers'),
      Principal: { AWS: pipelines.producers },
    },
    topics.length > 0 && {
      ...sendTo('SnsTopics'),
      Principal: { Service: 'sns.amazonaws.com' },
      Condition: { ArnEquals: { 'aws:SourceArn': topics } },
    },
    rules.length > 0 && {
      ...sendTo('EventBridgeRules'),
      Principal: { Service: 'events.amazonaws.com' },
      Condition: { ArnEquals: { 'aws:SourceArn': rules.map(arnOf) } },
    },
  ];
  return statements.filter((statement) => statement !== false);
}

const sendTo = (sid: string): Statement => ({
  Sid: sid,
  Effect: 'Allow',
  Action: 'sqs:SendMessage',
  Resource: arnOf('EventQueue'),
});

export const eventRuleId = (name: string): string => `EventRule${logicalName(name)}`;
