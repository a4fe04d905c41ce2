/** Alarms on what API Gateway answers, also where no function is called. */
import type { StageSettings } from '../../lib/config/stage.ts';
import { api, throttledRequests } from '../metrics.ts';
import type { Watches } from './alarm.ts';

export function edgeWatches({ alarms: at }: StageSettings, stage: string): Watches {
  const requests = api('Count', 'Sum');
  return {
    'server-errors': {
      says: 'The API answers requests with 5xx.',
      runbook: 'server-errors',
      threshold: at.serverErrorPercent,
      measure: { part: [api('5xx', 'Sum')], whole: [requests] },
    },
    'client-errors': {
      says: 'The API answers a notable share of the requests with 4xx.',
      runbook: 'client-errors',
      threshold: at.clientErrorPercent,
      periods: 3,
      measure: { part: [api('4xx', 'Sum')], whole: [requests] },
    },
    'throttled-requests': {
      says: 'The API answers requests with 429: more come at once than the stage file allows.',
      runbook: 'throttled-requests',
      threshold: at.throttledRequests,
      measure: { metric: throttledRequests(stage) },
    },
  };
}
