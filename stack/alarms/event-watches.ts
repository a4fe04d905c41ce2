/** Alarms on the outcome of events, from the metrics that the functions write. */
import type { StageSettings } from '../../lib/config/stage.ts';
import { own } from '../metrics.ts';
import type { Watches } from './alarm.ts';

export function eventWatches({ alarms: thresholds, collect }: StageSettings, stage: string): Watches {
  const delivered = own(stage, 'EventsDelivered');
  const retried = own(stage, 'EventsRetried');
  const parked = own(stage, 'EventsParked');
  const rejected = own(stage, 'EventsRejected');
  const skipped = own(stage, 'EventsSkipped');
  return {
    'held-events': {
      problem: 'Events are on hold because TikTok refuses the token, the account or a permission.',
      runbook: 'held-events',
      threshold: thresholds.heldEvents,
      measure: { metric: own(stage, 'EventsHeld') },
    },
    // SQS's age of the oldest message ignores messages that wait for their next attempt, so an outage needs its own alarm.
    'retried-events': {
      problem: 'TikTok is not accepting events: a large share of them waits for the next attempt.',
      runbook: 'retried-events',
      threshold: thresholds.retriedPercent,
      periods: 3,
      measure: { part: [retried], whole: [delivered, retried] },
    },
    'refused-events': {
      problem: 'TikTok refuses a large share of the events because of their content.',
      runbook: 'refused-events',
      threshold: thresholds.refusedPercent,
      measure: { part: [parked], whole: [delivered, parked] },
    },
    'partial-deliveries': {
      problem: 'TikTok accepted only part of the events in a call (code 20001).',
      runbook: 'partial-deliveries',
      threshold: thresholds.partialDeliveries,
      measure: { metric: own(stage, 'EventsPartial') },
    },
    'events-not-queued': {
      problem: 'Valid events could not be queued; the senders were asked to retry them.',
      runbook: 'events-not-queued',
      threshold: thresholds.notQueuedEvents,
      measure: { metric: own(stage, 'EventsNotQueued') },
    },
    'rejected-events': {
      problem: 'The API rejects a large share of the posted events because of their content.',
      runbook: 'rejected-events',
      threshold: thresholds.rejectedPercent,
      periods: 2,
      measure: { part: [rejected], whole: [own(stage, 'EventsAccepted'), rejected] },
    },
    ...(collect && {
      'skipped-events': {
        problem: 'The collector skips a large share of what browsers send.',
        runbook: 'skipped-events',
        threshold: thresholds.skippedPercent,
        periods: 3,
        measure: { part: [skipped], whole: [own(stage, 'EventsCollected'), skipped] },
      },
    }),
    'authentication-failures': {
      problem: 'Many requests have a wrong key or signature.',
      runbook: 'authentication-failures',
      threshold: thresholds.authenticationFailures,
      measure: { metric: own(stage, 'AuthFailures') },
    },
    'tiktok-latency': {
      problem: 'TikTok answers slowly.',
      runbook: 'tiktok-latency',
      threshold: thresholds.tiktokLatencyMs,
      periods: 3,
      measure: { metric: own(stage, 'TikTokLatency', 'p95') },
    },
  };
}
