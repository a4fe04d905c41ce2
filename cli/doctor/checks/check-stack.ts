/** The deployed stack: present, and in a working state. */

import { stackName } from '../../../lib/config/names.ts';
import { describeStack, regionOf } from '../../stage/stack-outputs.ts';
import { commandLine, deployCommand } from '../../terminal/command-line.ts';
import type { DoctorCheck } from '../context.ts';
import { fine, problem, warning } from '../finding.ts';

export const checkStack: DoctorCheck = async ({ stage }) => {
  if (stage.isLocal) return [];
  const remedy = `See the reason in the events of the stack: ${await eventsCommand(stage.name)}. Then deploy again: ${deployCommand(stage.name)}. See docs/deploy.md#when-a-deployment-fails.`;
  const { StackStatus: status = 'unknown' } = await describeStack(stage.name);
  if (/ROLLBACK_COMPLETE|FAILED/.test(status) && status !== 'UPDATE_ROLLBACK_COMPLETE')
    return [problem('stack', `The stack is in the state ${status}.`, remedy)];
  if (status === 'UPDATE_ROLLBACK_COMPLETE')
    return [
      warning(
        'stack',
        'The last deployment failed and was rolled back. The one before it is running.',
        remedy,
      ),
    ];
  if (status.endsWith('IN_PROGRESS'))
    return [
      warning(
        'stack',
        'The stack is being changed just now.',
        `Wait, and run ${commandLine(`doctor --stage ${stage.name}`)} again.`,
      ),
    ];
  return [fine('stack', `The stack is deployed (${status}).`)];
};

const eventsCommand = async (stage: string): Promise<string> =>
  `\`aws cloudformation describe-stack-events --stack-name ${stackName(stage)} --region ${await regionOf(stage)}\``;
