/** The topic that alarms publish to; whoever is to be woken subscribes to it. */
import type { StageSettings } from '../../lib/config/stage.ts';
import { policy, type Resources, ref } from '../cloudformation.ts';

/** Not encrypted with a key of AWS, since alarms cannot publish to one; alarm texts hold no data of events. */
export function alarmTopic({ alarms: at }: StageSettings): Resources {
  return {
    AlarmTopic: {
      Type: 'AWS::SNS::Topic',
      Properties: {
        DisplayName: 'TikTok events',
        ...(at.email ? { Subscription: [{ Protocol: 'email', Endpoint: at.email }] } : {}),
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
