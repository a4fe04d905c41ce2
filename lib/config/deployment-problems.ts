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
