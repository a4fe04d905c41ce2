/**
 * Reads the settings of `npm start` from the environment and the command line. An error names the setting and the form
 * it needs, and never repeats its value.
 */
import { parseArgs } from 'node:util';
import { isTikTokUrl, withoutTrailingSlash } from '../lib/schema/base-url.ts';
import { defaultApiKey, defaultPort, defaultSqsPort } from './stage.ts';

export interface Settings {
  readonly port: number;
  readonly sqsPort: number;
  readonly apiKey: string;
  readonly tiktokApiUrl?: string;
  /** The public name of a tunnel, in lower case: `npm start -- --host <name>`. */
  readonly tunnelHost?: string;
}

/** A setting that cannot be used; the message tells the user how to fix it. */
export class InvalidSettingError extends Error {
  override name = 'InvalidSettingError';
}

const hostName = /^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/;

/**
 * Reads all settings; those that are missing get defaults.
 * @param args the command line without program and script
 * @throws InvalidSettingError for the first setting that cannot be used
 */
export function readSettings(environment: NodeJS.ProcessEnv, args: readonly string[] = []): Settings {
  const tiktokApiUrl = readTikTokApiUrl(environment);
  const tunnelHost = readTunnelHost(args);
  return {
    port: readPort(environment, 'PORT', defaultPort),
    sqsPort: readPort(environment, 'SQS_PORT', defaultSqsPort),
    apiKey: readApiKey(environment),
    ...(tiktokApiUrl ? { tiktokApiUrl } : {}),
    ...(tunnelHost ? { tunnelHost } : {}),
  };
}

function readPort(environment: NodeJS.ProcessEnv, name: string, fallback: number): number {
  const text = environment[name];
  if (text === undefined || text === '') return fallback;
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new InvalidSettingError(`${name} must be a whole number from 0 to 65535 (0 takes a free port).`);
}

function readTikTokApiUrl(environment: NodeJS.ProcessEnv): string | undefined {
  const text = environment.TIKTOK_API_URL;
  if (text === undefined || text === '') return undefined;
  if (isTikTokUrl(text)) return withoutTrailingSlash(text);
  throw new InvalidSettingError(
    'TIKTOK_API_URL must be an https URL below tiktok.com, or an http URL of this machine (127.0.0.1).',
  );
}

/** An API key travels in a header: visible ASCII only. */
function readApiKey(environment: NodeJS.ProcessEnv): string {
  const key = environment.LOCAL_API_KEY || defaultApiKey;
  if (/^[\x21-\x7e]{1,256}$/.test(key)) return key;
  throw new InvalidSettingError('LOCAL_API_KEY must be 1 to 256 visible ASCII characters without spaces.');
}

function readTunnelHost(args: readonly string[]): string | undefined {
  const host = parseOptions(args).host?.toLowerCase();
  if (host === undefined || hostName.test(host)) return host;
  throw new InvalidSettingError(
    '--host must be a host name such as my.tunnel.dev, without https://, port or path.',
  );
}

function parseOptions(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: { host: { type: 'string' } } }).values;
  } catch {
    throw new InvalidSettingError('npm start takes one option: npm start -- --host <name of a tunnel>.');
  }
}
