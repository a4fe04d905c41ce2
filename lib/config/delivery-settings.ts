/** The retry settings of delivery: when a message is tried again, and when it is parked. */
import * as z from 'zod/mini';

/** SQS keeps a message invisible for 12 hours at most. */
const seconds = () => z.int().check(z.gte(1), z.lte(43_200));
const steps = () => z.array(seconds()).check(z.minLength(1), z.maxLength(20));

export const deliverySchema = () =>
  z.strictObject({
    /** Seconds until the next attempt after a failure at TikTok, by receive; the last step repeats. */
    retryStepsSeconds: steps(),
    /** The same for messages that wait for a person: token, permission, configuration. */
    holdStepsSeconds: steps(),
    /** Receives after which SQS moves a message to the dead-letter queue; the last but one parks it with its reason. */
    maxReceiveCount: z.int().check(z.gte(3), z.lte(1000)),
  });

export type DeliverySettings = z.infer<ReturnType<typeof deliverySchema>>;
