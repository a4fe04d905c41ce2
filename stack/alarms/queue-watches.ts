/** Alarms on the queue, on its dead letters, and on incoming traffic. */
import type { StageSettings } from '../../lib/config/stage.ts';
import { deadLetters, queue } from '../metrics.ts';
import type { Watches } from './alarm.ts';

export function queueWatches({ alarms: thresholds }: StageSettings, stage: string): Watches {
  const age = queue(stage, 'ApproximateAgeOfOldestMessage', 'Maximum');
  const sent = queue(stage, 'NumberOfMessagesSent', 'Sum');
  return {
    'dead-letters': {
      problem: 'The dead-letter queue contains messages.',
      runbook: 'dead-letters',
      threshold: thresholds.deadLetters,
      // SQS writes no metrics for a queue that was idle for six hours, but the dead letters are still there.
      keepsState: true,
      measure: { metric: deadLetters(stage) },
    },
    'queue-age-warning': {
      problem: 'Events wait longer than they should.',
      runbook: 'queue-age-warning',
      threshold: thresholds.queueAgeWarningSeconds,
      periods: 2,
      measure: { metric: age },
    },
    'queue-age-critical': {
      problem: 'The oldest event is past the critical age: delivery has stalled or cannot keep up.',
      runbook: 'queue-age-critical',
      threshold: thresholds.queueAgeCriticalSeconds,
      measure: { metric: age },
    },
    'in-flight': {
      problem: 'So many messages wait for their next attempt that SQS may soon stop handing out messages.',
      runbook: 'in-flight',
      threshold: thresholds.inFlight,
      measure: { metric: queue(stage, 'ApproximateNumberOfMessagesNotVisible', 'Maximum') },
    },
    ...(thresholds.trafficDeviations === 0
      ? {}
      : {
          'unusual-traffic': {
            problem: 'Far fewer or far more events than usual were queued.',
            runbook: 'unusual-traffic',
            threshold: thresholds.trafficDeviations,
            periods: 3,
            measure: { usual: sent },
          },
        }),
    // In a small shop, the band of usual traffic includes 0, so only this alarm notices a sender that stopped.
    ...(thresholds.quietHours === 0
      ? {}
      : {
          'no-events': {
            problem: 'No event was queued for hours.',
            runbook: 'no-events',
            threshold: 1,
            periods: thresholds.quietHours,
            measure: { silent: sent },
          },
        }),
  };
}
