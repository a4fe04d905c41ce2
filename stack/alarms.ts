/** What wakes somebody: every alarm has a threshold in the stage file and a section in docs/operations.md. */
import type { Stage } from '../lib/config/stage.ts';
import { alarm, type Watch } from './alarm.ts';
import { alarmTopic } from './alarm-topic.ts';
import type { Resources } from './cloudformation.ts';
import { account, api, deadLetters, lambda, own, queue } from './metrics.ts';

export function alarms(stage: Stage, stageName: string): Resources {
  const watches = Object.entries({
    ...queueWatches(stage, stageName),
    ...eventWatches(stage, stageName),
    ...platformWatches(stage, stageName),
  });
  return {
    ...alarmTopic(stage),
    ...Object.fromEntries(
      watches.map(([name, watch]) => [logicalId(name), alarm(stageName, name, watch, stage.alarms.notify)]),
    ),
  };
}

const logicalId = (name: string) =>
  `Alarm${name.replaceAll(/(^|-)([a-z0-9])/g, (_all, _dash, letter: string) => letter.toUpperCase())}`;

type Watches = Readonly<Record<string, Watch>>;

function queueWatches({ alarms: at }: Stage, stage: string): Watches {
  const age = queue(stage, 'ApproximateAgeOfOldestMessage', 'Maximum');
  return {
    'dead-letters': {
      says: 'Messages lie in the dead-letter queue.',
      runbook: 'dead-letters',
      threshold: at.deadLetters,
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
            measure: { usual: queue(stage, 'NumberOfMessagesSent', 'Sum') },
          },
        }),
  };
}

function eventWatches({ alarms: at }: Stage, stage: string): Watches {
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

function platformWatches({ alarms: at }: Stage, stage: string): Watches {
  return {
    'server-errors': {
      says: 'The API answers requests with 5xx.',
      runbook: 'server-errors',
      threshold: at.serverErrorPercent,
      measure: { part: [api('5xx', 'Sum')], whole: [api('Count', 'Sum')] },
    },
    'ingest-latency': {
      says: 'POST /v1/events is slow.',
      runbook: 'ingest-latency',
      threshold: at.ingestLatencyMs,
      periods: 3,
      measure: { metric: lambda(stage, 'ingest', 'Duration', 'p99') },
    },
    'deliver-errors': {
      says: 'The consumer crashed or ran out of time.',
      runbook: 'deliver-errors',
      threshold: at.deliverErrors,
      measure: { metric: lambda(stage, 'deliver', 'Errors', 'Sum') },
    },
    'deliver-throttles': {
      says: 'Lambda refused to run the consumer.',
      runbook: 'deliver-throttles',
      threshold: at.throttles,
      measure: { metric: lambda(stage, 'deliver', 'Throttles', 'Sum') },
    },
    // One error is repaired by the next attempt; three periods of them are a right, a key or a queue that is missing.
    'aws-errors': {
      says: 'SQS or Secrets Manager fails again and again.',
      runbook: 'aws-errors',
      threshold: at.awsErrors,
      periods: 3,
      measure: { metric: own(stage, 'AwsErrors') },
    },
    'account-concurrency': {
      says: 'The account nears its limit of concurrent Lambda runs.',
      runbook: 'account-concurrency',
      threshold: at.concurrentExecutions,
      measure: { metric: account('ConcurrentExecutions') },
    },
  };
}
