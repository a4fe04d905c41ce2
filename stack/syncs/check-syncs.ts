/** The limits of AWS that the syncs of a stage can reach: a deployment would find them halfway. */
import { StageError } from '../../lib/config/read-stage.ts';
import type { StageSettings } from '../../lib/config/stage.ts';
import { stageFileName } from '../../lib/config/stage-file.ts';
import { policy } from '../cloudformation.ts';
import { scheduleName } from './schedules.ts';
import { syncRights } from './sync-rights.ts';

/** https://docs.aws.amazon.com/scheduler/latest/APIReference/API_CreateSchedule.html */
const longestName = 64;

/** Of a role's own policies, 10,240 characters; the rest is for logs and the queue. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const longestRights = 9_200;

/** @throws StageError when AWS would refuse a schedule or the role */
export function checkSyncs(stage: StageSettings, stageName: string): void {
  const problems = [...longNames(stage, stageName), ...manyRights(stage, stageName)];
  if (problems.length === 0) return;
  const lines = problems.map((problem) => `  - ${problem}`);
  throw new StageError([`${stageFileName(stageName)} cannot be used:`, ...lines].join('\n'));
}

function longNames({ syncs }: StageSettings, stageName: string): string[] {
  const room = longestName - scheduleName(stageName, '').length;
  return Object.keys(syncs)
    .filter((name) => name.length > room)
    .map((name) => `syncs.${name} needs a name of ${room} characters at most, because of the stage's name`);
}

function manyRights(stage: StageSettings, stageName: string): string[] {
  const text = JSON.stringify(policy(syncRights(stage, stageName)))
    .replaceAll(/\{"Fn::Sub":("[^"]*")\}/g, '$1')
    .replaceAll(/\$\{AWS::Partition\}/g, 'aws-cn')
    .replaceAll(/\$\{AWS::Region\}/g, 'ap-southeast-99')
    .replaceAll(/\$\{AWS::AccountId\}/g, '123456789012');
  return text.length <= longestRights
    ? []
    : [
        'syncs name more tables and folders than fit into the policy of a role: leave out tables, which allows all of a database, or name folders that contain the others',
      ];
}
