/** What strangers send to POST /v1/collect is bounded, counted and cheap: no 5xx, no event of theirs, no header of theirs. */
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import { createRandom } from '../../support/random.ts';
import { browser, type CollectStage, postOf, startCollectStage } from './collect-stage.ts';

let stage: CollectStage;
beforeAll(async () => {
  stage = await startCollectStage();
});
afterAll(async () => {
  await stage.stop();
  expect(stage.errors).toEqual([]);
});
beforeEach(() => stage.forget());

/** The reason of the only request so far, which became no event. */
async function reason() {
  expect(await stage.delivered()).toEqual([]);
  const [line] = stage.collected();
  expect(line).toMatchObject({ accepted: 0 });
  return line?.reason;
}

describe('a page that the stage does not know', () => {
  test.each([
    'null',
    'https://evil.example',
    'http://127.0.0.1.evil.example',
    'http://localhost.evil.example:80',
    'http://127.0.0.1:80@evil.example',
    'http://LOCALHOST:3000',
    'https://localhost:3000',
    'http://localhost:3000/',
    'http://localhost:3000, http://localhost:3000',
    'http://localhost:999999',
    '*',
    '',
  ])('with the origin %j gets 204 without a permission, and its event is skipped', async (origin) => {
    const answer = await stage.post(postOf(), { origin });
    expect(answer.status).toBe(204);
    expect(answer.cookies).toEqual([]);
    expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    expect(await reason()).toBe('origin_not_allowed');
  });

  test('is every program that names no page', async () => {
    expect((await stage.post(postOf(), { origin: undefined })).status).toBe(204);
    expect(await reason()).toBe('origin_not_allowed');
  });

  test('does not come in by a second header', async () => {
    const answer = await stage.post(postOf(), { origin: ['https://evil.example', stage.gateway.url] });
    expect(answer.status).toBeLessThan(500);
    expect(await stage.delivered()).toEqual([]);
  });
});

