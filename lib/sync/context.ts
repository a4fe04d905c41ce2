/** What a run of a sync needs: settings, clients, clock. */
import type { Clock } from '../clock/clock.ts';
import type { ConsentMode } from '../events/consent.ts';
import type { Destinations } from '../events/destination.ts';
import type { QueueClient } from '../queue/queue-client.ts';
import type { Telemetry } from '../telemetry/telemetry.ts';
import type { AthenaApi } from './engine/athena.ts';
import type { Invoker } from './lambda.ts';
import type { FileStore } from './report/s3.ts';
import type { Publisher } from './report/sns.ts';
import type { SyncSettings, Syncs } from './settings.ts';
import type { SyncTable } from './state/dynamodb.ts';
import type { Lock } from './state/lock.ts';
import type { Run, SyncRecord } from './state/record.ts';

export interface SyncContext {
  readonly settings: {
    readonly stage: string;
    readonly queueUrl: string;
    readonly destinations: Destinations;
    readonly consent?: ConsentMode | undefined;
    readonly syncs: Syncs;
    /** Without it, a change of state is only logged. */
    readonly noticeTopicArn?: string | undefined;
    readonly functionName: string;
  };
  readonly clients: {
    readonly athena: AthenaApi;
    /** The items of one sync in the table of the stage. */
    readonly openTable: (sync: string) => SyncTable;
    readonly queue: QueueClient;
    readonly files: FileStore;
    readonly publisher: Publisher;
    readonly invoker: Invoker;
    readonly telemetry: Telemetry;
  };
  readonly clock: Clock;
  /** A fresh UUID. */
  readonly random: () => string;
}

/** Opened for one invocation. */
export interface Invocation {
  readonly sync: string;
  readonly settings: SyncSettings;
  readonly context: SyncContext;
  readonly table: SyncTable;
  readonly lock: Lock;
  readonly record: SyncRecord;
  readonly run: Run;
  /** Throws HandOver when Lambda would end soon. */
  readonly checkTime: () => void;
}

/** Ends an invocation before Lambda does; the next one goes on. */
export class HandOver extends Error {
  override readonly name = 'HandOver';
}
