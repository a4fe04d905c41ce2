/** Where TikTok is for a destination: its own address, TIKTOK_API_URL, the sandbox of `npm start`, or the stage's address. */
import {
  isLoopbackUrl,
  isTikTokBaseUrl,
  isTikTokUrl,
  withoutTrailingSlash,
} from '../../lib/schema/base-url.ts';
import { unavailable, usageError } from '../errors/cli-error.ts';
import { terminal } from '../terminal/io.ts';
import type { Stage } from './stage.ts';
import { readStageFile } from './stage-file.ts';

const tiktok = 'https://business-api.tiktok.com';

const sandboxPath = '/_sandbox/tiktok';

/** Whether TikTok is the sandbox of `npm start`, which shows the requests it received. */
export async function hasSandbox(stage: Stage): Promise<boolean> {
  if (!stage.isLocal) return false;
  return (await stage.localTikTokUrl())?.endsWith(sandboxPath) ?? true;
}

/** @param destination the name of the destination whose token is sent there */
export async function tiktokApiUrl(stage: Stage, destination: string): Promise<string> {
  const own = destinationUrl(stage, destination);
  if (own !== undefined) return own;
  const given = givenUrl();
  if (given !== undefined) return given;
  if (stage.isLocal) return trusted(await stage.localTikTokUrl()) ?? `${await stage.apiUrl()}${sandboxPath}`;
  const url = readStageFile(stage.name)?.getIn(['delivery', 'tiktokApiUrl']);
  return typeof url === 'string' ? withoutTrailingSlash(url) : tiktok;
}

/** The base URL in the settings of the destination: its token goes to no other, whatever the stage's is. */
function destinationUrl(stage: Stage, destination: string): string | undefined {
  if (stage.isLocal) return undefined;
  const url = readStageFile(stage.name)?.getIn(['destinations', destination, 'tiktokApiUrl']);
  if (url === undefined) return undefined;
  if (typeof url === 'string' && isTikTokBaseUrl(url)) return withoutTrailingSlash(url);
  throw usageError(
    `destinations.${destination}.tiktokApiUrl must be an https URL below tiktok.com without a path, or an http URL of this machine.`,
  );
}

/** Access tokens travel to this address, so the rule is that of the functions. */
function givenUrl(): string | undefined {
  const text = terminal().env.TIKTOK_API_URL;
  if (text === undefined || text === '') return undefined;
  if (isTikTokUrl(text)) return withoutTrailingSlash(text);
  throw usageError(
    'TIKTOK_API_URL must be an https URL below tiktok.com, or an http URL of this machine (127.0.0.1).',
  );
}

/** Any program on PORT can name this address, and tokens go there: it must be this machine, or TikTok itself. */
function trusted(url: string | undefined): string | undefined {
  if (url === undefined || url === tiktok || isLoopbackUrl(url)) return url;
  throw unavailable(
    'The program on PORT names a TikTok outside this machine: set TIKTOK_API_URL if you mean that one, or set PORT to that of npm start.',
  );
}
