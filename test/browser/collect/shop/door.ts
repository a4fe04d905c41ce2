/**
 * Plays `POST /v1/collect` for the browser tests, strictly: a request that the real function would not take as it is
 * becomes a problem of the flow.
 */
import type { IncomingMessage } from 'node:http';
import type { Post, PostedEvent } from '../../../../lib/collect/wire.ts';

export interface Received {
  readonly post: Post;
  readonly cookies: Readonly<Record<string, string>>;
  readonly userAgent: string | undefined;
  readonly ip: string | undefined;
}

const text = (value: unknown): boolean => typeof value === 'string' && value !== '';
const object = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const postRules: Readonly<Record<string, (value: unknown) => boolean>> = {
  v: (value) => value === 1,
  u: (value) => text(value) && !String(value).includes('#'),
  r: (value) => typeof value === 'string',
  c: text,
  p: (value) => /^01[0-9A-Z]{24}_\.tt\.1$/.test(String(value)),
  s: Number.isSafeInteger,
  e: (value) => Array.isArray(value) && value.length <= 20,
};
const eventRules: Readonly<Record<string, (value: unknown) => boolean>> = {
  n: text,
  i: (value) => text(value) || Number.isSafeInteger(value),
  t: (value) => Number.isSafeInteger(value) && Math.abs(Number(value) - Date.now()) < 120_000,
  d: object,
  m: object,
  x: text,
  l: (value) => value === 1,
  u: (value) => text(value) && !String(value).includes('#'),
  r: (value) => typeof value === 'string',
};

/** @returns what breaks the form, in words */
function breaches(value: object, rules: typeof postRules, needed: readonly string[]): string[] {
  const entries = Object.entries(value);
  return [
    ...needed.filter((key) => !Object.hasOwn(value, key)).map((key) => `no ${key}`),
    ...entries.filter(([key, each]) => !rules[key]?.(each)).map(([key]) => `bad ${key}`),
  ];
}

export function receive(request: IncomingMessage, body: string): { received: Received; problems: string[] } {
  const post: Post = JSON.parse(body);
  const { headers } = request;
  const problems = [
    ...breaches(post, postRules, ['v', 'u', 'p', 's', 'e']),
    ...post.e.flatMap((event: PostedEvent) => breaches(event, eventRules, ['n', 'i', 't'])),
  ];
  if (headers['content-type'] !== 'text/plain;charset=UTF-8') problems.push('content type');
  if (headers.origin === undefined) problems.push('no origin');
  if (Buffer.byteLength(body) > 32_768) problems.push('above 32 KiB');
  return { received: { post, cookies: readCookies(headers.cookie), ...callerOf(request) }, problems };
}

const callerOf = ({ headers, socket }: IncomingMessage) => ({
  userAgent: headers['user-agent'],
  ip: socket.remoteAddress,
});

const readCookies = (header = ''): Record<string, string> =>
  Object.fromEntries(
    header.split('; ').flatMap((part) => {
      const [name = '', ...value] = part.split('=');
      return name ? [[name, value.join('=')]] : [];
    }),
  );

/** The cookies of the answer: the visitor's own values, else those of the script. */
export function setCookies({ post, cookies }: Received, domain: string | undefined): string[] {
  const attributes = `Path=/; Secure; SameSite=Lax${domain === undefined ? '' : `; Domain=${domain}`}`;
  const visitor = cookies._ttp ?? post.p;
  return [
    `_ttp=${visitor}; Max-Age=33696000; ${attributes}`,
    ...(post.c === undefined ? [] : [`_tte=${post.c}; Max-Age=34560000; ${attributes}`]),
  ];
}
