/** Runs the `aws …` commands that a deployment prints, word by word, through the SDK: the same calls as the AWS CLI. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  CloudFormationClient,
  CreateChangeSetCommand,
  type CreateChangeSetCommandInput,
  ExecuteChangeSetCommand,
  waitUntilChangeSetCreateComplete,
  waitUntilStackImportComplete,
} from '@aws-sdk/client-cloudformation';
import { DeleteTableCommand, type DeleteTableCommandInput, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DeleteSecretCommand,
  type DeleteSecretCommandInput,
  RestoreSecretCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { DeleteQueueCommand, type DeleteQueueCommandInput, SQSClient } from '@aws-sdk/client-sqs';
import type { Deployment } from './deployment.ts';

/** The commands of an output that adopt, in their order. */
export const adoptingCommands = (output: string): string[] =>
  awsCommands(output).filter((line) => !isDeleting(line));

export const deletingCommands = (output: string): string[] => awsCommands(output).filter(isDeleting);

/** osls indents what it prints after a failure. */
const awsCommands = (output: string) =>
  output
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.startsWith('aws '));
const isDeleting = (line: string) =>
  /^aws (secretsmanager delete-secret|sqs delete-queue|dynamodb delete-table) /.test(line);

/** @throws Error for a command or an option that this runner does not know */
export async function runAwsCommand(line: string, deployment: Deployment): Promise<void> {
  const words = line.split(' ').slice(1);
  const optionsAt = words.findIndex((word) => word.startsWith('--'));
  const verb = words.slice(0, optionsAt).join(' ');
  if (verb === 's3 cp') return copyToS3(words.slice(optionsAt + 2), deployment);
  const { Region, ...input } = optionsIn(words.slice(optionsAt), deployment.project);
  const run = commands[verb];
  if (!run) throw new Error(`unknown command: aws ${verb}`);
  await run(
    {
      region: Region,
      endpoint: deployment.aws.url,
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    },
    input,
  );
}

interface Config {
  readonly region: string;
  readonly endpoint: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}
/** What any of the commands takes; each uses its own part. */
type Options = CreateChangeSetCommandInput &
  DeleteSecretCommandInput &
  DeleteQueueCommandInput &
  DeleteTableCommandInput;

const waiting = (config: Config) => ({
  client: new CloudFormationClient(config),
  maxWaitTime: 60,
  minDelay: 1,
});

const commands: Readonly<Record<string, (config: Config, input: Options) => Promise<unknown>>> = {
  'cloudformation create-change-set': (config, input) =>
    new CloudFormationClient(config).send(new CreateChangeSetCommand(input)),
  'cloudformation wait change-set-create-complete': (config, input) =>
    waitUntilChangeSetCreateComplete(waiting(config), input),
  'cloudformation execute-change-set': (config, input) =>
    new CloudFormationClient(config).send(new ExecuteChangeSetCommand(input)),
  'cloudformation wait stack-import-complete': (config, input) =>
    waitUntilStackImportComplete(waiting(config), input),
  'secretsmanager delete-secret': (config, input) =>
    new SecretsManagerClient(config).send(new DeleteSecretCommand(input)),
  'secretsmanager restore-secret': (config, input) =>
    new SecretsManagerClient(config).send(new RestoreSecretCommand(input)),
  'dynamodb delete-table': (config, input) => new DynamoDBClient(config).send(new DeleteTableCommand(input)),
  'sqs delete-queue': (config, input) => new SQSClient(config).send(new DeleteQueueCommand(input)),
};

/** `--stack-name x` → `{ StackName: 'x' }`, with the AWS CLI's rules for files, lists and flags. */
function optionsIn(words: readonly string[], project: string): Options & { readonly Region: string } {
  const options: Record<string, unknown> = {};
  for (let at = 0; at < words.length; at += 1) {
    const name = (words[at] ?? '')
      .slice(2)
      .replace(/(^|-)([a-z])/g, (_all, _dash, letter) => letter.toUpperCase());
    const value = words[at + 1];
    if (value === undefined || value.startsWith('--')) {
      options[name] = true;
      continue;
    }
    const text = value.startsWith('file://') ? readFileSync(join(project, value.slice(7)), 'utf8') : value;
    options[name === 'TemplateUrl' ? 'TemplateURL' : name] = read(name, text);
    at += 1;
  }
  return options as unknown as Options & { readonly Region: string };
}

function read(name: string, text: string): unknown {
  if (name === 'ResourcesToImport') return JSON.parse(text);
  return name === 'Capabilities' ? [text] : text;
}

function copyToS3([from = '', to = '']: readonly string[], { aws, project }: Deployment): void {
  const { hostname, pathname } = new URL(to);
  const bucket = aws.world.buckets.get(hostname);
  if (!bucket) throw new Error(`no bucket ${hostname}`);
  const body = readFileSync(join(project, from));
  bucket.set(pathname.slice(1), { body, metadata: {}, modified: new Date() });
}
