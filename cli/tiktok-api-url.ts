/** Where TikTok is for a stage: TIKTOK_API_URL, the sandbox of `npm start`, or what the stage file says. */
import { checkBaseUrl } from './base-url.ts';
import type { Stage } from './stage.ts';
import { readStageFile } from './stage-file.ts';

const tiktok = 'https://business-api.tiktok.com';

export async function tiktokApiUrl(stage: Stage): Promise<string> {
  const given = checkBaseUrl(process.env.TIKTOK_API_URL, 'TIKTOK_API_URL');
  if (given !== undefined) return given;
  if (stage.isLocal) return `${await stage.apiUrl()}/_sandbox/tiktok`;
  const url = readStageFile(stage.name)?.getIn(['delivery', 'tiktokApiUrl']);
  return typeof url === 'string' ? url.replace(/\/+$/, '') : tiktok;
}
