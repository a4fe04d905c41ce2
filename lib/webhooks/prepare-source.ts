/** Makes a source ready: binds its platform to its settings and compiles its mapping, once, when the function starts. */
import { Misconfigured } from '../errors/app-error.ts';
import type { CompiledMapping } from '../mapping/compile-mapping.ts';
import type { BoundPlatform } from './platform.ts';
import { type Platforms, platformNamed, platforms } from './platforms.ts';
import type { SourceSettings, Sources } from './source-settings.ts';

export interface PreparedSource {
  readonly name: string;
  readonly settings: SourceSettings;
  readonly platform: BoundPlatform;
  /** The mapping in the stage file. */
  readonly map: CompiledMapping | undefined;
}

/** @throws Misconfigured that names the source, and the field of its mapping that is wrong */
export async function prepareSources(
  sources: Sources,
  among: Platforms = platforms,
): Promise<ReadonlyMap<string, PreparedSource>> {
  const prepared = await Promise.all(
    Object.entries(sources).map(async ([name, settings]) => {
      const platform = platformNamed(settings.platform, among).bind(settings);
      return [name, { name, settings, platform, map: await mapOf(name, settings, platform) }] as const;
    }),
  );
  return new Map(prepared);
}

async function mapOf(name: string, settings: SourceSettings, platform: BoundPlatform) {
  if (settings.mapping === undefined) return undefined;
  // JMESPath is loaded only when a source needs it.
  const { compileMapping } = await import('../mapping/compile-mapping.ts');
  try {
    return compileMapping(settings.mapping, {
      isOverlay: platform.map !== undefined,
      isTolerant: true,
      isExplained: true,
    });
  } catch (error) {
    if (!(error instanceof Misconfigured)) throw error;
    throw new Misconfigured(`sources.${name}.${error.setting}`, error.problem, { cause: error });
  }
}
