/** The environment of the webhook function: what ingest has, and the sources. */
import { parseJson } from '../schema/parse-json.ts';
import { parseSources } from '../webhooks/parse-sources.ts';
import type { Sources } from '../webhooks/source-settings.ts';
import { ingestSettings, MisconfiguredError } from './environment.ts';

/** @throws MisconfiguredError that names the setting, never its value */
export function webhookSettings(environment: Readonly<Record<string, string | undefined>>) {
  const settings = ingestSettings(environment);
  const sources = readSources(environment.SOURCES);
  for (const [name, { destination }] of Object.entries(sources)) {
    if (!Object.hasOwn(settings.destinations, destination))
      throw new MisconfiguredError(`setting sources.${name}.destination names no configured destination`);
  }
  return Object.freeze({ ...settings, sources });
}

function readSources(text: string | undefined): Sources {
  if (text === undefined) throw new MisconfiguredError('setting SOURCES is missing');
  const input = parseJson(text);
  if (input === undefined) throw new MisconfiguredError('setting SOURCES is not JSON');
  try {
    return parseSources(input);
  } catch (cause) {
    throw new MisconfiguredError(`setting ${cause instanceof Error ? cause.message : 'SOURCES is wrong'}`, {
      cause,
    });
  }
}
