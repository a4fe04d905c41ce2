/** Inside the boundary of `stack/ci/`, no role does more than a function of the gateway ever needs, whatever its policy says. */
import { describe, expect, test } from 'vitest';
import type { compileStage } from '../../../stack/compile.ts';
import { boundaryArn, compiledWith, fullStageFile, kmsKeyArn } from '../full-stage.ts';
import { packageStage } from '../package-stage.ts';
import { accountId, ofType, region, resolved } from '../template.ts';
import { allowedOf, ciPolicy, type Request, refusedOf } from './simulate-policy.ts';

const boundary = ciPolicy('permissions-boundary');
const syncBoundary = ciPolicy('sync-boundary');
const everything = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
};
const arn = (service: string, rest: string) => `arn:aws:${service}:${region}:${accountId}:${rest}`;
const through = (service: string) => ({ 'kms:ViaService': `${service}.${region}.amazonaws.com` });

interface Policy {
  readonly PolicyDocument: {
    readonly Statement: readonly {
      readonly Action: string[];
      readonly Resource: string[];
      readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | string[]>>>>;
    }[];
  };
}
type Statement = Policy['PolicyDocument']['Statement'][number];

/** Names as AWS gives them: of a stream in a log group, and of the topic. */
const deployed = (resource: string): string =>
  resource
    .replace(/(:log-group:.*):\*$/, '$1:log-stream:2026/11/22')
    .replace(/:AlarmTopic$/, ':tiktok-events-full-AlarmTopic-1A2B');

/** A request that meets the conditions of the statement. */
const contextOf = ({ Condition = {} }: Statement): Record<string, string> =>
  Object.fromEntries(
    Object.values(Condition).flatMap((keys) =>
      Object.entries(keys).map(([key, values]) => [key, [values].flat()[0] ?? '']),
    ),
  );

