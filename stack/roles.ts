/** One role per function with exactly the actions and resources that its work needs (promise 10). */
import type { StageSettings } from '../lib/config/stage.ts';
import { arnOf, type Resources, ref, type Statement, sub } from './cloudformation.ts';
import { type FunctionName, functionsOf, lambdaName } from './names.ts';
import { allow, keyFor, previousKeysFor, role } from './rights.ts';
import { secretIds } from './secrets.ts';
import { syncRights } from './syncs/sync-rights.ts';

export const roleId = (name: FunctionName): string => `${name.charAt(0).toUpperCase()}${name.slice(1)}Role`;

export function roles(stage: StageSettings, stageName: string): Resources {
  const rights = rightsOf(stage, stageName);
  const lambda = { Sid: 'LambdaOnly', Principal: { Service: 'lambda.amazonaws.com' } };
  return Object.fromEntries(
    functionsOf(stage).map((name) => [
      roleId(name),
      role(stage, lambda, [ownLogs(stageName, name), ...rights[name]]),
    ]),
  );
}

function rightsOf(
  stage: StageSettings,
  stageName: string,
): Readonly<Record<FunctionName, readonly Statement[]>> {
  const destinations = Object.keys(stage.destinations).map(secretIds.destination);
  const send = [
    allow('SendEvents', ['sqs:SendMessage'], [arnOf('EventQueue')]),
    ...keyFor(stage, 'sqs', ['kms:Decrypt', 'kms:GenerateDataKey']),
  ];
  const accept = [
    ...send,
    readSecrets([secretIds.ingest]),
    ...keyFor(stage, 'secretsmanager', ['kms:Decrypt']),
    ...previousKeysFor(stage, 'secretsmanager'),
  ];
  return {
    ingest: accept,
    webhook: accept,
    // The browser has no key, so no secret is read.
    collect: send,
    deliver: [
      allow(
        'ReceiveEvents',
        ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:ChangeMessageVisibility', 'sqs:GetQueueAttributes'],
        [arnOf('EventQueue')],
      ),
      allow('ParkEvents', ['sqs:SendMessage'], [arnOf('DeadLetterQueue')]),
      readSecrets(destinations),
      ...keyFor(stage, 'sqs', ['kms:Decrypt', 'kms:GenerateDataKey']),
      ...keyFor(stage, 'secretsmanager', ['kms:Decrypt']),
      // Only the consumer reads messages, so it also decrypts those that still wait under an earlier key.
      ...previousKeysFor(stage, 'sqs'),
      ...previousKeysFor(stage, 'secretsmanager'),
    ],
    sync: [...send, ...syncRights(stage, stageName)],
    oauth: [
      readSecrets([secretIds.oauthApp, secretIds.connect]),
      // DescribeSecret returns the id of the current version, which a write needs, and no value.
      allow(
        'WriteSecrets',
        ['secretsmanager:DescribeSecret', 'secretsmanager:PutSecretValue'],
        [secretIds.connect, ...destinations].map(ref),
      ),
      ...keyFor(stage, 'secretsmanager', ['kms:Decrypt', 'kms:GenerateDataKey']),
      ...previousKeysFor(stage, 'secretsmanager'),
    ],
    meta: [],
  };
}

/** `Ref` of a secret is its full ARN, random suffix included, so no pattern is needed. */
const readSecrets = (ids: readonly string[]): Statement =>
  allow('ReadSecrets', ['secretsmanager:GetSecretValue'], ids.map(ref));

/** The stack creates the log group, so the role may not create groups. */
const ownLogs = (stageName: string, name: FunctionName): Statement =>
  allow(
    'WriteOwnLogs',
    ['logs:CreateLogStream', 'logs:PutLogEvents'],
    [
      sub(
        `arn:\${AWS::Partition}:logs:\${AWS::Region}:\${AWS::AccountId}:log-group:/aws/lambda/${lambdaName(stageName, name)}:*`,
      ),
    ],
  );
