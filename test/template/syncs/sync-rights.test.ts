/** Promise 10, least rights: the role of the function `sync` reads what the stage file names, and nothing beside it. */
import { describe, expect, test } from 'vitest';
import { compiledWith, fullStageFile, kmsKeyArn, previousKmsKeyArn, syncs } from '../full-stage.ts';
import { packageStage } from '../package-stage.ts';
import { allowedOf, type Request, refusedOf } from '../rights/simulate-policy.ts';
import { accountId, properties, region, resolved, type Template } from '../template.ts';

const arn = (service: string, rest: string) => `arn:aws:${service}:${region}:${accountId}:${rest}`;
const bucket = 'arn:aws:s3:::example-warehouse';
const table = arn('dynamodb', 'table/tiktok-events-full-syncs');
const through = (service: string) => ({ 'kms:ViaService': `${service}.${region}.amazonaws.com` });

/** @param pairs `service:Action other actions resource`, one line a resource */
const requests = (
  ...lines: readonly (readonly [actions: string, resource: string, context?: Request['context']])[]
) =>
  lines.flatMap(([actions, resource, context = {}]) => {
    const [service = '', names = ''] = actions.split(':');
    return names.split(' ').map((name) => ({ action: `${service}:${name}`, resource, context }));
  });

const queries = 'athena:StartQueryExecution GetQueryExecution GetQueryResults';
const ofTables = 'glue:GetTable GetTables GetPartition GetPartitions BatchGetPartition';
const ofItems = 'dynamodb:GetItem PutItem UpdateItem DeleteItem Query BatchGetItem BatchWriteItem';
const writing = 's3:PutObject GetObject AbortMultipartUpload ListMultipartUploadParts';

const work = requests(
  [queries, arn('athena', 'workgroup/marketing')],
  [queries, arn('athena', 'workgroup/primary')],
  ['athena:GetDataCatalog', arn('athena', 'datacatalog/warehouse')],
  ['glue:GetDatabase GetDatabases', arn('glue', 'catalog')],
  ['glue:GetDatabase', arn('glue', 'database/default')],
  ['glue:GetDatabase', arn('glue', 'database/shop')],
  [ofTables, arn('glue', 'database/shop')],
  [ofTables, arn('glue', 'table/shop/orders')],
  [ofTables, arn('glue', 'table/shop/customers')],
  ['s3:GetObject', `${bucket}/shop/orders/day=1/1.parquet`],
  ['s3:GetObject', `${bucket}/shop/customers/1.parquet`],
  ['s3:ListBucket', bucket, { 's3:prefix': 'shop/orders/day=1/' }],
  ['s3:ListBucket', bucket, { 's3:prefix': 'shop/customers' }],
  [writing, `${bucket}/athena-results/1.csv`],
  ['s3:GetBucketLocation', bucket],
  ['s3:PutObject', `${bucket}/rejects/orders/1.ndjson`],
  [ofItems, table],
  ['lambda:InvokeFunction', arn('lambda', 'function:tiktok-events-full-sync')],
  ['sns:Publish', arn('sns', 'AlarmTopic')],
  ['sqs:SendMessage', arn('sqs', 'tiktok-events-full')],
  [
    'logs:CreateLogStream PutLogEvents',
    arn('logs', 'log-group:/aws/lambda/tiktok-events-full-sync:log-stream:1'),
  ],
  ['kms:Decrypt GenerateDataKey', kmsKeyArn, through('sqs')],
  ['kms:Decrypt DescribeKey', kmsKeyArn, through('dynamodb')],
  ['kms:Decrypt', previousKmsKeyArn, through('dynamodb')],
);

