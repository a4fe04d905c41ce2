/** The values of a deployed stage that operators and other systems need. */
import { secretsPrefix, stackName } from '../lib/config/names.ts';
import type { StageSettings } from '../lib/config/stage.ts';
import { arnOf, ref, sub } from './cloudformation.ts';

export function outputs({ api, syncs }: StageSettings, stageName: string) {
  const own = api.publicUrl ?? (api.domain && `https://${api.domain.name}`);
  const url = own ?? sub(`https://\${HttpApi}.execute-api.\${AWS::Region}.\${AWS::URLSuffix}`);
  return {
    // osls writes the default endpoint here, which can be turned off, and shows it as the URL of every route.
    ...(own ? { HttpApiUrl: { Value: own } } : {}),
    ApiUrl: { Description: 'Base URL: POST <url>/v1/events', Value: url },
    QueueUrl: { Description: 'Queue of events, for your own producers', Value: ref('EventQueue') },
    QueueArn: { Description: 'The same queue as ARN', Value: arnOf('EventQueue') },
    DeadLetterQueueUrl: { Description: 'Dead-letter queue', Value: ref('DeadLetterQueue') },
    DeadLetterQueueArn: { Description: 'The same queue as ARN', Value: arnOf('DeadLetterQueue') },
    SecretsPrefix: { Description: 'Prefix of the names of all secrets', Value: secretsPrefix(stageName) },
    AlarmTopicArn: { Description: 'Topic of the alarms', Value: ref('AlarmTopic') },
    DashboardUrl: {
      Description: 'Dashboard of the stage',
      Value: sub(
        `https://\${AWS::Region}.console.aws.amazon.com/cloudwatch/home?region=\${AWS::Region}#dashboards/dashboard/${stackName(stageName)}`,
      ),
    },
    ...(Object.keys(syncs).length > 0
      ? { SyncTableName: { Description: 'Table of the scheduled syncs', Value: ref('SyncTable') } }
      : {}),
    ...(api.domain
      ? {
          DomainTarget: {
            Description: 'Point the DNS name of the API here (CNAME or alias)',
            Value: { 'Fn::GetAtt': ['ApiDomain', 'RegionalDomainName'] },
          },
        }
      : {}),
  };
}
