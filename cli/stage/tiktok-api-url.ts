/** Where TikTok is for a stage: TIKTOK_API_URL, the sandbox of `npm start`, or what the stage file says. */

import { unavailable } from '../errors/cli-error.ts';
import { checkBaseUrl, isLoopback } from '../gateway/base-url.ts';
import type { Stage } from './stage.ts';
import { readStageFile } from './stage-file.ts';

const tiktok = 'https://business-api.tiktok.com';

const sandboxPath = '/_sandbox/tiktok';

/** Whether TikTok is the sandbox of `npm start`, which shows what it received. */
export async function hasSandbox(stage: Stage): Promise<boolean> {
  if (!stage.isLocal) return false;
  return (await stage.localTikTokUrl())?.endsWith(sandboxPath) ?? true;
}

export async function tiktokApiUrl(stage: Stage): Promise<string> {
  const given = checkBaseUrl(process.env.TIKTOK_API_URL, 'TIKTOK_API_URL');
  if (given !== undefined) return given;
  if (stage.isLocal) return trusted(await stage.localTikTokUrl()) ?? `${await stage.apiUrl()}${sandboxPath}`;
  const url = readStageFile(stage.name)?.getIn(['delivery', 'tiktokApiUrl']);
  return typeof url === 'string' ? url.replace(/\/+$/, '') : tiktok;
}

/** Whatever answers on PORT names this address, and tokens go there: it is this machine, or TikTok itself. */
function trusted(url: string | undefined): string | undefined {
  if (url === undefined || url === tiktok || isLoopback(url)) return url;
  throw unavailable(
    'The program on PORT names a TikTok outside this machine: set TIKTOK_API_URL if that is meant, or PORT to that of npm start.',
  );
}