/** The rights of the roles of the stage with all options that the boundary takes away, by role. */
async function takenBy(around: unknown): Promise<[role: string, refused: string[]][]> {
  const template = await packageStage('full', fullStageFile());
  const taken: [string, string[]][] = [];
  for (const [id, { Properties }] of ofType(template, 'AWS::IAM::Role')) {
    const policies = resolved(Properties.Policies, template) as Policy[];
    const statements = policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
    const requests = statements.flatMap((statement) =>
      statement.Action.flatMap((action) =>
        statement.Resource.map((resource) => ({
          action,
          resource: deployed(resource),
          context: contextOf(statement),
          boundary: around,
        })),
      ),
    );
    expect(requests.length).toBeGreaterThan(0);
    const documents = policies.map(({ PolicyDocument }) => PolicyDocument);
    const renamed = JSON.parse(
      JSON.stringify(documents).replaceAll(/:AlarmTopic"/g, ':tiktok-events-full-AlarmTopic-1A2B"'),
    );
    taken.push([id, await refusedOf(renamed, requests)]);
  }
  return taken;
}

test('the boundary for syncs holds every permission of the roles of a stage with all options', async () => {
  const taken = await takenBy(syncBoundary);
  expect(taken.flatMap(([, refused]) => refused)).toEqual([]);
  expect(taken).toHaveLength(8);
});

test('the boundary holds every permission of the roles of a stage without syncs, and stops those of a sync', async () => {
  const taken = await takenBy(boundary);
  expect(taken.filter(([, refused]) => refused.length > 0).map(([id]) => id)).toEqual([
    'SyncRole',
    'SyncScheduleRole',
  ]);
});

test('the boundary for syncs is the other one, and more', () => {
  const { Statement } = syncBoundary as { Statement: unknown[] };
  expect(Statement).toEqual(expect.arrayContaining((boundary as { Statement: unknown[] }).Statement));
});

const own = {
  queue: arn('sqs', 'tiktok-events-prod'),
  secret: arn('secretsmanager', 'secret:tiktok-events/prod/ingest-AbCdEf'),
  logs: arn('logs', 'log-group:/aws/lambda/tiktok-events-prod-ingest'),
  stream: arn('logs', 'log-group:/aws/lambda/tiktok-events-prod-ingest:log-stream:2026/11/22'),
  function: arn('lambda', 'function:tiktok-events-prod-ingest'),
  role: `arn:aws:iam::${accountId}:role/tiktok-events-prod-IngestRole-1A2B`,
};
const request = (action: string, resource: string, context: Request['context'] = {}): Request => ({
  action,
  resource,
  context,
  boundary,
});

describe('a role with every right of the account, inside the boundary', () => {
  test('a role inside the boundary may do what a function does', async () => {
    const work = [
      request('sqs:SendMessage', own.queue),
      request('sqs:ReceiveMessage', own.queue),
      request('secretsmanager:GetSecretValue', own.secret),
      request('secretsmanager:PutSecretValue', own.secret),
      request('logs:PutLogEvents', own.stream),
      request('kms:Decrypt', kmsKeyArn, through('sqs')),
      request('kms:GenerateDataKey', kmsKeyArn, through('secretsmanager')),
    ];
    expect(await refusedOf(everything, work)).toEqual([]);
  });

  test('a role inside the boundary may do nothing else with its own parts', async () => {
    const beyond = [
      ...['PurgeQueue', 'DeleteQueue', 'SetQueueAttributes', 'AddPermission'].map((name) =>
        request(`sqs:${name}`, own.queue),
      ),
      ...['UpdateSecret', 'DeleteSecret', 'PutResourcePolicy'].map((name) =>
        request(`secretsmanager:${name}`, own.secret),
      ),
      ...['DeleteLogGroup', 'PutRetentionPolicy'].map((name) => request(`logs:${name}`, own.logs)),
      ...['UpdateFunctionCode', 'InvokeFunction', 'AddPermission'].map((name) =>
        request(`lambda:${name}`, own.function),
      ),
      ...['PutRolePolicy', 'PassRole', 'DeleteRolePermissionsBoundary', 'UpdateAssumeRolePolicy'].map(
        (name) => request(`iam:${name}`, own.role),
      ),
      ...['Decrypt', 'GenerateDataKey'].map((name) => request(`kms:${name}`, kmsKeyArn)),
      request('kms:Decrypt', kmsKeyArn, through('s3')),
      request('kms:Encrypt', kmsKeyArn, through('sqs')),
      request('kms:ScheduleKeyDeletion', kmsKeyArn),
    ];
    expect(await allowedOf(everything, beyond)).toEqual([]);
  });

  test('a role inside the boundary may do nothing with the rest of the account', async () => {
    const elsewhere = [
      request('sqs:ReceiveMessage', arn('sqs', 'payroll')),
      request('sqs:SendMessage', `arn:aws:sqs:${region}:999988887777:tiktok-events-prod`),
      request('secretsmanager:GetSecretValue', arn('secretsmanager', 'secret:payroll/key-AbCdEf')),
      request('logs:PutLogEvents', arn('logs', 'log-group:/aws/lambda/payroll:log-stream:1')),
      request('logs:PutLogEvents', arn('logs', 'log-group:/tiktok-events/prod/operator:log-stream:1')),
      request('lambda:UpdateFunctionCode', arn('lambda', 'function:payroll')),
      request('s3:GetObject', 'arn:aws:s3:::some-bucket/file'),
      request('sts:AssumeRole', `arn:aws:iam::${accountId}:role/admin`),
      request('iam:CreateUser', `arn:aws:iam::${accountId}:user/me`),
      request('iam:CreateRole', `arn:aws:iam::${accountId}:role/mine`),
      request('iam:CreatePolicyVersion', boundaryArn),
      request('cloudformation:UpdateStack', arn('cloudformation', 'stack/tiktok-events-prod/1a2b')),
    ];
    expect(await allowedOf(everything, elsewhere)).toEqual([]);
  });
});

describe('a role with every right of the account, inside the boundary for syncs', () => {
  const bucket = 'arn:aws:s3:::example-warehouse';
  const inside = (action: string, resource: string, context: Request['context'] = {}): Request => ({
    ...request(action, resource, context),
    boundary: syncBoundary,
  });

  test('a role may do what a sync does', async () => {
    const work = [
      inside('athena:StartQueryExecution', arn('athena', 'workgroup/marketing')),
      inside('glue:GetTable', arn('glue', 'table/shop/orders')),
      inside('s3:GetObject', `${bucket}/orders/1.parquet`),
      inside('dynamodb:UpdateItem', arn('dynamodb', 'table/tiktok-events-prod-syncs')),
      inside('lambda:InvokeFunction', arn('lambda', 'function:tiktok-events-prod-sync')),
      inside('sns:Publish', arn('sns', 'tiktok-events-prod-AlarmTopic-1A2B')),
      inside('kms:Decrypt', kmsKeyArn, through('dynamodb')),
    ];
    expect(await refusedOf(everything, work)).toEqual([]);
  });

  test('a role may change no query, no table of Glue and no bucket, and reads no other bucket', async () => {
    const beyond = [
      inside('athena:UpdateWorkGroup', arn('athena', 'workgroup/marketing')),
      inside('athena:CreateNamedQuery', arn('athena', 'workgroup/marketing')),
      inside('glue:UpdateTable', arn('glue', 'table/shop/orders')),
      inside('glue:DeleteTable', arn('glue', 'table/shop/orders')),
      inside('s3:DeleteObject', `${bucket}/orders/1.parquet`),
      inside('s3:PutBucketPolicy', bucket),
      inside('s3:GetObject', 'arn:aws:s3:::some-bucket/file'),
      inside('s3:ListBucket', 'arn:aws:s3:::some-bucket'),
      inside('dynamodb:DeleteTable', arn('dynamodb', 'table/tiktok-events-prod-syncs')),
      inside('dynamodb:GetItem', arn('dynamodb', 'table/payroll')),
      inside('lambda:InvokeFunction', own.function),
      inside('lambda:UpdateFunctionCode', arn('lambda', 'function:tiktok-events-prod-sync')),
      inside('sns:Publish', arn('sns', 'payroll')),
      inside('kms:Decrypt', kmsKeyArn, through('s3')),
      inside('kms:CreateGrant', kmsKeyArn, through('dynamodb')),
    ];
    expect(await allowedOf(everything, beyond)).toEqual([]);
  });
});

describe('permissionsBoundaryArn of the stage file', () => {
  type Compiled = Awaited<ReturnType<typeof compileStage>>;
  const boundaries = ({ resources }: Compiled) =>
    Object.values(resources.Resources).flatMap(({ Type, Properties }) =>
      Type === 'AWS::IAM::Role' ? [Properties.PermissionsBoundary] : [],
    );

  test('permissionsBoundaryArn surrounds every role', async () => {
    const compiled = await compiledWith([['permissionsBoundaryArn'], boundaryArn]);
    expect(boundaries(compiled)).toEqual(Array(5).fill(boundaryArn));
  });

  test('no role has a boundary when permissionsBoundaryArn is absent', async () => {
    expect(boundaries(await compiledWith())).toEqual(Array(5).fill(undefined));
  });

  test('permissionsBoundaryArn is the boundary that the policies of CI demand', () => {
    for (const name of ['deploy-policy', 'deploy-limits']) {
      const named = [...JSON.stringify(ciPolicy(name)).matchAll(/"iam:PermissionsBoundary":"([^"]+)"/g)];
      expect(named.map(([, value]) => value)).toEqual([boundaryArn]);
    }
  });
});
