/** One role per function with exactly the actions and resources that its work needs (promise 10). */
import type { StageSettings } from '../lib/config/stage.ts';
import { arnOf, policy, type Resource, type Resources, ref, type Statement, sub } from './cloudformation.ts';
import { type FunctionName, functionsOf, lambdaName } from './names.ts';
import { secretIds } from './secrets.ts';

export const roleId = (name: FunctionName): string => `${name.charAt(0).toUpperCase()}${name.slice(1)}Role`;

export function roles(stage: StageSettings, stageName: string): Resources {
  const rights = rightsOf(stage);
  return Object.fromEntries(
    functionsOf(stage).map((name) => [
      roleId(name),
      role(stage, [ownLogs(stageName, name), ...rights[name]]),
    ]),
  );
}

function rightsOf(stage: StageSettings): Readonly<Record<FunctionName, readonly Statement[]>> {
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

const allow = (sid: string, actions: readonly string[], resources: readonly unknown[]): Statement => ({
  Sid: sid,
  Effect: 'Allow',
  Action: actions,
  Resource: resources,
});

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

type KeyUser = 'sqs' | 'secretsmanager';

/** The role may use the KMS key only through the service that needs it. */
function keyFor({ kmsKeyArn }: StageSettings, through: KeyUser, actions: readonly string[]): Statement[] {
  if (!kmsKeyArn) return [];
  return [throughService(through, allow(`UseKeyFor${keyUses[through]}`, actions, [kmsKeyArn]))];
}

/** Earlier keys only decrypt: a message or secret stays encrypted with the key that was current when it was written. */
function previousKeysFor({ previousKmsKeyArns = [] }: StageSettings, through: KeyUser): Statement[] {
  if (previousKmsKeyArns.length === 0) return [];
  const sid = `ReadWithPreviousKeysFor${keyUses[through]}`;
  return [throughService(through, allow(sid, ['kms:Decrypt'], previousKmsKeyArns))];
}

const keyUses = { sqs: 'Queue', secretsmanager: 'Secrets' } as const;

const throughService = (service: KeyUser, statement: Statement): Statement => ({
  ...statement,
  Condition: {
    StringEquals: { 'kms:ViaService': sub(`${service}.\${AWS::Region}.amazonaws.com`) },
  },
});

/** The permissions boundary of the stage file, if there is one, limits the role whatever its policy allows. */
const role = ({ permissionsBoundaryArn }: StageSettings, statements: readonly Statement[]): Resource => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    AssumeRolePolicyDocument: policy([
      {
        Sid: 'LambdaOnly',
        Effect: 'Allow',
        Principal: { Service: 'lambda.amazonaws.com' },
        Action: 'sts:AssumeRole',
      },
    ]),
    Policies: [{ PolicyName: 'work', PolicyDocument: policy(statements) }],
    ...(permissionsBoundaryArn ? { PermissionsBoundary: permissionsBoundaryArn } : {}),
  },
});
