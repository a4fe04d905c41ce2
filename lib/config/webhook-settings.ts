/** The environment of the webhook function: the settings of ingest, and the sources. */
import { Misconfigured } from '../errors/app-error.ts';
import { parseJson } from '../schema/parse-json.ts';
import { parseSources, type Sources } from '../webhooks/source-settings.ts';
import { ingestSettings, withSettingsFile } from './environment.ts';

/** @throws Misconfigured that names the setting, never its value */
export function webhookSettings(given: Readonly<Record<string, string | undefined>>) {
  const environment = withSettingsFile(given);
  const settings = ingestSettings(environment);
  const sources = readSources(environment.SOURCES);
  for (const [name, { destination }] of Object.entries(sources)) {
    if (!Object.hasOwn(settings.destinations, destination))
      throw new Misconfigured(`sources.${name}.destination`, 'names no configured destination');
  }
  return Object.freeze({ ...settings, sources });
}

function readSources(text: string | undefined): Sources {
  if (text === undefined) throw new Misconfigured('SOURCES', 'is missing');
  const input = parseJson(text);
  if (input === undefined) throw new Misconfigured('SOURCES', 'is not JSON');
  return parseSources(input);
}
