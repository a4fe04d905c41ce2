/** Opens the journal of a stage: the memory of the gateway on this machine, or CloudWatch Logs of a deployed stage. */
import { functionLogGroup, operatorLogGroup } from '../../lib/config/names.ts';
import { regionOf } from '../stage/stack-outputs.ts';
import type { Stage } from '../stage/stage.ts';
import type { Journal } from './journal.ts';

/** The functions that write lines of the journal, with those that a stage may not have. */
const functions = ['ingest', 'webhook', 'collect', 'sync', 'deliver'] as const;

/** Throws a `CliError` when the stage has no logs yet, or a right is missing. */
export async function openJournal(stage: Stage): Promise<Journal> {
  if (stage.isLocal) {
    const { createLocalJournal } = await import('./local/local-journal.ts');
    return createLocalJournal(await stage.apiUrl());
  }
  const { CloudWatchLogsClient } = await import('@aws-sdk/client-cloudwatch-logs');
  const { createCloudWatchJournal } = await import('./aws/cloudwatch-journal.ts');
  const client = new CloudWatchLogsClient({ region: await regionOf(stage.name), maxAttempts: 5 });
  return createCloudWatchJournal({
    client,
    stage: stage.name,
    functionGroups: functions.map((name) => functionLogGroup(stage.name, name)),
    operatorGroup: operatorLogGroup(stage.name),
  });
}
