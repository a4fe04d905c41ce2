/** What scheduled syncs need of AWS: Athena, DynamoDB, Lambda, SNS and S3. All listen at once and load for the first request. */
import { stackName, syncTableName } from '../../lib/config/names.ts';
import type { Syncs } from '../../lib/sync/settings.ts';
import { type AthenaServer, startAthena } from '../athena/athena.ts';
import { type NoticesServer, startNotices } from '../aws/notices.ts';
import { type ObjectsServer, startObjects } from '../aws/objects.ts';
import { type DynamoDbServer, startDynamoDb } from '../dynamodb/dynamodb.ts';
import { type InvokeServer, startInvokeServer } from '../lambda/invoke-server.ts';
import type { LocalStage } from '../stage/local-stage.ts';
import { accountId, region, stageName } from '../stage.ts';
import { printFailure, printNotice } from './print-lines.ts';
import { createSyncFunction } from './sync-function.ts';
import { tablesFolderOf } from './tables-folder.ts';

export interface SyncServicesSettings {
  readonly stage: Pick<LocalStage, 'name' | 'syncs'>;
  /** The folder with the tables, when it is not the stage's own. */
  readonly tablesFolder?: string | undefined;
  readonly onError: (error: unknown) => void;
}

export interface SyncServices {
  /** For the command line. */
  readonly addresses: {
    readonly athenaUrl: string;
    readonly dynamodbUrl: string;
    readonly lambdaUrl: string;
  };
  /** What the function `sync` needs in its environment, besides what depends on the stage. */
  readonly environment: Readonly<Record<string, string>>;
  readonly tablesFolder: string | undefined;
  readonly athena: AthenaServer;
  readonly dynamodb: DynamoDbServer;
  readonly lambda: InvokeServer;
  readonly notices: NoticesServer;
  readonly objects: ObjectsServer;
  /** Knows the workgroups of these syncs from now on. */
  useSyncs(syncs: Syncs | undefined): void;
  /** The next run reads the environment again. */
  reload(): void;
  stop(): Promise<void>;
}

/** As long as the deployed function has. */
const timeoutMs = 900_000;
const outputLocation = 's3://local-athena-results/';
const name = `${stackName(stageName)}-sync`;
const topicArn = `arn:aws:sns:${region}:${accountId}:${stageName}-alarms`;

export async function startSyncServices(settings: SyncServicesSettings): Promise<SyncServices> {
  const { stage, onError } = settings;
  const tablesFolder = tablesFolderOf(stage.name, settings.tablesFolder);
  const { invoke, reload } = createSyncFunction();
  const [athena, dynamodb, lambda, notices, objects] = await Promise.all([
    startAthena({ tablesFolder, onFailed: printFailure }),
    startDynamoDb({ region, table: syncTableName(stageName) }),
    startInvokeServer({ functions: { [name]: { invoke, timeoutMs } }, onError }),
    startNotices({ topicArns: [topicArn], onNotice: printNotice }),
    startObjects(),
  ]);
  const useSyncs: SyncServices['useSyncs'] = (syncs = {}) => {
    for (const { workgroup } of Object.values(syncs)) athena.workgroups.set(workgroup, { outputLocation });
  };
  useSyncs(stage.syncs);
  return {
    addresses: { athenaUrl: athena.url, dynamodbUrl: dynamodb.url, lambdaUrl: lambda.url },
    environment: {
      SYNC_TABLE: syncTableName(stageName),
      NOTICE_TOPIC_ARN: topicArn,
      AWS_LAMBDA_FUNCTION_NAME: name,
      AWS_ENDPOINT_URL_ATHENA: athena.url,
      AWS_ENDPOINT_URL_DYNAMODB: dynamodb.url,
      AWS_ENDPOINT_URL_LAMBDA: lambda.url,
      AWS_ENDPOINT_URL_SNS: notices.url,
      AWS_ENDPOINT_URL_S3: objects.url,
    },
    tablesFolder,
    athena,
    dynamodb,
    lambda,
    notices,
    objects,
    useSyncs,
    reload,
    stop: async () => {
      await Promise.all([athena, dynamodb, lambda, notices, objects].map((server) => server.stop()));
    },
  };
}
