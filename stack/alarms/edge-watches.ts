/** Alarms on the answers of API Gateway, including requests that reach no function. */
import type { StageSettings } from '../../lib/config/stage.ts';
import { api, throttledRequests } from '../metrics.ts';
import type { Watches } from './alarm.ts';

export function edgeWatches({ alarms: thresholds }: StageSettings, stage: string): Watches {
  const requests = api('Count', 'Sum');
  return {
    'server-errors': {
      problem: 'The API answers requests with 5xx.',
      runbook: 'server-errors',
      threshold: thresholds.serverErrorPercent,
      measure: { part: [api('5xx', 'Sum')], whole: [requests] },
    },
    'client-errors': {
      problem: 'The API answers a large share of the requests with 4xx.',
      runbook: 'client-errors',
      threshold: thresholds.clientErrorPercent,
      periods: 3,
      measure: { part: [api('4xx', 'Sum')], whole: [requests] },
    },
    'throttled-requests': {
      problem: 'The API answers requests with 429: more arrive at once than the stage file allows.',
      runbook: 'throttled-requests',
      threshold: thresholds.throttledRequests,
      measure: { metric: throttledRequests(stage) },
    },
  };
}
