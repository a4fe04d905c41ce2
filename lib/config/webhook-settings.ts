/** The environment of the webhook function: what ingest has, and the sources. */
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
  try {
    return parseSources(JSON.parse(text));
  } catch (cause) {
    const problem =
      cause instanceof SyntaxError || !(cause instanceof Error) ? 'SOURCES is not JSON' : cause.message;
    throw new MisconfiguredError(`setting ${problem}`, { cause });
  }
}
