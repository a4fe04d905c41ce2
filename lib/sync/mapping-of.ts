/** The mapping of a sync. */
import type { FieldName } from '../events/fields/table.ts';
import { type CompiledMapping, compileMapping } from '../mapping/compile-mapping.ts';
import type { SyncSettings } from './settings.ts';

/** The stage file is checked before it is deployed. @throws Misconfigured that names the entry of the mapping */
export const mappingOf = ({ mapping, exclude }: Pick<SyncSettings, 'mapping' | 'exclude'>): CompiledMapping =>
  compileMapping(mapping, {
    includeSameNames: true,
    excludedNames: exclude.map((name) => name.toLowerCase() as FieldName),
  });

/** Rows that name no destination go to that of the sync. */
export function withDestination(mapping: CompiledMapping, destination: string): CompiledMapping {
  if (destination === 'default') return mapping;
  const map: CompiledMapping = Object.assign((...args: Parameters<CompiledMapping>) => {
    const mapped = mapping(...args);
    return { ...mapped, events: mapped.events.map((event) => ({ destination, ...event })) };
  }, mapping);
  return map;
}
