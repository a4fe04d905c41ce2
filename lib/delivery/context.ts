/** Everything outside a batch that its delivery needs. */
import type { DeliverySettings } from '../config/delivery-settings.ts';
import type { ConsentMode } from '../events/consent.ts';
import type { Destinations } from '../events/destination.ts';
import type { QueueClient } from '../queue/queue-client.ts';
import type { Telemetry } from '../telemetry/telemetry.ts';
import type { TikTokClient } from '../tiktok/client.ts';
import type { ReadToken } from './token-source.ts';

export interface DeliveryContext {
  readonly settings: {
    readonly destinations: Destinations;
    readonly queueUrl: string;
    readonly deadLetterQueueUrl: string;
    readonly delivery: DeliverySettings;
    readonly consent?: ConsentMode;
  };
  readonly clients: {
    readonly queue: QueueClient;
    readonly tiktok: TikTokClient;
    readonly readToken: ReadToken;
    readonly telemetry: Telemetry;
  };
  /** Unix milliseconds. */
  readonly now: () => number;
  /** From 0 to less than 1. */
  readonly random: () => number;
}