const beyond = requests(
  [queries, arn('athena', 'workgroup/finance')],
  ['athena:CreateNamedQuery UpdateWorkGroup DeleteWorkGroup', arn('athena', 'workgroup/marketing')],
  ['athena:GetDataCatalog', arn('athena', 'datacatalog/other')],
  ['glue:GetDatabase', arn('glue', 'database/payroll')],
  [ofTables, arn('glue', 'table/shop/salaries')],
  [ofTables, arn('glue', 'table/crm/members')],
  ['glue:UpdateTable DeleteTable', arn('glue', 'table/shop/orders')],
  ['s3:GetObject', `${bucket}/shop/orders-of-others/1.parquet`],
  ['s3:GetObject', `${bucket}/shop/1.parquet`],
  ['s3:GetObject', `${bucket}/rejects/orders/1.ndjson`],
  ['s3:GetObject PutObject', 'arn:aws:s3:::some-bucket/shop/orders/1.parquet'],
  ['s3:PutObject DeleteObject', `${bucket}/shop/orders/1.parquet`],
  ['s3:DeleteObject', `${bucket}/athena-results/1.csv`],
  ['s3:ListBucket', bucket],
  ['s3:ListBucket', bucket, { 's3:prefix': 'payroll/' }],
  ['s3:ListBucket', 'arn:aws:s3:::some-bucket', { 's3:prefix': 'shop/orders/' }],
  ['s3:PutBucketPolicy DeleteBucket', bucket],
  ['dynamodb:DeleteTable UpdateTable Scan', table],
  [ofItems, arn('dynamodb', 'table/tiktok-events-other-syncs')],
  ['lambda:InvokeFunction', arn('lambda', 'function:tiktok-events-full-deliver')],
  ['lambda:UpdateFunctionCode', arn('lambda', 'function:tiktok-events-full-sync')],
  ['sns:Publish', arn('sns', 'orders')],
  ['sqs:ReceiveMessage DeleteMessage PurgeQueue', arn('sqs', 'tiktok-events-full')],
  ['sqs:SendMessage', arn('sqs', 'tiktok-events-full-dlq')],
  ['secretsmanager:GetSecretValue', arn('secretsmanager', 'secret:tiktok-events/full/ingest-AbCdEf')],
  ['scheduler:UpdateSchedule', arn('scheduler', 'schedule/default/tiktok-events-full-orders')],
  ['iam:PassRole', `arn:aws:iam::${accountId}:role/admin`],
  ['kms:Decrypt', kmsKeyArn],
  ['kms:Decrypt', kmsKeyArn, through('secretsmanager')],
  ['kms:GenerateDataKey CreateGrant', kmsKeyArn, through('dynamodb')],
);

function policyOf(template: Template, role: string): unknown {
  const [inline] = resolved(properties(template, role).Policies, template) as { PolicyDocument: unknown }[];
  return inline?.PolicyDocument;
}

const ofFull = async (role: string) => policyOf(await packageStage('full', fullStageFile()), role);

describe('the role of sync', () => {
  test('the role of sync allows each call that the function makes', async () => {
    expect(await refusedOf(await ofFull('SyncRole'), work)).toEqual([]);
  });

  test('the role of sync allows nothing else', async () => {
    expect(await allowedOf(await ofFull('SyncRole'), beyond)).toEqual([]);
  });

  const compiled = async (settings: object): Promise<unknown> => {
    const { resources } = await compiledWith([['syncs'], settings]);
    return policyOf({ Resources: resources.Resources, Outputs: {} }, 'SyncRole');
  };

  test('a sync without tables reads all tables of its database, and no other database', async () => {
    const { tables: _all, ...orders } = syncs.orders;
    const policy = await compiled({ orders });
    expect(await refusedOf(policy, requests([ofTables, arn('glue', 'table/shop/salaries')]))).toEqual([]);
    expect(await allowedOf(policy, requests([ofTables, arn('glue', 'table/payroll/salaries')]))).toHaveLength(
      0,
    );
  });

  test('a sync of another catalog reads nothing of Glue and nothing of S3', async () => {
    const policy = JSON.stringify(await compiled({ vip: syncs['vip-members'] }));
    expect(policy).toContain('datacatalog/warehouse');
    expect(policy).not.toMatch(/"(glue|s3):/);
  });

  test('a whole bucket is listed without a prefix', async () => {
    const policy = await compiled({ orders: { ...syncs.orders, data: ['s3://example-warehouse/'] } });
    const all = requests(['s3:ListBucket', bucket], ['s3:GetObject', `${bucket}/any/file`]);
    expect(await refusedOf(policy, all)).toEqual([]);
  });
});

describe('the role of the schedules', () => {
  test('the role of the schedules may run the function, and nothing else', async () => {
    const policy = await ofFull('SyncScheduleRole');
    const run = requests(['lambda:InvokeFunction', arn('lambda', 'function:tiktok-events-full-sync')]);
    expect(await refusedOf(policy, run)).toEqual([]);
    const others = work.filter(({ action }) => action !== 'lambda:InvokeFunction');
    expect(await allowedOf(policy, [...others, ...beyond])).toEqual([]);
  });

  test('only schedules of this account may take the role of the schedules', async () => {
    const template = await packageStage('full', fullStageFile());
    const { AssumeRolePolicyDocument } = properties(template, 'SyncScheduleRole');
    expect(resolved(AssumeRolePolicyDocument, template)).toMatchObject({
      Statement: [
        {
          Principal: { Service: 'scheduler.amazonaws.com' },
          Condition: {
            StringEquals: {
              'aws:SourceAccount': accountId,
              'aws:SourceArn': arn('scheduler', 'schedule-group/default'),
            },
          },
        },
      ],
    });
  });
});
