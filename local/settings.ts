/**
 * Reads the settings of `npm start` from the environment and the command line. An error names the setting and the form
 * it needs, and never repeats its value.
 */
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { isTikTokUrl, withoutTrailingSlash } from '../lib/schema/base-url.ts';
import { defaultApiKey, defaultPort, defaultSqsPort, stageName } from './stage.ts';

export interface Settings {
  readonly port: number;
  readonly sqsPort: number;
  readonly apiKey: string;
  readonly tiktokApiUrl?: string;
  /** The public name of a tunnel, in lower case: `npm start -- --host <name>`. */
  readonly tunnelHost?: string;
  /** The name of a stage file: `npm start -- --stage <name>`. Without it, the stage `local` runs. */
  readonly stageFile?: string;
  /** A folder with the tables of syncs: `npm start -- --tables <folder>`. */
  readonly tablesFolder?: string;
  /** True for `npm start -- --help`. */
  readonly isHelp?: boolean;
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
  const { host, stage, tables, help } = parseOptions(args);
  const tunnelHost = readTunnelHost(host);
  const tablesFolder = readTablesFolder(environment, tables);
  return {
    port: readPort(environment, 'PORT', defaultPort),
    sqsPort: readPort(environment, 'SQS_PORT', defaultSqsPort),
    apiKey: readApiKey(environment),
    ...(tiktokApiUrl ? { tiktokApiUrl } : {}),
    ...(tunnelHost ? { tunnelHost } : {}),
    ...(stage === undefined || stage === stageName ? {} : { stageFile: stage }),
    ...(tablesFolder ? { tablesFolder } : {}),
    ...(help ? { isHelp: true } : {}),
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

function readTunnelHost(given: string | undefined): string | undefined {
  const host = given?.toLowerCase();
  if (host === undefined || hostName.test(host)) return host;
  throw new InvalidSettingError(
    '--host must be a host name such as my.tunnel.dev, without https://, port or path.',
  );
}

function readTablesFolder(environment: NodeJS.ProcessEnv, given: string | undefined): string | undefined {
  const folder = given ?? environment.TABLES_FOLDER;
  if (folder === undefined || (folder === '' && given === undefined)) return undefined;
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return resolve(folder);
  const name = given === undefined ? 'TABLES_FOLDER' : '--tables';
  throw new InvalidSettingError(`${name} must be a folder that exists, with <database>/<table>.csv in it.`);
}

const options = {
  host: { type: 'string' },
  stage: { type: 'string' },
  tables: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

/** What an option needs that was given without a value. */
const valueHints: Readonly<Record<string, string>> = {
  '--host': 'the name of a tunnel, as in npm start -- --host my.tunnel.dev',
  '--tables': 'a folder, as in npm start -- --tables tables',
  '--stage': 'the name of a stage file, as in npm start -- --stage dev',
};

function parseOptions(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch {
    throw new InvalidSettingError(mistakeIn(args));
  }
}

function mistakeIn(args: readonly string[]): string {
  const bare = args.find((option, index) => Object.hasOwn(valueHints, option) && !isValue(args[index + 1]));
  if (bare !== undefined) return `${bare} needs ${valueHints[bare]}.`;
  return (
    'npm start takes the options --stage <name>, --tables <folder> and --host <name>, after two dashes: ' +
    'npm start -- --stage dev. ' +
    'npm start -- --help describes them.'
  );
}

const isValue = (text: string | undefined): boolean => text !== undefined && !text.startsWith('-');
