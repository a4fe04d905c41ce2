/** A post of a page, with the settings of each case: bots, cookie domains, destinations, times, and what no event can be made of. */
import { describe, expect, test } from 'vitest';
import { collectEvents } from '../../../lib/collect/collect-events.ts';
import { collectSchema } from '../../../lib/collect/settings.ts';
import { collectSkips } from '../../../lib/collect/skip-reasons.ts';
import { RejectedInput } from '../../../lib/errors/app-error.ts';
import type { Destinations } from '../../../lib/events/destination.ts';
import { httpEvent } from '../../support/http/http-event.ts';
import { createMemoryQueue } from '../../support/queue/memory-queue.ts';
import { recordTelemetry } from '../../support/telemetry.ts';

const receivedAtMs = Date.UTC(2026, 10, 1, 12);
const origin = 'https://www.shop.example';
const browser = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/153.0';
const web = { pixelCode: 'C1', eventSource: 'web' } as const;

interface Case {
  readonly collect?: object;
  readonly destinations?: Destinations;
  readonly headers?: Record<string, string>;
  readonly cookies?: string[];
  readonly settings?: { readonly keepsBots?: boolean; readonly isBehindProxy?: boolean };
  readonly isBase64Encoded?: boolean;
}

/** Sends a body; a text is sent as it is. */
async function collect(body: unknown, given: Case = {}) {
  const queue = createMemoryQueue();
  const telemetry = recordTelemetry();
  const { destinations = { default: web }, isBase64Encoded = false } = given;
  const request = httpEvent({
    path: '/v1/collect',
    headers: { origin, 'content-type': 'text/plain', 'user-agent': browser, ...given.headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
    isBase64Encoded,
  });
  const { response, log } = await collectEvents(
    { ...request, ...(given.cookies && { cookies: given.cookies }) },
    { receivedAtMs, trace: 'request-1' },
    {
      settings: {
        destinations,
        queueUrl: 'queue',
        collect: collectSchema().parse({ origins: [origin], ...given.collect }),
        untouched: ['Purchase'],
        keepsBots: false,
        isBehindProxy: false,
        ...given.settings,
      },
      clients: { queue, telemetry },
      random: () => 'tg-random',
    },
  );
  const messages = queue.sent.map(({ message }) => JSON.parse(message.body));
  return { response, log, messages, cookies: 'cookies' in response ? response.cookies : undefined };
}

const event = { event_name: 'Search', event_id: 'own' };
const script = (e: object = {}, page: object = {}) => ({ v: 1, e: [{ n: 'Search', i: 'a', ...e }], ...page });

describe('a bot', () => {
  const bot = { headers: { 'user-agent': 'Googlebot/2.1 (+http://www.google.com/bot.html)' } };

  test('is left out, and kept where test browsers are', async () => {
    expect(await collect(script(), bot)).toMatchObject({ messages: [], log: { reason: 'bot', accepted: 0 } });
    const { log } = await collect(script(), { ...bot, settings: { keepsBots: true } });
    expect(log).toMatchObject({ accepted: 1 });
  });

  test('is recognized at the start of a user agent that has 100,000 characters', async () => {
    const long = { headers: { 'user-agent': `Googlebot/2.1 ${'a'.repeat(100_000)}` } };
    expect((await collect(script(), long)).log).toMatchObject({ reason: 'bot' });
  });

  test('is none without a user agent, which some apps leave out', async () => {
    expect(
      (await collect(script({ m: { email: 'a@b.example' } }), { headers: { 'user-agent': '' } })).log,
    ).toMatchObject({ accepted: 1 });
  });
});

test.each([
  ['shop.example', origin, '; Domain=shop.example'],
  ['other.example', origin, ''],
  [undefined, origin, ''],
  ['shop.example', 'https://shop.example', '; Domain=shop.example'],
  ['shop.example', 'https://my-shop.example', ''],
])(
  'with the cookie domain %s, a page of %s gets cookies with the scope %j',
  async (cookieDomain, page, scope) => {
    const { cookies } = await collect(
      { v: 1, p: 'visitor', e: [] },
      { collect: { origins: [page], cookieDomain }, headers: { origin: page } },
    );
    expect(cookies).toEqual([`_ttp=visitor; Max-Age=33696000; Path=/${scope}; Secure; SameSite=Lax`]);
  },
);

describe('the destinations', () => {
  const destinations = {
    default: web,
    eu: { pixelCode: 'C2', eventSource: 'web' },
    store: { pixelCode: 'O1', eventSource: 'offline' },
  } as const satisfies Destinations;
  const both = { destinations, collect: { destinations: ['default', 'eu'] } };

  test('all get an event that names none, under one id, also one that the gateway made', async () => {
    const { messages } = await collect([{ event_name: 'Search' }], both);
    expect(messages.map(({ destination }) => destination)).toEqual(['default', 'eu']);
    expect(new Set(messages.map((message) => message.event.event_id))).toEqual(new Set(['tg-random']));
  });

  test('are chosen by the event among those of the collector', async () => {
    const { messages } = await collect([{ ...event, destination: 'eu' }], both);
    expect(messages.map(({ destination }) => destination)).toEqual(['eu']);
    expect((await collect([{ ...event, destination: 'store' }], both)).log).toMatchObject({
      reason: 'destination_not_allowed',
    });
  });

  test('that take no address or user agent skip an event without a match key for them', async () => {
    const offline = { destinations, collect: { destinations: ['store'] } };
    const { log, messages } = await collect([event], offline);
    expect({ log, messages }).toMatchObject({ log: { reason: 'no_match_key', accepted: 0 }, messages: [] });
    const named = await collect([{ ...event, email: 'a@b.example' }], offline);
    expect(named.messages.map(({ destination }) => destination)).toEqual(['store']);
  });

  test('that can use an event get it where another cannot', async () => {
    const mixed = { destinations, collect: { destinations: ['store', 'default'] } };
    const { messages, log } = await collect([event], mixed);
    expect(messages.map(({ destination }) => destination)).toEqual(['default']);
    expect(log).toMatchObject({ accepted: 1, rejected: 0 });
  });
});

const visited: Case = { cookies: ['_ttp=visitor'] };
test.each([
  ['no_match_key', event, { headers: { 'user-agent': '' } }],
  ['invalid_event', { ...event, event_time: 'yesterday' }, visited],
  ['invalid_event', { ...event, event_time: {} }, visited],
  ['invalid_event', 7, visited],
  ['no_consent', { ...event, consent: 'denied' }, visited],
  ['no_consent', { ...event, consent: 'maybe' }, visited],
])('an event that cannot be sent is skipped as %s: %j', async (reason, input, given: Case) => {
  const { log, messages, cookies } = await collect([input], given);
  expect({ reason: log?.reason, messages, cookies }).toEqual({ reason, messages: [], cookies: undefined });
  expect(Object.keys(collectSkips)).toContain(reason);
});

test('a body may be one event, a list, or a list under a name', async () => {
  for (const body of [event, [event], { events: [event] }])
    expect((await collect(body)).log).toMatchObject({ accepted: 1 });
  for (const body of [{}, { events: {} }, { name: 'Search' }, 'text'])
    expect((await collect(JSON.stringify(body))).log).toMatchObject({ reason: 'unexpected_body' });
});

test.each([
  ['no time', undefined, receivedAtMs / 1000],
  ['an hour ago', receivedAtMs / 1000 - 3600, receivedAtMs / 1000 - 3600],
  ['an hour ago, as text', new Date(receivedAtMs - 3_600_000).toISOString(), receivedAtMs / 1000 - 3600],
  ['two days ago', receivedAtMs / 1000 - 2 * 86_400, receivedAtMs / 1000],
  ['tomorrow', receivedAtMs / 1000 + 86_400, receivedAtMs / 1000],
])('an event of the API form keeps a plausible time only: %s', async (_, time, expected) => {
  const { messages } = await collect([{ ...event, event_time: time }]);
  expect(messages[0]?.event.event_time).toBe(expected);
});

test('several digests and several raw values of one match key stay lists of their own', async () => {
  const digests = ['a'.repeat(64), 'B'.repeat(64)];
  const { messages } = await collect(script({ m: { email: [...digests, 'a@b.example', 'c@d.example'] } }));
  expect(messages[0]?.event).toMatchObject({
    email: ['a@b.example', 'c@d.example'],
    hashed_email: ['a'.repeat(64), 'b'.repeat(64)],
  });
});

test('a body in Base64 is measured by its bytes: 32 KiB pass, one more does not', async () => {
  const post = JSON.stringify(script());
  const sized = (length: number) => Buffer.from(post + ' '.repeat(length - post.length)).toString('base64');
  expect((await collect(sized(32_768), { isBase64Encoded: true })).log).toMatchObject({ accepted: 1 });
  for (const length of [32_769, 32_770, 100_000])
    await expect(collect(sized(length), { isBase64Encoded: true })).rejects.toThrow(RejectedInput);
});

describe('the address of the visitor', () => {
  const forged = {
    'x-forwarded-for': '198.51.100.1, 198.51.100.2',
    'x-real-ip': '198.51.100.3',
    'x-client-ip': '198.51.100.4',
    'true-client-ip': '198.51.100.5',
    'cf-connecting-ip': '198.51.100.6',
    'fastly-client-ip': '198.51.100.7',
    forwarded: 'for=198.51.100.8',
  };
  const ipOf = async (headers: Record<string, string>, isBehindProxy: boolean) => {
    const { messages } = await collect(script(), { headers, settings: { isBehindProxy } });
    return messages[0]?.event.ip;
  };

  test('is that of the connection, whatever headers a client sends', async () => {
    expect(await ipOf({ ...forged, 'cloudfront-viewer-address': '198.51.100.9:1' }, false)).toBe(
      '203.0.113.7',
    );
  });

  test('is the one that the proxy of the stage names, and no header beside it', async () => {
    expect(await ipOf({ ...forged, 'cloudfront-viewer-address': '192.0.2.44:1' }, true)).not.toContain(
      '198.51',
    );
    expect(await ipOf(forged, true)).toBe('203.0.113.7');
  });
});
