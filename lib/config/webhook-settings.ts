/** The environment of the webhook function: the settings of ingest, and the sources. */
import { Misconfigured } from '../errors/app-error.ts';
import { isLoopbackHost, withoutTrailingSlash } from '../schema/base-url.ts';
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
  const platformApiUrl = readPlatformApiUrl(environment.PLATFORM_API_URL);
  return Object.freeze({ ...settings, sources, platformApiUrl });
}

function readSources(text: string | undefined): Sources {
  if (text === undefined) throw new Misconfigured('SOURCES', 'is missing');
  const input = parseJson(text);
  if (input === undefined) throw new Misconfigured('SOURCES', 'is not JSON');
  return parseSources(input);
}

/** Only `npm start` sets it: API tokens and the orders of shops go there. */
function readPlatformApiUrl(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const url = URL.parse(text);
  // The characters that a URL loses, that end its path or that stand before its host.
  if (url?.protocol === 'http:' && isLoopbackHost(url.hostname) && !/[?#@\\\s]/.test(text))
    return withoutTrailingSlash(text);
  throw new Misconfigured('PLATFORM_API_URL', 'must be an http URL of this machine (127.0.0.1)');
}