describe('a body', () => {
  const tooLarge = JSON.stringify(postOf({ d: { text: 'x'.repeat(33_000) } }));
  test.each([
    ['above 32 KiB', tooLarge, {}],
    ['above 32 KiB in three-byte letters', JSON.stringify(postOf({ d: { text: '€'.repeat(11_000) } })), {}],
    ['above 32 KiB of another type', Buffer.alloc(40_000), { 'content-type': 'application/octet-stream' }],
    ['of 5 MB', 'x'.repeat(5_000_000), {}],
    ['of 21 events', JSON.stringify({ v: 1, e: Array(21).fill({ n: 'Search' }) }), {}],
    ['of 21 events in the form of the API', JSON.stringify(Array(21).fill({ event_name: 'Search' })), {}],
  ])('%s gets 413, which the page can read', async (_, body, headers) => {
    const answer = await stage.post(body, headers);
    expect(answer.status).toBe(413);
    expect(answer.headers['access-control-allow-origin']).toBe(stage.gateway.url);
    expect(JSON.parse(String(answer.body)).type).toBe('urn:tiktok-events:problem:body_too_large');
    expect(await stage.delivered()).toEqual([]);
  });

  test('of exactly 32 KiB is taken', async () => {
    const [start, end] = JSON.stringify(postOf({ n: 'Search', d: { description: '@@' } })).split('@@');
    const body = `${start}${'x'.repeat(32_768 - `${start}${end}`.length)}${end}`;
    expect((await stage.post(body)).status).toBe(204);
    expect(stage.collected()[0]).toMatchObject({ accepted: 1, warnings: 'description:too_long' });
  });

  const post = JSON.stringify(postOf());
  test.each([
    ['empty', '', {}, 'invalid_json'],
    ['no JSON', 'n=ViewContent', {}, 'invalid_json'],
    [
      'in UTF-16',
      Buffer.from(post, 'utf16le'),
      { 'content-type': 'text/plain;charset=UTF-16' },
      'invalid_json',
    ],
    [
      'in Latin-1',
      Buffer.from('{"é":1}', 'latin1'),
      { 'content-type': 'text/plain;charset=ISO-8859-1' },
      'invalid_utf8',
    ],
    ['with a byte order mark', `\uFEFF${post}`, {}, 'byte_order_mark'],
    ['compressed', gzipSync(post), { 'content-encoding': 'gzip' }, 'unsupported_encoding'],
    ['compressed without saying so', gzipSync(post), {}, 'invalid_utf8'],
    ['a form', 'a=b', { 'content-type': 'application/x-www-form-urlencoded' }, 'unsupported_media_type'],
    ['without a type', post, { 'content-type': undefined }, 'unsupported_media_type'],
    ['of another version', '{"v":2,"e":[]}', {}, 'unexpected_body'],
    ['a number', '7', {}, 'unexpected_body'],
    ['null', 'null', {}, 'unexpected_body'],
    ['whose events are no list', '{"v":1,"e":{"length":1}}', {}, 'unexpected_body'],
    ['nested 15,000 deep', '['.repeat(15_000) + ']'.repeat(15_000), {}, 'invalid_event'],
  ])('that is %s is skipped', async (_, body, headers, expected) => {
    expect((await stage.post(body, headers)).status).toBe(204);
    expect(await reason()).toBe(expected);
  });

  test('that is nested 5,000 deep in a property costs that property only', async () => {
    const deep = `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`;
    const body = JSON.stringify(postOf({ n: 'Search', d: { value: 1, currency: 'EUR', deep: '@' } })).replace(
      '"@"',
      deep,
    );
    expect((await stage.post(body)).status).toBe(204);
    expect(stage.collected()[0]).toMatchObject({ accepted: 1, warnings: 'custom_properties:invalid_type' });
  });

  test('of random bytes, or of random JSON, never costs more than its answer', async () => {
    const random = createRandom(17);
    for (let round = 0; round < 60; round += 1) {
      const bytes = Buffer.from(Array.from({ length: 300 }, () => random.between(0, 255)));
      const keys = Array.from(bytes.subarray(0, 30), (byte) => String.fromCharCode(byte));
      const json = {
        v: 1,
        [keys[0] ?? '']: keys,
        u: keys,
        p: {},
        c: [keys],
        s: keys,
        e: [
          { n: 'Search', i: keys, t: keys, d: keys, m: { email: keys, phone_number: [{}] }, x: {}, u: 7 },
          keys,
          null,
        ],
      };
      const [raw, made] = [await stage.post(bytes), await stage.post(json)];
      expect([raw.status, made.status]).toEqual([204, 204]);
    }
  });
});

describe('an event', () => {
  test.each([
    ['a pixel of somebody else', { x: 'C4FOREIGN' }, 'unknown_pixel'],
    ['a name that is not on the list', { n: 'Free money' }, 'event_not_allowed'],
    ['a name of a prototype', { n: '__proto__' }, 'event_not_allowed'],
    ['a purchase', { n: ' Purchase ' }, 'sent_by_source'],
  ])('with %s is skipped', async (_, event, expected) => {
    expect((await stage.post(postOf(event))).status).toBe(204);
    expect(await reason()).toBe(expected);
  });

  test.each([
    ['eu', 'destination_not_allowed'],
    ['__proto__', 'destination_not_allowed'],
    ['constructor', 'destination_not_allowed'],
    [{ toString: 1 }, 'destination_not_allowed'],
  ])('for the destination %j is skipped', async (destination, expected) => {
    await stage.post({ events: [{ event_name: 'Search', destination }] });
    expect(await reason()).toBe(expected);
  });

  test('cannot set an address, a destination, a test code or a prototype by its properties', async () => {
    const d =
      '{"ip":"198.51.100.9","destination":"eu","test_event_code":"T","email":"a@b.example","__proto__":{"ip":"x"},"constructor":1,"custom_properties":{"x":1},"query":"shoes"}';
    await stage.post(`{"v":1,"e":[{"n":"Search","i":"p","d":${d}}]}`);
    const [event] = await eventually(
      () => stage.delivered(),
      ({ length }) => length === 1,
    );
    expect(event?.user).toEqual({ ip: '203.0.113.1', user_agent: browser });
    expect(event?.properties).toMatchObject({ query: 'shoes' });
    expect(JSON.stringify(event)).not.toContain('a@b.example');
    expect(({} as Record<string, unknown>).ip).toBeUndefined();
  });
});

