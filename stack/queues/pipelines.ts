/**
 * SNS topics and EventBridge rules of the stage file that write to the queue; the queue's policy allows them. Messages
 * that they cannot put there go to the dead-letter queue.
 */
import type { StageSettings } from '../../lib/config/stage.ts';
import { arnOf, logicalName, type Resource, type Resources } from '../cloudformation.ts';
import { eventRuleId, hasDeadLetters } from './queues.ts';

export function pipelines({ region, pipelines: { snsTopics, eventBridgeRules } }: StageSettings): Resources {
  const subscriptions = Object.entries(snsTopics).map(([name, topic]): [string, Resource] => [
    `Subscription${logicalName(name)}`,
    {
      Type: 'AWS::SNS::Subscription',
      DependsOn: ['EventQueuePolicy', 'DeadLetterQueuePolicy'],
      Properties: {
        Protocol: 'sqs',
        TopicArn: topic.topicArn,
        Region: topic.topicArn.split(':')[3],
        Endpoint: arnOf('EventQueue'),
        RawMessageDelivery: topic.rawMessageDelivery,
        ...(hasDeadLetters(topic.topicArn, region)
          ? { RedrivePolicy: { deadLetterTargetArn: arnOf('DeadLetterQueue') } }
          : {}),
      },
    },
  ]);
  const rules = Object.entries(eventBridgeRules).map(([name, rule]): [string, Resource] => [
    eventRuleId(name),
    {
      Type: 'AWS::Events::Rule',
      Properties: {
        Description: `Events for TikTok: ${name}`,
        EventBusName: rule.bus,
        EventPattern: rule.pattern,
        Targets: [
          {
            Id: 'queue',
            Arn: arnOf('EventQueue'),
            DeadLetterConfig: { Arn: arnOf('DeadLetterQueue') },
          },
        ],
      },
    },
  ]);
  return Object.fromEntries([...subscriptions, ...rules]);
}
