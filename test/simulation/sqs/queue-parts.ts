/** What the queue of events is made of. */
import type { Random } from '../../support/random.ts';
import type { SqsTrouble, Surroundings } from '../world-parts.ts';
import type { DeadLetters } from './dead-letters.ts';

export interface QueueSettings {
  readonly visibilityTimeoutMs: number;
  readonly maxReceiveCount: number;
  readonly retentionMs: number;
  /** The most messages in flight: a receive beyond it gives none. SQS allows about 120,000. */
  readonly maxInFlight: number;
}

export interface EventQueueParts extends Pick<Surroundings, 'scheduler' | 'witness'> {
  readonly random: Random;
  readonly trouble: Pick<SqsTrouble, 'repeats'>;
  readonly settings: QueueSettings;
  readonly deadLetters: DeadLetters;
}
