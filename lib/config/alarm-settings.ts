/** The thresholds of a stage's alarms, and who hears of them. */
import * as z from 'zod/mini';
import { ratio, text, whole } from './setting-forms.ts';

export const alarmsSchema = z.strictObject({
  notify: z.boolean(),
  email: z.optional(text(/^[^@\s]+@[^@\s]+$/, 'an e-mail address')),
  subscribedElsewhere: z.optional(z.boolean()),
  deadLetters: whole(1, 1_000_000),
  queueAgeWarningSeconds: whole(60, 86_400),
  queueAgeCriticalSeconds: whole(60, 86_400),
  inFlight: whole(100, 120_000),
  serverErrorPercent: ratio(0.01, 100),
  clientErrorPercent: ratio(0.01, 100),
  throttledRequests: whole(1, 1_000_000),
  ingestLatencyMs: whole(50, 10_000),
  deliverErrors: whole(1, 1000),
  throttles: whole(1, 100_000),
  heldEvents: whole(1, 1_000_000),
  retriedPercent: ratio(0.01, 100),
  refusedPercent: ratio(0.01, 100),
  partialDeliveries: whole(1, 1_000_000),
  notQueuedEvents: whole(1, 1_000_000),
  rejectedPercent: ratio(0.01, 100),
  /** Of a stage with a collector: the share of browser events that were skipped, and runs of the collector that crashed. */
  skippedPercent: z._default(ratio(0.01, 100), 90),
  collectErrors: z._default(whole(1, 1000), 5),
  /** Of a stage with syncs: runs that crashed. */
  syncErrors: z._default(whole(1, 1000), 1),
  authenticationFailures: whole(1, 1_000_000),
  tiktokLatencyMs: whole(100, 10_000),
  awsErrors: whole(1, 1_000_000),
  concurrentExecutions: whole(5, 100_000),
  brokenMetrics: whole(1, 1_000_000),
  /** Width of the expected band of traffic in standard deviations; 0 removes the alarm. */
  trafficDeviations: ratio(0, 10),
  /** CloudWatch looks back 7 days at most; 0 removes the alarm. */
  quietHours: whole(0, 168),
});
