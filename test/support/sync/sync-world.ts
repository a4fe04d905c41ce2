/** Everything that a run of a sync touches, on this machine: DynamoDB's protocol is real, time is virtual. */
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Clock } from '../../../lib/clock/clock.ts';
import type { SyncContext } from '../../../lib/sync/context.ts';
import { syncSchema } from '../../../lib/sync/settings.ts';
import { createDynamoDb, openSyncTable } from '../../../lib/sync/state/dynamodb.ts';
import { startDynamoDb } from '../../../local/dynamodb/dynamodb.ts';
import { createMemoryQueue } from '../queue/memory-queue.ts';
import { recordTelemetry } from '../telemetry.ts';
import { createMemoryAthena, type MemoryTable } from './memory-athena.ts';

const table = 'tiktok-events-test-syncs';

export interface VirtualClock extends Clock {
  advance(ms: number): void;
}

/** @param stepMs passes with each look at the clock, so that a run saves often */
export function createVirtualClock(startMs: number, stepMs = 0): VirtualClock {
  let nowMs = startMs;
  return {
    now: () => {
      nowMs += stepMs;
      return nowMs;
    },
    pause: async (ms) => {
      nowMs += ms;
    },
    timeout: () => new AbortController().signal,
    advance: (ms) => {
      nowMs += ms;
    },
  };
}

export async function startTable() {
  const server = await startDynamoDb({ region: 'us-east-1', table });
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = createDynamoDb({ endpoint: server.url, region: 'us-east-1', credentials });
  return {
    client,
    server,
    stop: async () => {
      client.destroy();
      await server.stop();
    },
  };
}

export interface SyncWorld {
  readonly context: SyncContext;
  readonly clock: VirtualClock;
  readonly queue: ReturnType<typeof createMemoryQueue>;
  readonly athena: ReturnType<typeof createMemoryAthena>;
  /** Subjects of the notices. */
  readonly notices: string[];
  /** Files by their address. */
  readonly files: Map<string, string>;
  /** Events with which the function started itself. */
  readonly invocations: object[];
}

/** Never the same twice: Athena starts the same request once. */
let ids = 0;

/** @param settings of the sync `orders`, beside those that every test needs */
export function createSyncWorld(
  dynamoDb: DynamoDBClient,
  memory: MemoryTable,
  settings: object,
  { name = 'orders', stepMs = 0, rowsPerPage = 7 } = {},
): SyncWorld {
  const clock = createVirtualClock(Date.parse('2026-11-27T12:00:00Z'), stepMs);
  const queue = createMemoryQueue();
  const athena = createMemoryAthena(memory, rowsPerPage);
  const notices: string[] = [];
  const files = new Map<string, string>();
  const invocations: object[] = [];
  const context: SyncContext = {
    settings: {
      stage: 'test',
      queueUrl: 'https://queue.example',
      destinations: { default: { pixelCode: 'PIXEL', eventSource: 'web', currency: 'USD', country: 'US' } },
      syncs: {
        [name]: syncSchema().parse({
          engine: 'athena',
          database: 'shop',
          query: 'select * from orders',
          schedule: 'rate(1 hour)',
          ...settings,
        }),
      },
      noticeTopicArn: 'arn:aws:sns:us-east-1:000000000000:alarms',
      functionName: 'tiktok-events-test-sync',
    },
    clients: {
      athena,
      openTable: (sync) => openSyncTable(dynamoDb, table, sync, clock),
      queue,
      files: { put: async (folder, file, text) => void files.set(`${folder}/${file}`, text) },
      publisher: { publish: async (_topic, subject) => void notices.push(subject) },
      invoker: { start: async (_name, event) => void invocations.push(event) },
      telemetry: recordTelemetry(),
    },
    clock,
    random: () => `00000000-0000-4000-8000-${String(++ids).padStart(12, '0')}`,
  };
  return { context, clock, queue, athena, notices, files, invocations };
}

/** The event ids in a queue, in the order in which they were sent. */
export const eventIds = ({ sent }: SyncWorld['queue']): string[] =>
  sent.map(({ message }) => (JSON.parse(message.body) as { event: { event_id: string } }).event.event_id);
