/** The topic that alarms publish to. People on call subscribe to it. */
import type { StageSettings } from '../../lib/config/stage.ts';
import { policy, type Resources, ref } from '../cloudformation.ts';

/** Not encrypted with an AWS managed key, because alarms could not publish to it. Alarm texts contain no event data. */
export function alarmTopic({ alarms }: StageSettings): Resources {
  return {
    AlarmTopic: {
      Type: 'AWS::SNS::Topic',
      Properties: {
        DisplayName: 'TikTok events',
        ...(alarms.email ? { Subscription: [{ Protocol: 'email', Endpoint: alarms.email }] } : {}),
      },
    },
    AlarmTopicPolicy: {
      Type: 'AWS::SNS::TopicPolicy',
      Properties: {
        Topics: [ref('AlarmTopic')],
        PolicyDocument: policy([
          {
            Sid: 'AlarmsOfThisAccount',
            Effect: 'Allow',
            Principal: { Service: 'cloudwatch.amazonaws.com' },
            Action: 'sns:Publish',
            Resource: ref('AlarmTopic'),
            Condition: { StringEquals: { 'aws:SourceAccount': ref('AWS::AccountId') } },
          },
          {
            Sid: 'RefuseWithoutTls',
            Effect: 'Deny',
            Principal: '*',
            Action: 'sns:Publish',
            Resource: ref('AlarmTopic'),
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          },
        ]),
      },
    },
  };
}
