/** How a stage delivers: its ladder, and how Lambda collects batches for its consumer. */
import type { DeliverySettings } from '../../lib/config/delivery-settings.ts';
import type { StageSettings } from '../../lib/config/stage.ts';
import { pacedConcurrency } from '../../stack/compile.ts';
import { visibilitySeconds } from '../../stack/queues/queues.ts';
import { delivery, mapping } from '../stage.ts';

export interface StageDelivery {
  readonly settings: DeliverySettings;
  readonly mapping: typeof mapping;
}

/** Short steps, so that you can watch a recovery. */
export const ownDelivery: StageDelivery = { settings: delivery, mapping };

/** @returns what the stack makes of the stage file; the batch size is the same in every stage */
export function deliveryOf(stage: StageSettings): StageDelivery {
  const { retryStepsSeconds, holdStepsSeconds, maxReceiveCount, windowSeconds, timeoutSeconds } =
    stage.delivery;
  return {
    settings: { retryStepsSeconds, holdStepsSeconds, maxReceiveCount },
    mapping: {
      batchSize: mapping.batchSize,
      windowMs: windowSeconds * 1000,
      maximumConcurrency: pacedConcurrency(stage),
      timeoutMs: timeoutSeconds * 1000,
      visibilityTimeoutSeconds: visibilitySeconds(stage),
    },
  };
}
