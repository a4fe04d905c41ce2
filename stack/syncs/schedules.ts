/** The schedules of the syncs, and the role in which EventBridge Scheduler runs the function. */
import { stackName } from '../../lib/config/names.ts';
import type { StageSettings } from '../../lib/config/stage.ts';
import type { SyncSettings } from '../../lib/sync/settings.ts';
import { arnOf, logicalName, type Resource, type Resources, ref, sub } from '../cloudformation.ts';
import { compiled } from '../names.ts';
import { allow, role } from '../rights.ts';
import { syncFunctionArn } from './sync-rights.ts';

export const scheduleName = (stageName: string, sync: string): string => `${stackName(stageName)}-${sync}`;

export function schedules(stage: StageSettings, stageName: string): Resources {
  const syncs = Object.entries(stage.syncs);
  if (syncs.length === 0) return {};
  const ofSyncs = syncs.map(([name, sync]) => [
    `SyncSchedule${logicalName(name)}`,
    schedule(scheduleName(stageName, name), name, sync),
  ]);
  return { SyncScheduleRole: scheduleRole(stage, stageName), ...Object.fromEntries(ofSyncs) };
}

const schedule = (name: string, sync: string, settings: SyncSettings): Resource => ({
  Type: 'AWS::Scheduler::Schedule',
  Properties: {
    Name: name,
    Description: `Runs the sync ${sync}`,
    FlexibleTimeWindow: { Mode: 'OFF' },
    ScheduleExpression: settings.schedule,
    ScheduleExpressionTimezone: settings.scheduleTimezone,
    Target: {
      Arn: arnOf(compiled.function('sync')),
      RoleArn: arnOf('SyncScheduleRole'),
      Input: JSON.stringify({ sync, trigger: 'schedule' }),
      // As long as Lambda keeps a start that waits: see serverless.yml.
      RetryPolicy: { MaximumEventAgeInSeconds: 3600, MaximumRetryAttempts: 10 },
    },
  },
});

/** Only the schedules of this account may take the role: AWS checks their group, and these are in the default one. */
const scheduleRole = (stage: StageSettings, stageName: string): Resource =>
  role(
    stage,
    {
      Sid: 'SchedulerOnly',
      Principal: { Service: 'scheduler.amazonaws.com' },
      Condition: {
        StringEquals: {
          'aws:SourceAccount': ref('AWS::AccountId'),
          'aws:SourceArn': sub(
            `arn:\${AWS::Partition}:scheduler:\${AWS::Region}:\${AWS::AccountId}:schedule-group/default`,
          ),
        },
      },
    },
    [allow('RunSyncs', ['lambda:InvokeFunction'], [syncFunctionArn(stageName)])],
  );
