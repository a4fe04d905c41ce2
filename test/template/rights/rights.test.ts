/** Promise 10, least rights: the compiled policies are simulated, what a function does and all that it must not do. */
import { describe, expect, test } from 'vitest';
import { compiledWith, fullStageFile, kmsKeyArn, previousKmsKeyArn } from '../full-stage.ts';
import { packageStage, stages } from '../package-stage.ts';
import { accountId, ofType, properties, region, resolved, type Template } from '../template.ts';
import { isAllowed } from './simulate-policy.ts';

const names = ['ingest', 'webhook', 'collect', 'deliver', 'oauth', 'meta'] as const;
type Name = (typeof names)[number];

const stage = 'full';
const aws = (service: string, rest: string) => `arn:aws:${service}:${region}:${accountId}:${rest}`;
const secret = (name: string) => aws('secretsmanager', `secret:tiktok-events/${stage}/${name}-AbCdEf`);
const logs = (name: Name) =>
  aws('logs', `log-group:/aws/lambda/tiktok-events-${stage}-${name}:log-stream:2026/11/22`);

const queue = aws('sqs', `tiktok-events-${stage}`);
const deadLetters = aws('sqs', `tiktok-events-${stage}-dlq`);
const destinations = [secret('destinations/default'), secret('destinations/second-shop')];

/** `action resource` pairs that the work of each function needs. */
const work: Readonly<Record<Name, readonly string[]>> = {
  ingest: [`sqs:SendMessage ${queue}`, `secretsmanager:GetSecretValue ${secret('ingest')}`],
  webhook: [`sqs:SendMessage ${queue}`, `secretsmanager:GetSecretValue ${secret('ingest')}`],
  collect: [`sqs:SendMessage ${queue}`],
  deliver: [
    ...['ReceiveMessage', 'DeleteMessage', 'ChangeMessageVisibility', 'GetQueueAttributes'].map(
      (action) => `sqs:${action} ${queue}`,
    ),
    `sqs:SendMessage ${deadLetters}`,
    ...destinations.map((arn) => `secretsmanager:GetSecretValue ${arn}`),
  ],
  oauth: [
    `secretsmanager:GetSecretValue ${secret('oauth-app')}`,
    `secretsmanager:GetSecretValue ${secret('connect')}`,
    ...['DescribeSecret', 'PutSecretValue'].flatMap((action) =>
      [secret('connect'), ...destinations].map((arn) => `secretsmanager:${action} ${arn}`),
    ),
  ],
  meta: [],
};

const ownLogs = (name: Name) => [`logs:PutLogEvents ${logs(name)}`];

const pairs = (actions: readonly string[], resources: readonly string[]) =>
  actions.flatMap((action) => resources.map((resource) => `${action} ${resource}`));

/** Everything that is tried with every role; only its own work may come out allowed. */
const tried = [
  ...pairs(
    [
      'SendMessage',
      'ReceiveMessage',
      'DeleteMessage',
      'ChangeMessageVisibility',
      'GetQueueAttributes',
      'PurgeQueue',
      'DeleteQueue',
      'SetQueueAttributes',
      'StartMessageMoveTask',
    ].map((action) => `sqs:${action}`),
    [
      queue,
      deadLetters,
      aws('sqs', 'tiktok-events-other'),
      `arn:aws:sqs:${region}:999988887777:tiktok-events-${stage}`,
    ],
  ),
  ...pairs(
    [
      'DescribeSecret',
      'GetSecretValue',
      'PutSecretValue',
      'UpdateSecret',
      'DeleteSecret',
      'PutResourcePolicy',
    ].map((action) => `secretsmanager:${action}`),
    [
      secret('ingest'),
      secret('oauth-app'),
      secret('connect'),
      ...destinations,
      aws('secretsmanager', 'secret:tiktok-events/other/ingest-AbCdEf'),
    ],
  ),
  ...pairs(['logs:PutLogEvents'], names.map(logs)),
  ...pairs(
    ['logs:CreateLogStream', 'logs:PutLogEvents'],
    [aws('logs', `log-group:/tiktok-events/${stage}/operator:log-stream:2026/11/22`)],
  ),
  ...pairs(
    ['logs:DeleteLogGroup', 'logs:PutRetentionPolicy'],
    [aws('logs', `log-group:/aws/lambda/tiktok-events-${stage}-ingest`)],
  ),
  ...pairs(['kms:Decrypt', 'kms:GenerateDataKey', 'kms:ScheduleKeyDeletion'], [kmsKeyArn, previousKmsKeyArn]),
  ...pairs(
    ['lambda:InvokeFunction', 'lambda:UpdateFunctionCode'],
    [aws('lambda', `function:tiktok-events-${stage}-deliver`)],
  ),
  ...pairs(['iam:PassRole', 'sts:AssumeRole'], [`arn:aws:iam::${accountId}:role/admin`]),
  ...pairs(['sns:Publish'], [aws('sns', 'AlarmTopic')]),
  ...pairs(['s3:GetObject', 's3:PutObject'], ['arn:aws:s3:::some-bucket/file']),
];

describe.each(names)('%s', (name) => {
  test(`the role of ${name} allows the work of ${name}`, async () => {
    const policy = policyOf(await packageStage(stage, fullStageFile()), name);
    const refused = await filterAsync(
      [...work[name], ...ownLogs(name)],
      async (pair) => !(await mayDo(policy, pair)),
    );
    expect(refused).toEqual([]);
  });

  test(`the role of ${name} allows nothing else`, async () => {
    const policy = policyOf(await packageStage(stage, fullStageFile()), name);
    const own = new Set([...work[name], ...ownLogs(name)]);
    const allowed = await filterAsync(tried, (pair) => mayDo(policy, pair));
    expect(allowed.filter((pair) => !own.has(pair))).toEqual([]);
  });
});

