/**
 * Finds the problems of a stage file that matter only for a deployment: packaging warns about each problem, and a
 * deployment is rejected.
 */
import type { StageSettings } from './stage.ts';

/** @returns one sentence for each problem; it names the setting and the remedy, never the value */
export function deploymentProblems({ sourcesAsWritten, ...stage }: StageSettings): string[] {
  return [...placeholders(stage), ...noRecipients(stage)];
}

/** @param settings a stage, or a part of one */
export function placeholders(settings: object): string[] {
  return textsOf(settings)
    .filter(([, text]) => text.includes('YOUR_'))
    .map(([setting]) => `${setting} is a placeholder: replace it with your own value`);
}

/** Every text in the settings, with its path. */
function textsOf(value: unknown, path: readonly string[] = []): [setting: string, text: string][] {
  if (typeof value === 'string') return [[path.join('.'), value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => textsOf(item, [...path, key]));
}

function noRecipients({ alarms }: Pick<StageSettings, 'alarms'>): string[] {
  if (!alarms.notify || alarms.email || alarms.subscribedElsewhere) return [];
  return [
    'alarms.notify is true, but nobody receives the alarms: set alarms.email, or alarms.subscribedElsewhere: true if you subscribe to the topic in another way',
  ];
}

/** @returns one sentence for each setting that works, but costs more than its author may know */
export function deploymentWarnings({ api, collect }: Pick<StageSettings, 'api' | 'collect'>): string[] {
  if (collect === undefined || api.publicUrl !== undefined || api.domain !== undefined) return [];
  return [
    "collect without api.publicUrl or api.domain: browsers keep no cookie of the address that AWS gives, so visitors and clicks are not recognized. Put the collector on a path of the shop's own host, or on a subdomain of it",
  ];
}
