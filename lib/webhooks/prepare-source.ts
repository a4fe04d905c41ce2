/** Makes a source ready to map: compiles its mapping once, at start. JMESPath is loaded only for sources that need it. */
import type { CompiledMapping } from '../mapping/compile-mapping.ts';
import type { SourceSettings, Sources } from './source-settings.ts';

export interface PreparedSource {
  readonly name: string;
  readonly settings: SourceSettings;
  readonly map: CompiledMapping | undefined;
}

/** @throws Error that names the source, and the field of its mapping that is wrong */
export async function prepareSources(sources: Sources): Promise<ReadonlyMap<string, PreparedSource>> {
  const prepared = await Promise.all(
    Object.entries(sources).map(async ([name, settings]) => [name, await prepare(name, settings)] as const),
  );
  return new Map(prepared);
}

async function prepare(name: string, settings: SourceSettings): Promise<PreparedSource> {
  if (settings.mapping === undefined) return { name, settings, map: undefined };
  const { compileMapping } = await import('../mapping/compile-mapping.ts');
  const isOverlay = settings.platform !== 'standard' && settings.platform !== 'custom';
  try {
    return { name, settings, map: compileMapping(settings.mapping, { isOverlay, isForgiving: true }) };
  } catch (error) {
    const problem = error instanceof Error ? error.message : 'its mapping cannot be read';
    throw new Error(`sources.${name}.${problem}`, { cause: error });
  }
}