describe('a cookie or click id', () => {
  const hostile = [
    'a\r\nSet-Cookie: x=1',
    'a; Domain=evil.example',
    'a, b',
    'a b',
    '"quoted"',
    'a\\b',
    'höflich',
    '\u0000',
    'x'.repeat(5_000),
    '',
    'undefined',
    '__CLICKID__',
    7,
    null,
    ['E.C.P.abc'],
    { toString: 1 },
  ];

  test.each(hostile)('of the form %j is neither set nor sent', async (value) => {
    const answer = await stage.post(postOf({}, { c: value, p: value, u: 'https://shop.example/' }));
    expect(answer.status).toBe(204);
    expect(answer.cookies).toEqual([]);
    const [event] = await eventually(
      () => stage.delivered(),
      ({ length }) => length === 1,
    );
    expect(Object.keys(event?.user ?? {}).sort()).toEqual(['ip', 'user_agent']);
  });

  test('in the header Cookie is read whole or not at all', async () => {
    const cookiesFor = async (cookie: string) => (await stage.post({ v: 1, e: [] }, { cookie })).cookies;
    expect(await cookiesFor(`_ttp=${'x'.repeat(3_000)}`)).toEqual([]);
    expect(await cookiesFor('_ttp="a"; _tte=a,b; ttclid=a\\b')).toEqual([]);
    expect(await cookiesFor('x_ttp=a; _ttpx=a; __ttp=a; _ttp')).toEqual([]);
    // The browser sends the more specific cookie first.
    expect((await cookiesFor('_ttp=first; _ttp=second'))[0]).toMatch(/^_ttp=first;/);
    expect((await cookiesFor('_ttp=a b; _ttp=second'))[0]).toMatch(/^_ttp=second;/);
    expect(await cookiesFor(Array(300).fill('a=b').join('; '))).toEqual([]);
  });
});

test.each(['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE'])(
  'the method %s has no route, and runs no function',
  async (method) => {
    const answer = await stage.send({ method, headers: { origin: stage.gateway.url } });
    expect(answer.status).toBe(404);
    expect(stage.collected()).toEqual([]);
  },
);

test.each([
  'x-forwarded-for',
  'cloudfront-viewer-address',
  'forwarded',
  'x-real-ip',
  'x-client-ip',
  'x-cluster-client-ip',
  'true-client-ip',
  'cf-connecting-ip',
  'fastly-client-ip',
  'x-envoy-external-address',
])('a forged header %s never becomes the address that TikTok gets', async (header) => {
  for (const value of ['198.51.100.9', '198.51.100.9:443', 'for=198.51.100.9', '198.51.100.9, 127.0.0.1'])
    await stage.post(postOf({ i: value }), { [header]: value });
  const events = await eventually(
    () => stage.delivered(),
    ({ length }) => length === 4,
  );
  expect(events.map(({ user }) => user.ip)).toEqual(Array(4).fill('203.0.113.1'));
  expect(JSON.stringify(events.map(({ user }) => user))).not.toContain('198.51');
});

test('a flood of 400 posts of 20 events is answered without an error, each event queued or skipped once', async () => {
  const posts = Array.from({ length: 400 }, (_, post) => ({
    v: 1,
    e: Array.from({ length: 20 }, (_, index) => ({
      n: index % 2 ? 'Free' : 'Search',
      i: `${post}-${index}`,
    })),
  }));
  const statuses = new Set<number>();
  for (let at = 0; at < posts.length; at += 20) {
    const answers = await Promise.all(posts.slice(at, at + 20).map((body) => stage.post(body)));
    for (const { status } of answers) statuses.add(status);
  }
  expect([...statuses]).toEqual([204]);
  const sum = (field: string) => stage.collected().reduce((total, line) => total + Number(line[field]), 0);
  expect([sum('accepted'), sum('rejected')]).toEqual([4_000, 4_000]);
});
