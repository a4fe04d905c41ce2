/** Alarms on the queue and its dead letters, and on what comes in. */
import type { StageSettings } from '../../lib/config/stage.ts';
import { deadLetters, queue } from '../metrics.ts';
import type { Watches } from './alarm.ts';

export function queueWatches({ alarms: at }: StageSettings, stage: string): Watches {
  const age = queue(stage, 'ApproximateAgeOfOldestMessage', 'Maximum');
  const sent = queue(stage, 'NumberOfMessagesSent', 'Sum');
  return {
    'dead-letters': {
      says: 'Messages lie in the dead-letter queue.',
      runbook: 'dead-letters',
      threshold: at.deadLetters,
      // SQS writes no metrics of a queue that nobody touched for six hours: the letters are still there.
      keepsState: true,
      measure: { metric: deadLetters(stage) },
    },
    'queue-age-warning': {
      says: 'Events wait longer than they should.',
      runbook: 'queue-age-warning',
      threshold: at.queueAgeWarningSeconds,
      periods: 2,
      measure: { metric: age },
    },
    'queue-age-critical': {
      says: 'Events wait very long: delivery stands still or cannot keep up.',
      runbook: 'queue-age-critical',
      threshold: at.queueAgeCriticalSeconds,
      measure: { metric: age },
    },
    'in-flight': {
      says: 'So many messages wait for their next attempt that SQS may soon hand out no more.',
      runbook: 'in-flight',
      threshold: at.inFlight,
      measure: { metric: queue(stage, 'ApproximateNumberOfMessagesNotVisible', 'Maximum') },
    },
    ...(at.trafficDeviations === 0
      ? {}
      : {
          'unusual-traffic': {
            says: 'Far fewer or far more events than usual were queued.',
            runbook: 'unusual-traffic',
            threshold: at.trafficDeviations,
            periods: 3,
            measure: { usual: sent },
          },
        }),
    // The band of usual traffic includes 0 in a small shop, where this is what notices a sender that stopped.
    ...(at.quietHours === 0
      ? {}
      : {
          'no-events': {
            says: 'No event was queued for hours.',
            runbook: 'no-events',
            threshold: 1,
            periods: at.quietHours,
            measure: { silent: sent },
          },
        }),
  };
}
