/** Says in a few words what differs between two versions of a stage file, with names and without values. */
import { isDeepStrictEqual } from 'node:util';
import type { LocalStage } from './local-stage.ts';

type Entries = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** @returns one phrase for each difference that a local run applies, such as `source shop: mapping` */
export function describeChanges(before: LocalStage, after: LocalStage): string[] {
  return [
    ...changedEntries('destination', before.destinations, after.destinations),
    ...changedEntries('source', before.sources, after.sources),
    ...changedEntries('sync', before.syncs ?? {}, after.syncs ?? {}),
    ...(before.consent === after.consent ? [] : ['api.consent']),
    ...(isDeepStrictEqual(before.collector, after.collector) ? [] : ['collect']),
  ];
}

function changedEntries(kind: string, before: Entries, after: Entries): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].flatMap((name) => {
    const [old, now] = [before[name], after[name]];
    if (old === undefined) return [`${kind} ${name} added`];
    if (now === undefined) return [`${kind} ${name} removed`];
    const settings = changedSettings(old, now);
    return settings.length > 0 ? [`${kind} ${name}: ${settings.join(', ')}`] : [];
  });
}

function changedSettings(before: Entries[string], after: Entries[string]): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].filter((name) => !isDeepStrictEqual(before[name], after[name]));
}
