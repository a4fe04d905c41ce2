/** Scheduled syncs: rows of a query → checked events → queue. */
import { randomUUID } from 'node:crypto';
import type { Context } from 'aws-lambda';
import { systemClock } from '../lib/clock/clock.ts';
import { syncSettings } from '../lib/config/sync/sync-settings.ts';
import { createQueueClient } from '../lib/queue/queue-client.ts';
import { createAthenaApi } from '../lib/sync/engine/athena.ts';
import { createInvoker } from '../lib/sync/lambda.ts';
import { createFileStore } from '../lib/sync/report/s3.ts';
import { createPublisher } from '../lib/sync/report/sns.ts';
import { runSync, type SyncAnswer, type SyncEvent } from '../lib/sync/run-sync.ts';
import { createDynamoDb, openSyncTable } from '../lib/sync/state/dynamodb.ts';
import { createTelemetry } from '../lib/telemetry/telemetry.ts';

const settings = syncSettings(process.env);
const telemetry = createTelemetry(settings.stage);
const dynamoDb = createDynamoDb();
const clients = {
  athena: createAthenaApi(),
  openTable: (sync: string) => openSyncTable(dynamoDb, settings.table, sync, systemClock),
  queue: createQueueClient(),
  files: createFileStore(),
  publisher: createPublisher(),
  invoker: createInvoker(),
  telemetry,
};
const context = { settings, clients, clock: systemClock, random: randomUUID };

export async function handler(event: SyncEvent, lambda: Context): Promise<SyncAnswer> {
  try {
    return await runSync(event, () => lambda.getRemainingTimeInMillis(), context);
  } finally {
    telemetry.flush();
  }
}
