/** A callback that this browser did not start, or that went wrong on the way, changes nothing and reveals nothing. */
import { expect, test, vi } from 'vitest';
import { approve, decide, oauthApp, prefix, start, useOauthStage, visit } from './oauth-stage.ts';

const stage = useOauthStage();

interface Attempt {
  link: string;
  cookie: string;
  callback: string;
}

/** Adds to the query, or replaces in it, without touching the rest. */
function withQuery(callback: string, change: (query: URLSearchParams) => void): string {
  const url = new URL(callback);
  change(url.searchParams);
  return url.href;
}

const attacks: [string, (attempt: Attempt) => Promise<[string, string | undefined]>][] = [
  ['no cookie', async ({ callback }) => [callback, undefined]],
  ['the cookie of another browser', async ({ link, callback }) => [callback, (await start(link)).cookie]],
  [
    'a cookie of the attacker',
    async ({ callback }) => [callback, `__Host-tiktok-events-state=${'A'.repeat(43)}`],
  ],
  ['the cookie twice', async ({ callback, cookie }) => [callback, `${cookie}; ${cookie}`]],
  ['an empty cookie', async ({ callback }) => [callback, '__Host-tiktok-events-state=']],
  [
    'the cookie without its prefix',
    async ({ callback, cookie }) => [callback, cookie.replace('__Host-', '')],
  ],
  [
    'a state of another browser',
    async ({ link, callback, cookie }) => {
      const state = new URL((await start(link)).consent).searchParams.get('state') ?? '';
      return [withQuery(callback, (query) => query.set('state', state)), cookie];
    },
  ],
  [
    'a state that lacks a character',
    async ({ callback, cookie }) => [
      withQuery(callback, (query) => query.set('state', (query.get('state') ?? '').slice(1))),
      cookie,
    ],
  ],
  [
    'no state',
    async ({ callback, cookie }) => [withQuery(callback, (query) => query.delete('state')), cookie],
  ],
  [
    'two states',
    async ({ callback, cookie }) => [
      withQuery(callback, (query) => query.append('state', query.get('state') ?? '')),
      cookie,
    ],
  ],
  [
    'two codes',
    async ({ callback, cookie }) => [
      withQuery(callback, (query) => query.append('auth_code', 'other')),
      cookie,
    ],
  ],
  [
    'two codes in one',
    async ({ callback, cookie }) => [
      withQuery(callback, (query) => query.set('auth_code', `${query.get('auth_code')},other`)),
      cookie,
    ],
  ],
  [
    'a code with a line break',
    async ({ callback, cookie }) => [
      withQuery(callback, (query) => query.set('auth_code', 'x\r\nlevel: error')),
      cookie,
    ],
  ],
  [
    'a link that was replaced meanwhile',
    async ({ callback, cookie }) => {
      stage.openLink();
      return [callback, cookie];
    },
  ],
  [
    'a link that expired meanwhile',
    async ({ callback, cookie }) => {
      const link = JSON.parse(stage.secrets.get(`${prefix}/connect`) ?? '');
      stage.secrets.set(`${prefix}/connect`, { ...link, expires_at: new Date().toISOString() });
      return [callback, cookie];
    },
  ],
  [
    'no link open',
    async ({ callback, cookie }) => {
      stage.secrets.set(`${prefix}/connect`, '{}');
      return [callback, cookie];
    },
  ],
];

test.each(attacks)(
  'rejects a callback with %s, writes nothing and asks TikTok nothing',
  async (_, prepare) => {
    const link = stage.openLink();
    const tokens = stage.sandbox.tokens.size;
    const [callback, cookie] = await prepare({ link, ...(await approve(link)) });
    const seen = stage.secrets.calls.length;
    const response = await visit(callback, cookie);
    expect(response.status).toBe(400);
    expect(response.headers.getSetCookie()).toEqual([]);
    expect(stage.writes(seen)).toEqual([]);
    expect(stage.sandbox.tokens.size).toBe(tokens);
  },
);

