/** A stage with syncs has a function, a table and schedules; a stage without them pays for none. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseStage } from '../../../lib/config/read-stage.ts';
import { syncSettings } from '../../../lib/config/sync/sync-settings.ts';
import { compileStage } from '../../../stack/compile.ts';
import { compiledWith, fullStageFile, kmsKeyArn, type Setting, stageFileWith, syncs } from '../full-stage.ts';
import { packageStage, stages } from '../package-stage.ts';
import { idleMonth, sumOf } from '../prices/prices.ts';
import { ofType, properties, resolved } from '../template.ts';

const full = () => packageStage('full', fullStageFile());

test.each(stages)('the stage %s has no part of a sync', async (stage) => {
  expect(JSON.stringify(await packageStage(stage))).not.toMatch(/"Sync|Scheduler|DynamoDB/);
});

test('each sync has a schedule, in one role that may run the function and nothing else', async () => {
  const template = await full();
  const schedules = ofType(template, 'AWS::Scheduler::Schedule');
  expect(schedules.map(([id, { Properties }]) => [id, resolved(Properties, template)])).toEqual([
    [
      'SyncScheduleOrders',
      expect.objectContaining({
        Name: 'tiktok-events-full-orders',
        FlexibleTimeWindow: { Mode: 'OFF' },
        ScheduleExpression: 'cron(0/15 * * * ? *)',
        ScheduleExpressionTimezone: 'Europe/Berlin',
        Target: {
          Arn: expect.stringContaining('SyncLambdaFunction'),
          RoleArn: expect.stringContaining('SyncScheduleRole'),
          Input: '{"sync":"orders","trigger":"schedule"}',
          RetryPolicy: { MaximumEventAgeInSeconds: 3600, MaximumRetryAttempts: 10 },
        },
      }),
    ],
    [
      'SyncScheduleVipDashmembers',
      expect.objectContaining({
        Name: 'tiktok-events-full-vip-members',
        ScheduleExpression: 'rate(1 day)',
        ScheduleExpressionTimezone: 'UTC',
      }),
    ],
  ]);
});

test('the function runs as long as Lambda allows, may start itself, and is repeated twice after a crash', async () => {
  const template = await full();
  expect(properties(template, 'SyncLambdaFunction')).toMatchObject({
    Timeout: 900,
    MemorySize: 512,
    RecursiveLoop: 'Allow',
  });
  expect(properties(template, 'SyncLambdaFunction')).not.toHaveProperty('ReservedConcurrentExecutions');
  expect(template.Resources.SyncLambdaFunction?.DependsOn).toContain('DeliverLambdaFunction');
  const [[, config] = []] = ofType(template, 'AWS::Lambda::EventInvokeConfig');
  expect(config?.Properties).toMatchObject({
    FunctionName: { Ref: 'SyncLambdaFunction' },
    MaximumRetryAttempts: 2,
    MaximumEventAgeInSeconds: 3600,
  });
  for (const [, { Properties }] of ofType(template, 'AWS::Lambda::Permission'))
    expect(JSON.stringify(Properties)).not.toContain('SyncLambdaFunction');
});

test('the function reads from its environment what the stage file says', async () => {
  const template = await full();
  const { Environment } = properties(template, 'SyncLambdaFunction');
  const variables = resolved((Environment as { Variables: object }).Variables, template) as Record<
    string,
    string
  >;
  expect(
    Object.keys(variables)
      .filter((name) => !name.startsWith('POWERTOOLS_'))
      .toSorted(),
  ).toEqual(['DESTINATIONS', 'NOTICE_TOPIC_ARN', 'QUEUE_URL', 'STAGE', 'SYNCS', 'SYNC_TABLE']);
  const settings = syncSettings({ ...variables, AWS_LAMBDA_FUNCTION_NAME: 'tiktok-events-full-sync' });
  expect(settings).toMatchObject({
    stage: 'full',
    table: 'tiktok-events-full-syncs',
    syncs: { orders: { cursor: 'updated_at' }, 'vip-members': { destination: 'default', audience: 'Vip' } },
  });
});

test('a long query travels as a file in the zip of the function', async () => {
  const long = { orders: { ...syncs.orders, query: `select ${'a, '.repeat(2000)} b from orders` } };
  const { environment } = await compiledWith([['syncs'], long]);
  expect(environment.sync).toMatchObject({ SETTINGS_FILE: 'settings.json' });
  expect(environment.sync).not.toHaveProperty('SYNCS');
});

test('the table outlives its stack, forgets by itself, and is encrypted with the key of the stage', async () => {
  const template = await full();
  expect(template.Resources.SyncTable).toMatchObject({
    DeletionPolicy: 'RetainExceptOnCreate',
    UpdateReplacePolicy: 'Retain',
    Properties: {
      TableName: 'tiktok-events-full-syncs',
      BillingMode: 'PAY_PER_REQUEST',
      TimeToLiveSpecification: { AttributeName: 'expires_at', Enabled: true },
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      SSESpecification: { SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: kmsKeyArn },
    },
  });
  expect(template.Outputs.SyncTableName?.Value).toEqual({ Ref: 'SyncTable' });
});

test('without a key of the stage, DynamoDB encrypts the table with its own', async () => {
  const { resources } = await compiledWith([['syncs'], syncs]);
  expect(resources.Resources.SyncTable?.Properties).not.toHaveProperty('SSESpecification');
});

test('a sync whose schedule would have too long a name is refused, with the length that fits', async () => {
  const settings = { ...syncs, 'members-of-the-club': syncs['vip-members'] };
  const stage = parseStage(stageFileWith([['syncs'], settings]), 'stages/x.yml');
  const message = await compileStage(stage, 'x'.repeat(32)).then(String, (error: Error) => error.message);
  expect(message.split('\n').slice(1)).toEqual([
    "  - syncs.members-of-the-club needs a name of 17 characters at most, because of the stage's name",
  ]);
  expect(await compileStage(stage, 'prod')).toHaveProperty('functions');
});

test('more tables than fit into the policy of a role are refused, with the remedy', async () => {
  const tables = (count: number) => Array.from({ length: count }, (_, index) => `table_number_${index}`);
  const withTables = (count: number) =>
    compiledWith([
      ['syncs'],
      {
        orders: { ...syncs.orders, tables: tables(count) },
        more: { ...syncs.orders, database: 'crm', tables: tables(count) },
      },
    ]);
  await expect(withTables(50)).rejects.toThrow('syncs name more tables and folders than fit');
  const { resources } = await withTables(20);
  const { Policies } = resources.Resources.SyncRole?.Properties ?? {};
  const template = { Resources: resources.Resources, Outputs: {} };
  expect(JSON.stringify(resolved(Policies, template)).length).toBeLessThan(10_240);
});

test('an alarm tells of a crashed run, with its section of the runbook', async () => {
  const alarm = properties(await full(), 'AlarmSyncErrors');
  expect(alarm).toMatchObject({
    Namespace: 'AWS/Lambda',
    MetricName: 'Errors',
    Dimensions: [{ Name: 'FunctionName', Value: 'tiktok-events-full-sync' }],
    Threshold: 1,
  });
  expect(alarm.AlarmDescription).toContain('docs/operations.md#sync-errors');
  expect(readFileSync(new URL('../../../docs/operations.md', import.meta.url), 'utf8')).toContain(
    '\n### sync-errors\n',
  );
});

test('an idle stage with syncs pays for one alarm more', async () => {
  const price = async (...settings: readonly Setting[]) => {
    const { resources } = await compiledWith(...settings);
    return sumOf(idleMonth({ Resources: resources.Resources, Outputs: {} }));
  };
  expect((await price([['syncs'], syncs])) - (await price())).toBeCloseTo(0.1, 5);
});
