/** What the role of the function `sync` may do: run the queries of the stage file, remember its runs, and report them. */
import type { StageSettings } from '../../lib/config/stage.ts';
import type { SyncSettings } from '../../lib/sync/settings.ts';
import { arnOf, ref, type Statement, sub } from '../cloudformation.ts';
import { lambdaName } from '../names.ts';
import { allow, keyFor, previousKeysFor } from '../rights.ts';
import { bucketArn, bucketOf, folderOf, objectsArn } from './s3-folder.ts';

/** The catalog of Glue; every other one is a data source of Athena. */
const glueCatalog = 'AwsDataCatalog';

export function syncRights(stage: StageSettings, stageName: string): Statement[] {
  const syncs = Object.values(stage.syncs);
  return [
    ...athenaRights(syncs),
    ...glueRights(syncs.filter(({ catalog }) => catalog === glueCatalog)),
    ...s3Rights(syncs),
    allow('RememberRuns', tableActions, [arnOf('SyncTable')]),
    ...keyFor(stage, 'dynamodb', ['kms:Decrypt', 'kms:DescribeKey']),
    ...previousKeysFor(stage, 'dynamodb'),
    allow('HandOver', ['lambda:InvokeFunction'], [syncFunctionArn(stageName)]),
    allow('SendNotices', ['sns:Publish'], [ref('AlarmTopic')]),
  ];
}

/** Not by reference, which would be a circle: the function needs its role. */
export const syncFunctionArn = (stageName: string) =>
  arnIn('lambda', `function:${lambdaName(stageName, 'sync')}`);

const tableActions = [
  'GetItem',
  'PutItem',
  'UpdateItem',
  'DeleteItem',
  'Query',
  'BatchGetItem',
  'BatchWriteItem',
].map((action) => `dynamodb:${action}`);

function athenaRights(syncs: readonly SyncSettings[]): Statement[] {
  const workgroups = unique(syncs.map(({ workgroup }) => `workgroup/${workgroup}`));
  const catalogs = unique(syncs.map(({ catalog }) => catalog)).filter((name) => name !== glueCatalog);
  const actions = ['StartQueryExecution', 'GetQueryExecution', 'GetQueryResults'];
  return [
    ...allowAny(
      'RunQueries',
      actions.map((action) => `athena:${action}`),
      inRegion('athena', workgroups),
    ),
    ...allowAny(
      'FindCatalogs',
      ['athena:GetDataCatalog'],
      inRegion(
        'athena',
        catalogs.map((name) => `datacatalog/${name}`),
      ),
    ),
  ];
}

/** Athena looks at the database `default` before each query. https://docs.aws.amazon.com/athena/latest/ug/fine-grained-access-to-glue-resources.html */
function glueRights(syncs: readonly SyncSettings[]): Statement[] {
  if (syncs.length === 0) return [];
  const databases = unique(syncs.map(({ database }) => `database/${database}`));
  const tables = unique(
    syncs.flatMap(({ database, tables }) =>
      (tables.length > 0 ? tables : ['*']).map((name) => `table/${database}/${name}`),
    ),
  );
  return [
    allow(
      'ReadDatabases',
      ['glue:GetDatabase', 'glue:GetDatabases'],
      inRegion('glue', unique(['catalog', 'database/default', ...databases])),
    ),
    allow(
      'ReadTables',
      ['GetTable', 'GetTables', 'GetPartition', 'GetPartitions', 'BatchGetPartition'].map(
        (name) => `glue:${name}`,
      ),
      inRegion('glue', ['catalog', ...databases, ...tables]),
    ),
  ];
}

function s3Rights(syncs: readonly SyncSettings[]): Statement[] {
  const data = unique(syncs.flatMap(({ data }) => data));
  const results = unique(syncs.flatMap(({ results }) => results ?? []));
  const rejects = unique(syncs.flatMap(({ rejects }) => rejects ?? []));
  const writing = ['PutObject', 'GetObject', 'AbortMultipartUpload', 'ListMultipartUploadParts'];
  return [
    ...allowAny('ReadData', ['s3:GetObject'], data.map(objectsArn)),
    ...data.map(listData),
    ...allowAny(
      'WriteResults',
      writing.map((action) => `s3:${action}`),
      results.map(objectsArn),
    ),
    ...allowAny('FindResults', ['s3:GetBucketLocation'], unique(results.map(bucketOf)).map(bucketArn)),
    ...allowAny('WriteRejects', ['s3:PutObject'], rejects.map(objectsArn)),
  ];
}

/** One statement for each folder: the condition belongs to one bucket. */
function listData(url: string, index: number): Statement {
  const folder = folderOf(url);
  const statement = allow(`ListData${index}`, ['s3:ListBucket'], [bucketArn(bucketOf(url))]);
  return folder === ''
    ? statement
    : { ...statement, Condition: { StringLike: { 's3:prefix': [folder, `${folder}/*`] } } };
}

const allowAny = (sid: string, actions: readonly string[], resources: readonly unknown[]): Statement[] =>
  resources.length > 0 ? [allow(sid, actions, resources)] : [];

const arnIn = (service: string, rest: string) =>
  sub(`arn:\${AWS::Partition}:${service}:\${AWS::Region}:\${AWS::AccountId}:${rest}`);

const inRegion = (service: string, names: readonly string[]) => names.map((name) => arnIn(service, name));

const unique = (texts: readonly string[]): string[] => [...new Set(texts)];