/** What a stranger, who knows no link, can send: well formed, so that only the secret could tell. */
const guess = 'G'.repeat(43);
const strangers: readonly [string, string | undefined][] = [
  [`start?link=${guess}`, undefined],
  ['start', undefined],
  ['start?link=short', undefined],
  [`callback?state=${guess}&auth_code=x`, undefined],
  [`callback?state=${guess}&auth_code=x`, `__Host-tiktok-events-state=${guess}`],
  [`callback?state=${guess}`, `__Host-tiktok-events-state=${guess}`],
];
const askAsStranger = ([path, cookie]: (typeof strangers)[number]) =>
  visit(`${stage.url}/v1/oauth/${path}`, cookie);

test('shows a stranger the same page, whether a link is open, used, expired, replaced or missing', async () => {
  const seen = new Set<string>();
  const collect = async () => {
    for (const stranger of strangers) {
      stage.passSeconds(1);
      const response = await askAsStranger(stranger);
      const { date: _, 'apigw-requestid': __, ...headers } = Object.fromEntries(response.headers);
      seen.add(JSON.stringify([response.status, headers, await response.text()]));
    }
  };
  await collect();
  const link = stage.openLink();
  await collect();
  const { cookie, callback } = await approve(link);
  await visit(callback, cookie);
  await collect();
  stage.openLink('default', 600_001);
  await collect();
  stage.openLink('other');
  await collect();
  expect([...seen]).toEqual([
    expect.stringContaining('This link has expired, was already used, or was opened in another browser'),
  ]);
});

test('reads no secret for a stranger without a cookie, and one a second for guesses, while a link still works', async () => {
  const link = stage.openLink();
  const seen = stage.secrets.calls.length;
  const readsOf = () => stage.secrets.calls.length - seen;
  const floodOf = async (those: typeof strangers) => {
    for (let round = 0; round < 20; round += 1) await Promise.all(those.map(askAsStranger));
  };
  await floodOf([strangers[1], strangers[2], strangers[3]].filter((one) => one !== undefined));
  expect(readsOf()).toBe(0);
  const startedMs = Date.now();
  await floodOf(strangers);
  expect(readsOf()).toBeLessThanOrEqual(3 + Math.ceil((Date.now() - startedMs) / 1_000));
  const { cookie, callback } = await approve(link);
  await floodOf(strangers);
  expect((await visit(callback, cookie)).status).toBe(200);
});

const code = (code: number) => ({ kind: 'code', on: 'oauth', code, times: 1 }) as const;
test.each([
  ['no longer takes the code', code(40110), 400],
  ['refuses the app', code(40101), 502],
  ['forbids the app', code(40113), 502],
  ['errs inside', code(50000), 502],
  ['answers 500', { kind: 'status', on: 'oauth', status: 500, times: 1 } as const, 502],
  ['answers with a page', { kind: 'html', on: 'oauth', status: 200, times: 1 } as const, 502],
  ['closes the connection', { kind: 'reset', on: 'oauth', times: 1 } as const, 502],
  [
    'redirects',
    { kind: 'redirect', on: 'oauth', status: 308, location: '/elsewhere', times: 1 } as const,
    502,
  ],
])('stores nothing and keeps the link open when TikTok %s', async (_, fault, status) => {
  const link = stage.openLink();
  const { cookie, callback } = await approve(link);
  const seen = stage.secrets.calls.length;
  stage.sandbox.faults.add([fault]);
  expect((await visit(callback, cookie)).status).toBe(status);
  expect(stage.writes(seen)).toEqual([]);
  stage.sandbox.faults.clear();
  const again = await approve(link);
  expect((await visit(again.callback, again.cookie)).status).toBe(200);
});

