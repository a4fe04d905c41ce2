/** Finds a deployed stage: its region from the stage file, its addresses from the outputs of its CloudFormation stack. */
import type { Stack } from '@aws-sdk/client-cloudformation';
import { stackName } from '../../lib/config/names.ts';
import { readStageText, stageFileName } from '../../lib/config/stage-file.ts';
import { withoutTrailingSlash } from '../../lib/schema/base-url.ts';
import { unavailable } from '../errors/cli-error.ts';
import { deployCommand } from '../terminal/command-line.ts';
import { terminal } from '../terminal/io.ts';
import { unknownStage } from './known-stages.ts';
import type { LocalSettings } from './local-settings.ts';
import { readStageFile } from './stage-file.ts';

export interface StackOutputs {
  readonly ApiUrl: string;
  readonly QueueUrl: string;
  readonly DeadLetterQueueUrl: string;
  /** Only the stage `local` has one of its own. */
  readonly SecretsManagerUrl?: string | undefined;
  /** Only the stage `local` has its own; on AWS the region says where they are. */
  readonly DynamoDbUrl?: string | undefined;
  readonly LambdaUrl?: string | undefined;
  /** Where the stage `local` sends events. */
  readonly TikTokApiUrl?: string | undefined;
  /** What the stage `local` runs. */
  readonly LocalSettings?: LocalSettings | undefined;
}

/** The region of the stage file; without one, what the AWS settings say. */
export async function regionOf(stage: string): Promise<string> {
  const region = readStageFile(stage)?.get('region');
  if (typeof region === 'string') return region;
  const { AWS_REGION, AWS_DEFAULT_REGION } = terminal().env;
  const given = AWS_REGION ?? AWS_DEFAULT_REGION;
  if (given !== undefined && given !== '') return given;
  throw unavailable(
    readStageText(stage) === undefined
      ? unknownStage(stage)
      : `${stageFileName(stage)} names no region: set region there, or set AWS_REGION.`,
  );
}

/** The stack as CloudFormation has it; throws when there is none, or no AWS credentials. */
export async function describeStack(stage: string): Promise<Stack> {
  const region = await regionOf(stage);
  const { CloudFormationClient, DescribeStacksCommand } = await import('@aws-sdk/client-cloudformation');
  const client = new CloudFormationClient({ region, maxAttempts: 3 });
  try {
    const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: stackName(stage) }));
    if (Stacks[0] !== undefined) return Stacks[0];
  } catch (error) {
    // CloudFormation has no error of its own for this.
    if (!(error instanceof Error && error.name === 'ValidationError')) throw error;
  } finally {
    client.destroy();
  }
  const missing = `There is no stack ${stackName(stage)} in ${region} of this AWS account`;
  throw unavailable(
    readStageText(stage) === undefined
      ? `${missing}. ${unknownStage(stage)}`
      : `${missing}: deploy the stage with ${deployCommand(stage)}, or check AWS_PROFILE.`,
  );
}

export async function findStack(stage: string): Promise<StackOutputs> {
  const { Outputs = [] } = await describeStack(stage);
  const output = (key: string): string => {
    const value = Outputs.find(({ OutputKey }) => OutputKey === key)?.OutputValue;
    if (value !== undefined) return withoutTrailingSlash(value);
    throw unavailable(`The stack ${stackName(stage)} has no output ${key}: deploy the stage again.`);
  };
  return {
    ApiUrl: output('ApiUrl'),
    QueueUrl: output('QueueUrl'),
    DeadLetterQueueUrl: output('DeadLetterQueueUrl'),
  };
}
