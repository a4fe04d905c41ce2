/** Makes a source ready to map: compiles its mapping once, at start. JMESPath is loaded only for sources that need it. */
import { Misconfigured } from '../errors/app-error.ts';
import type { CompiledMapping } from '../mapping/compile-mapping.ts';
import type { SourceSettings, Sources } from './source-settings.ts';

export interface PreparedSource {
  readonly name: string;
  readonly settings: SourceSettings;
  readonly map: CompiledMapping | undefined;
}

/** @throws Misconfigured that names the source, and the field of its mapping that is wrong */
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
    if (!(error instanceof Misconfigured)) throw error;
    throw new Misconfigured(`sources.${name}.${error.setting}`, error.problem, { cause: error });
  }
}