test('stores nothing and keeps the link open when the advertiser declines', async () => {
  const link = stage.openLink();
  const { cookie, consent } = await start(link);
  expect((await visit(await decide(consent, 'deny'), cookie)).status).toBe(403);
  expect(stage.stored()).toEqual({});
  const again = await approve(link);
  expect((await visit(again.callback, again.cookie)).status).toBe(200);
});

test('shows a page that says so when Secrets Manager fails at the start', async () => {
  const link = stage.openLink();
  stage.secrets.fail({ error: 'InternalServiceError' });
  expect((await visit(link)).status).toBe(503);
});

test('shows a page that says so, and changes nothing, when Secrets Manager fails at the callback', async () => {
  const { cookie, callback } = await approve(stage.openLink());
  stage.secrets.fail({ error: 'InternalServiceError' });
  expect((await visit(callback, cookie)).status).toBe(503);
  stage.secrets.heal();
  expect(stage.stored()).toEqual({});
});

test('closes the link and asks for a new one when Secrets Manager does not store the token', async () => {
  const link = stage.openLink('unmade');
  const { cookie, callback } = await approve(link);
  expect((await visit(callback, cookie)).status).toBe(503);
  expect((await visit(link)).status).toBe(400);
});

test('shows a page that blames the gateway when the stored link is malformed', async () => {
  const link = stage.openLink();
  stage.secrets.set(`${prefix}/connect`, '{"digest":"canary-digest"}');
  expect((await visit(link)).status).toBe(500);
});

test('promise 5: repeats nothing that was sent on any page, and forbids scripts, caches, frames and referrers', async () => {
  const { cookie, callback } = await approve(stage.openLink());
  const dirty = withQuery(callback, (query) => {
    query.set('error', 'reflected-canary');
    query.set('error_description', '<script>reflected-canary</script>');
  });
  const pages = [
    await visit(`${stage.url}/v1/oauth/start?link=reflected-canary`),
    await visit(dirty),
    await visit(dirty.replace('auth_code', 'other'), cookie),
    await visit(dirty, cookie),
  ];
  expect(pages.map(({ status }) => status)).toEqual([400, 400, 403, 200]);
  for (const page of pages) {
    expect(Object.fromEntries(page.headers)).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'content-security-policy': expect.stringMatching(
        /^default-src 'none'; style-src 'sha256-[\w+/]{43}='; /,
      ),
    });
    const body = await page.text();
    expect(body).not.toContain('reflected-canary');
    expect(body).not.toContain(oauthApp.secret);
  }
});

test('promise 8: writes no link, cookie, state, code, token or secret into a log line', async () => {
  const lines: string[] = [];
  const capture = (text: unknown) => lines.push(String(text)) > 0;
  const spies = [
    vi.spyOn(process.stdout, 'write').mockImplementation(capture),
    vi.spyOn(process.stderr, 'write').mockImplementation(capture),
    ...(['log', 'info', 'warn', 'error', 'debug'] as const).map((name) =>
      vi.spyOn(console, name).mockImplementation(capture),
    ),
  ];
  const link = stage.openLink();
  const { cookie, consent } = await start(link);
  const callback = await decide(consent, 'approve');
  await visit(callback);
  stage.sandbox.faults.add([{ kind: 'code', on: 'oauth', code: 40110, times: 1 }]);
  await visit(callback, cookie);
  await visit(callback, cookie);
  await visit(callback, cookie);
  for (const spy of spies) spy.mockRestore();
  const log = lines.join('\n');
  const query = new URL(callback).searchParams;
  const hidden = [
    link.split('link=')[1],
    cookie.split('=')[1],
    query.get('state'),
    query.get('auth_code'),
    stage.stored().access_token,
    oauthApp.secret,
  ];
  for (const text of hidden) expect(log.includes(text ?? 'missing')).toBe(false);
  const reasons = [...log.matchAll(/"reason":"(\w+)"/g)].map(([, reason]) => reason);
  expect(reasons).toEqual(['started', 'other_browser', 'code_refused', 'connected', 'link_not_open']);
});
