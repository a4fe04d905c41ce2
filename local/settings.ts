/** The settings of `npm start`, from the environment. A wrong one is named, with what is expected, not repeated. */

export interface Settings {
  port: number;
  sqsPort: number;
  apiKey: string;
  tiktokApiUrl?: string;
}

/** A setting that cannot be used; the message is for whoever typed it. */
export class WrongSetting extends Error {
  override name = 'WrongSetting';
}

function readPort(environment: NodeJS.ProcessEnv, name: string, fallback: number): number {
  const text = environment[name];
  if (text === undefined || text === '') return fallback;
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new WrongSetting(`${name} must be a whole number from 0 to 65535 (0 takes a free port).`);
}

function readTikTokApiUrl(environment: NodeJS.ProcessEnv): string | undefined {
  const text = environment.TIKTOK_API_URL;
  if (text === undefined || text === '') return undefined;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isLoopback = ['127.0.0.1', 'localhost', '[::1]'].includes(url?.hostname ?? '');
  if (url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback))
    return text.replace(/\/+$/, '');
  throw new WrongSetting('TIKTOK_API_URL must be an https URL, or an http URL of this machine (127.0.0.1).');
}

/** An API key travels in a header: visible ASCII only. */
function readApiKey(environment: NodeJS.ProcessEnv): string {
  const key = environment.LOCAL_API_KEY || 'local-api-key';
  if (/^[\x21-\x7e]{1,256}$/.test(key)) return key;
  throw new WrongSetting('LOCAL_API_KEY must be 1 to 256 visible ASCII characters without spaces.');
}

export function readSettings(environment: NodeJS.ProcessEnv): Settings {
  const tiktokApiUrl = readTikTokApiUrl(environment);
  return {
    port: readPort(environment, 'PORT', 3000),
    sqsPort: readPort(environment, 'SQS_PORT', 9324),
    apiKey: readApiKey(environment),
    ...(tiktokApiUrl ? { tiktokApiUrl } : {}),
  };
}
