/** Everything that the collector needs from outside: settings, clients and chance. */
import type { Destinations } from '../events/destination.ts';
import type { QueueClient } from '../queue/queue-client.ts';
import type { Telemetry } from '../telemetry/telemetry.ts';
import type { CollectSettings } from './settings.ts';

export interface CollectContext {
  readonly settings: {
    readonly destinations: Destinations;
    readonly queueUrl: string;
    readonly collect: CollectSettings;
    /** Names that another source of the stage sends: the browser's are skipped. */
    readonly untouched: readonly string[];
    /** Takes events of bots: test browsers call themselves HeadlessChrome. */
    readonly keepsBots: boolean;
    /** Every request comes from the stage's own proxy, whose headers can be trusted. */
    readonly isBehindProxy: boolean;
  };
  readonly clients: { readonly queue: QueueClient; readonly telemetry: Telemetry };
  /** A fresh id that nobody can guess, for an event that has nothing to derive one from. */
  readonly random: () => string;
}

/** When and under which trace a request arrived. */
export interface Arrival {
  readonly receivedAtMs: number;
  readonly trace: string;
}