test.each([
  ['ingest', 'sqs', ['kms:Decrypt', 'kms:GenerateDataKey']],
  ['ingest', 'secretsmanager', ['kms:Decrypt']],
  ['deliver', 'sqs', ['kms:Decrypt', 'kms:GenerateDataKey']],
  ['deliver', 'secretsmanager', ['kms:Decrypt']],
  ['oauth', 'sqs', []],
  ['oauth', 'secretsmanager', ['kms:Decrypt', 'kms:GenerateDataKey']],
  ['meta', 'secretsmanager', []],
] as const)('%s may use the customer key through %s for %j', async (name, service, expected) => {
  const policy = policyOf(await packageStage(stage, fullStageFile()), name);
  const context = { 'kms:ViaService': `${service}.${region}.amazonaws.com` };
  const actions = ['kms:Decrypt', 'kms:GenerateDataKey', 'kms:Encrypt'];
  const allowed = await filterAsync(actions, (action) => mayDo(policy, `${action} ${kmsKeyArn}`, context));
  expect(allowed).toEqual(expected);
});

/** Keys of the stage that a function may use through each service of each region. */
const keyUses = ['sqs', 'secretsmanager', 'lambda'].flatMap((service) =>
  [region, 'us-east-1'].map((place) => `${service}.${place}.amazonaws.com`),
);

test.each([
  ['ingest', ['secretsmanager']],
  ['webhook', ['secretsmanager']],
  ['deliver', ['sqs', 'secretsmanager']],
  ['oauth', ['secretsmanager']],
  ['meta', []],
] as const)(
  '%s may decrypt with a previous key through %j of this region, and do nothing else with it',
  async (name, services) => {
    const policy = policyOf(await packageStage(stage, fullStageFile()), name);
    const actions = ['kms:Decrypt', 'kms:GenerateDataKey', 'kms:Encrypt'];
    const tries = keyUses.flatMap((through) => actions.map((action) => `${action} ${through}`));
    const allowed = await filterAsync(tries, (line) => {
      const [action = '', through = ''] = line.split(' ');
      return mayDo(policy, `${action} ${previousKmsKeyArn}`, { 'kms:ViaService': through });
    });
    expect(allowed).toEqual(services.map((service) => `kms:Decrypt ${service}.${region}.amazonaws.com`));
  },
);

test('a key that was removed from the stage file still decrypts, and no key encrypts', async () => {
  const { resources } = await compiledWith([['previousKmsKeyArns'], [previousKmsKeyArn]]);
  const template: Template = { Resources: resources.Resources, Outputs: {} };
  const context = { 'kms:ViaService': `sqs.${region}.amazonaws.com` };
  const policy = policyOf(template, 'deliver');
  expect(await mayDo(policy, `kms:Decrypt ${previousKmsKeyArn}`, context)).toBe(true);
  expect(JSON.stringify(resources)).not.toContain('kms:GenerateDataKey');
  expect(properties(template, 'EventQueue')).toMatchObject({ SqsManagedSseEnabled: true });
  expect(properties(template, 'SecretIngest').KmsKeyId).toBe('alias/aws/secretsmanager');
});

test.each(stages)(
  'in stage %s no right is a pattern, except for the streams of the own log group',
  async (name) => {
    for (const [id, role] of ofType(await packageStage(name), 'AWS::IAM::Role')) {
      expect(role.Properties).not.toHaveProperty('ManagedPolicyArns');
      const text = JSON.stringify(role.Properties.Policies);
      expect(text.replace(/:log-group:\/aws\/lambda\/[a-z-]+:\*/, '')).not.toContain('*');
      expect([id, (text.match(/"Allow"/g) ?? []).length > 0]).toEqual([id, true]);
    }
  },
);

test.each(stages)(
  'in stage %s only Lambda may take the roles, and only this API may call the functions',
  async (name) => {
    const template = await packageStage(name);
    for (const [, role] of ofType(template, 'AWS::IAM::Role')) {
      expect(role.Properties.AssumeRolePolicyDocument).toMatchObject({
        Statement: [{ Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
      });
    }
    for (const [, permission] of ofType(template, 'AWS::Lambda::Permission')) {
      expect(permission.Properties.Principal).toBe('apigateway.amazonaws.com');
      expect(JSON.stringify(permission.Properties.SourceArn)).toContain('HttpApi');
    }
  },
);

function policyOf(template: Template, name: Name): unknown {
  const role = properties(template, `${name.charAt(0).toUpperCase()}${name.slice(1)}Role`);
  const [inline] = resolved(role.Policies, template) as { PolicyDocument: unknown }[];
  return inline?.PolicyDocument;
}

function mayDo(policy: unknown, pair: string, context: Record<string, string> = {}): Promise<boolean> {
  const [action = '', resource = ''] = pair.split(' ');
  return isAllowed(policy, { action, resource, context });
}

async function filterAsync(
  items: readonly string[],
  keep: (item: string) => Promise<boolean>,
): Promise<string[]> {
  const kept: string[] = [];
  for (const item of items) if (await keep(item)) kept.push(item);
  return kept;
}
