/** The syncs of the gateway on this machine, in its own DynamoDB and Lambda. */
import { localSettings } from '../../cli/stage/local-settings.ts';
import { systemClock } from '../../lib/clock/clock.ts';
import { stackName, syncTableName } from '../../lib/config/names.ts';
import { credentials, region, stageName } from '../../local/stage.ts';
import type { SyncActions } from '../server/source.ts';
import { type SyncPlace, syncActions } from '../server/sync-actions.ts';

/** The description of the running stage, as `GET /_sandbox/info` gives it. */
export interface SyncInfo {
  readonly dynamodbUrl?: unknown;
  readonly lambdaUrl?: unknown;
}

export function gatewaySyncs(info: () => SyncInfo): SyncActions {
  let opened: Promise<SyncPlace> | undefined;
  return syncActions(
    () => localSettings(info()).syncs,
    () => {
      opened ??= openPlace(info());
      return opened;
    },
  );
}

async function openPlace({ dynamodbUrl, lambdaUrl }: SyncInfo): Promise<SyncPlace> {
  const { createDynamoDb, openSyncTable } = await import('../../lib/sync/state/dynamodb.ts');
  const { createInvoker } = await import('../../lib/sync/lambda.ts');
  const at = (url: unknown) => ({ endpoint: String(url), region, credentials });
  const client = createDynamoDb(at(dynamodbUrl));
  const invoker = createInvoker(at(lambdaUrl));
  return {
    table: (sync) => openSyncTable(client, syncTableName(stageName), sync, systemClock),
    start: (sync) => invoker.start(`${stackName(stageName)}-sync`, { sync, trigger: 'command' }),
  };
}
