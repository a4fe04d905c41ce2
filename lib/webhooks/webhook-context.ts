/** Everything that receiving a webhook needs from outside: settings, clients, the clock and chance. */
import type { Destinations } from '../events/destination.ts';
import type { QueueClient } from '../queue/queue-client.ts';
import type { SecretCache } from '../secrets/secret-cache.ts';
import type { IngestSecret } from '../secrets/secret-values.ts';
import type { Telemetry } from '../telemetry/telemetry.ts';

export interface WebhookContext {
  readonly settings: {
    readonly destinations: Destinations;
    readonly queueUrl: string;
    /** Where a program on this machine offers the APIs of the platforms: http, without a slash at its end. */
    readonly platformApiUrl?: string | undefined;
  };
  readonly clients: {
    readonly queue: QueueClient;
    readonly secrets: SecretCache<IngestSecret>;
    readonly telemetry: Telemetry;
  };
  /** Unix milliseconds. */
  readonly now: () => number;
  /** A fresh id that nobody can guess, for an event that has nothing to derive one from. */
  readonly random: () => string;
}
