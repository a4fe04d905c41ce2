/** The scheduled syncs of a stage: their settings, their table, and the function that runs them. */
import type { DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import { systemClock } from '../../lib/clock/clock.ts';
import { stackName, syncTableName } from '../../lib/config/names.ts';
import { readStage } from '../../lib/config/read-stage.ts';
import { readStageText, stageFileName } from '../../lib/config/stage-file.ts';
import { isLoopbackUrl } from '../../lib/schema/base-url.ts';
import type { Syncs } from '../../lib/sync/settings.ts';
import type { SyncTable } from '../../lib/sync/state/dynamodb.ts';
import { credentials, region as localRegion } from '../../local/stage.ts';
import { unavailable, usageError } from '../errors/cli-error.ts';
import { findLocal } from '../stage/local-stage.ts';
import { regionOf } from '../stage/stack-outputs.ts';
import { openStage } from '../stage/stage.ts';
import type { SharedOptions } from '../stage/stage-command.ts';
import { confirmChange } from '../terminal/confirm.ts';

export interface OpenSyncs {
  readonly stage: string;
  readonly isLocal: boolean;
  /** The syncs of the stage file, or of the gateway on this machine. */
  readonly syncs: Syncs;
  table(sync: string): SyncTable;
  /** Lambda keeps the event and runs the function soon. */
  start(sync: string): Promise<void>;
}

export async function openSyncs(options: SharedOptions): Promise<OpenSyncs> {
  const { name, isLocal } = openStage(options);
  const { syncs, dynamoDb, lambda } = isLocal ? await onThisMachine() : await deployed(name);
  const { createDynamoDb, openSyncTable } = await import('../../lib/sync/state/dynamodb.ts');
  const { createInvoker } = await import('../../lib/sync/lambda.ts');
  const client = createDynamoDb(dynamoDb);
  const invoker = createInvoker(lambda);
  return {
    stage: name,
    isLocal,
    syncs,
    table: (sync) => openSyncTable(client, syncTableName(name), sync, systemClock),
    start: (sync) => invoker.start(`${stackName(name)}-sync`, { sync, trigger: 'command' }),
  };
}

/** @throws a usage error that names the syncs there are */
export function requireSync({ syncs, stage, isLocal }: OpenSyncs, name: string): void {
  if (Object.hasOwn(syncs, name)) return;
  const known = Object.keys(syncs).join(', ');
  const where = isLocal ? 'The gateway of npm start' : stageFileName(stage);
  throw usageError(
    known === ''
      ? `${where} has no syncs. docs/sync.md#in-your-stack says how to add one.`
      : `${where} has no sync of this name, but: ${known}.`,
  );
}

/**
 * Opens the syncs to change one, once the user has confirmed it.
 * @param verb what the change does, such as `pause`
 */
export async function openToChange(sync: string, options: SharedOptions, verb: string): Promise<OpenSyncs> {
  const open = await openSyncs(options);
  requireSync(open, sync);
  const action = `${verb} the sync ${sync} of stage ${open.stage}`;
  await confirmChange({ isLoopback: open.isLocal, yes: options.yes === true, action });
  return open;
}

type Address = Pick<DynamoDBClientConfig, 'endpoint' | 'region' | 'credentials'>;

interface Place {
  readonly syncs: Syncs;
  readonly dynamoDb: Address;
  readonly lambda: Address;
}

async function deployed(stage: string): Promise<Place> {
  if (readStageText(stage) === undefined)
    throw unavailable(`There is no ${stageFileName(stage)} here: it says which syncs the stage has.`);
  const region = await regionOf(stage);
  return { syncs: readStage(stage).syncs, dynamoDb: { region }, lambda: { region } };
}

async function onThisMachine(): Promise<Place> {
  const { DynamoDbUrl, LambdaUrl, LocalSettings } = await findLocal();
  const isHere = (url: string | undefined): url is string => url !== undefined && isLoopbackUrl(url);
  if (!isHere(DynamoDbUrl) || !isHere(LambdaUrl))
    throw unavailable('The syncs of this machine were not found: is `npm start` running?');
  const at = (endpoint: string): Address => ({ endpoint, region: localRegion, credentials });
  return { syncs: LocalSettings?.syncs ?? {}, dynamoDb: at(DynamoDbUrl), lambda: at(LambdaUrl) };
}
