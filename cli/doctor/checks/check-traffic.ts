/** The share of requests that the API answered 4xx: a wrong key, signature or address, or events that break a rule. */
import { describeStack } from '../../stage/stack-outputs.ts';
import { plural } from '../../terminal/plural.ts';
import type { DoctorCheck } from '../context.ts';
import { fine, warning } from '../finding.ts';
import { recentRequests } from './cloudwatch-facts.ts';

const subject = 'requests';

export const checkTraffic: DoctorCheck = async ({ stage, settings, now }) => {
  if (stage.isLocal) return [];
  const { Outputs = [] } = await describeStack(stage.name);
  const apiId = Outputs.find(({ OutputKey }) => OutputKey === 'HttpApiId')?.OutputValue;
  // Stacks of earlier releases do not name their API.
  if (apiId === undefined) return [];
  const { requests, refused } = await recentRequests(stage, apiId, now());
  const percent = requests === 0 ? 0 : (100 * refused) / requests;
  const text = `Of ${plural(requests, 'request')} in the last 15 minutes, the API answered ${refused} with 4xx (${percent.toFixed(1)} %).`;
  if (requests === 0 || percent < (await settings()).clientErrorPercent) return [fine(subject, text)];
  return [
    warning(subject, text, 'See which status and route in the access log: docs/operations.md#client-errors.'),
  ];
};
