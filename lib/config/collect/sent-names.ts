/** The names of the events that the sources of a stage send, as far as their settings say. */
import { prepareSources } from '../../webhooks/prepare-source.ts';
import type { Sources } from '../../webhooks/source-settings.ts';

/**
 * Those of built-in mappings and topics, and the constants of mappings in the stage file. A name that a sender writes into
 * the body is not known before it arrives. A source with `dryRun` sends nothing.
 * @throws Misconfigured for a mapping that cannot be compiled
 */
export async function sentNames(sources: Sources): Promise<ReadonlySet<string>> {
  const prepared = await prepareSources(sources);
  const names = new Set<string>();
  for (const { settings, platform, map } of prepared.values()) {
    if (settings.dryRun) continue;
    for (const name of [...platform.eventNames, ...(map?.eventNames ?? [])]) names.add(name);
  }
  return names;
}
