/** The rules of the section `syncs` that its schema cannot say: those of two settings, and of its mappings. */
import { Misconfigured } from '../../errors/app-error.ts';
import { type FieldName, fieldNames } from '../../events/fields/table.ts';
import { mappingOf } from '../../sync/mapping-of.ts';
import { type SyncSettings, type Syncs, syncProblems } from '../../sync/settings.ts';

/** The parts of a stage that the rules of its syncs compare. */
interface Stage {
  readonly syncs: Syncs;
  readonly destinations: Readonly<Record<string, unknown>>;
  readonly sources: Readonly<Record<string, unknown>>;
}

/** @returns one sentence for each broken rule, with the settings named and their values left out */
export function brokenSyncRules({ syncs, destinations, sources }: Stage): string[] {
  return Object.entries(syncs).flatMap(([name, sync]) => [
    ...syncProblems(name, sync),
    ...(Object.hasOwn(destinations, sync.destination)
      ? []
      : [`syncs.${name}.destination must be the name of an entry of destinations`]),
    ...(Object.hasOwn(sources, name)
      ? [`syncs.${name} needs another name than sources.${name}: the journal names both by it`]
      : []),
    ...unknownNames(name, sync),
  ]);
}

/** @returns one sentence for each mapping that cannot be compiled */
export function brokenSyncMappings(syncs: Syncs): string[] {
  return Object.entries(syncs).flatMap(([name, sync]) => {
    try {
      mappingOf(sync);
      return [];
    } catch (error) {
      if (!(error instanceof Misconfigured)) throw error;
      return [`syncs.${name}.${error.setting} ${error.problem}`];
    }
  });
}

const known: ReadonlySet<string> = new Set(fieldNames);
const isFieldName = (name: string): name is FieldName => known.has(name);

const unknownNames = (name: string, { exclude }: SyncSettings): string[] =>
  exclude.flatMap((field, index) =>
    isFieldName(field)
      ? []
      : [`syncs.${name}.exclude[${index}] must be the name of an event field, such as email`],
  );
