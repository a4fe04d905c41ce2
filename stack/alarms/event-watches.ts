/** Alarms on what becomes of events, from the metrics that the functions write. */
import type { StageSettings } from '../../lib/config/stage.ts';
import { own } from '../metrics.ts';
import type { Watches } from './alarm.ts';

export function eventWatches({ alarms: at }: StageSettings, stage: string): Watches {
  const delivered = own(stage, 'EventsDelivered');
  const retried = own(stage, 'EventsRetried');
  const parked = own(stage, 'EventsParked');
  const rejected = own(stage, 'EventsRejected');
  return {
    'held-events': {
      says: 'Events wait because TikTok refuses the token, the account or a permission.',
      runbook: 'held-events',
      threshold: at.heldEvents,
      measure: { metric: own(stage, 'EventsHeld') },
    },
    // SQS's age of the oldest message leaves out what waits for its next attempt, so an outage needs a watch of its own.
    'retried-events': {
      says: 'TikTok does not take events at the moment: a notable share waits for its next attempt.',
      runbook: 'retried-events',
      threshold: at.retriedPercent,
      periods: 3,
      measure: { part: [retried], whole: [delivered, retried] },
    },
    'refused-events': {
      says: 'TikTok refuses a notable share of the events for their content.',
      runbook: 'refused-events',
      threshold: at.refusedPercent,
      measure: { part: [parked], whole: [delivered, parked] },
    },
    'partial-deliveries': {
      says: 'TikTok took events in part only (code 20001).',
      runbook: 'partial-deliveries',
      threshold: at.partialDeliveries,
      measure: { metric: own(stage, 'EventsPartial') },
    },
    'events-not-queued': {
      says: 'Accepted events could not be queued; their callers were told to send them again.',
      runbook: 'events-not-queued',
      threshold: at.notQueuedEvents,
      measure: { metric: own(stage, 'EventsNotQueued') },
    },
    'rejected-events': {
      says: 'A notable share of the posted events is refused for its content.',
      runbook: 'rejected-events',
      threshold: at.rejectedPercent,
      periods: 2,
      measure: { part: [rejected], whole: [own(stage, 'EventsAccepted'), rejected] },
    },
    'authentication-failures': {
      says: 'Many requests come with a wrong key or signature.',
      runbook: 'authentication-failures',
      threshold: at.authenticationFailures,
      measure: { metric: own(stage, 'AuthFailures') },
    },
    'tiktok-latency': {
      says: 'TikTok answers slowly.',
      runbook: 'tiktok-latency',
      threshold: at.tiktokLatencyMs,
      periods: 3,
      measure: { metric: own(stage, 'TikTokLatency', 'p95') },
    },
  };
}
