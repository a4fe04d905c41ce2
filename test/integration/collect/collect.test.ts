/** POST /v1/collect on this machine: what a page sends reaches TikTok with all that the request says about its visitor. */
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import { browser, type CollectStage, postOf, startCollectStage } from './collect-stage.ts';

let stage: CollectStage;
beforeAll(async () => {
  stage = await startCollectStage();
});
afterAll(() => stage.stop());
beforeEach(async () => {
  await stage.forget();
});

const ttp = '01ABCDEFGHJKMNPQRSTVWXYZ01_.tt.1';
const digest = createHash('sha256').update('jane@example.com').digest('hex');

const deliveredOf = (count: number) =>
  eventually(
    () => stage.delivered(),
    (events) => events.length === count,
  );

test('delivers an event of the script with the address, browser, cookies and page of its visitor', async () => {
  const now = Date.now();
  const answer = await stage.post(
    postOf(
      {
        t: now - 60_000,
        d: { value: '9.5', currency: 'EUR', content_id: 'sku-1', color: 'red' },
        m: { email: 'jane@example.com' },
      },
      { u: 'https://shop.example/p/1?ttclid=E.C.P.abc', r: 'https://www.tiktok.com/', p: ttp, s: now },
    ),
  );
  expect(answer.status).toBe(204);
  expect(answer.headers).toMatchObject({
    'access-control-allow-origin': stage.gateway.url,
    'access-control-allow-credentials': 'true',
    vary: 'origin',
    'cache-control': 'no-store',
  });
  const [event] = await deliveredOf(1);
  expect(event).toMatchObject({
    event: 'ViewContent',
    event_id: 'id-1',
    user: { ip: '203.0.113.1', user_agent: browser, ttclid: 'E.C.P.abc', ttp, email: digest },
    properties: { value: 9.5, currency: 'EUR', contents: [{ content_id: 'sku-1' }], color: 'red' },
    page: { url: expect.stringContaining('https://shop.example/p/1'), referrer: 'https://www.tiktok.com/' },
  });
  expect(Math.abs((event?.event_time ?? 0) - (now - 60_000) / 1000)).toBeLessThan(30);
});

test('writes one journal line for each request, with fingerprints and codes and nothing of the visitor', async () => {
  await stage.post(
    postOf(
      { m: { email: 'jane@canary.example', phone_number: 'canary' } },
      { p: ttp, u: 'https://canary.example/' },
    ),
  );
  const [line] = stage.collected();
  expect(line).toMatchObject({
    status: 204,
    source: 'collect',
    accepted: 1,
    rejected: 0,
    event: createHash('sha256').update('id-1').digest('hex').slice(0, 16),
    event_name: 'ViewContent',
    warnings: expect.stringContaining('phone:invalid_phone'),
  });
  expect(JSON.stringify(stage.lines)).not.toMatch(/canary|tt\.1|203\.0\.113|Mozilla/);
});

describe('the events', () => {
  test('take the body of POST /v1/events, as JSON too', async () => {
    const event = {
      event_name: 'AddToCart',
      event_id: 'own',
      email: 'jane@example.com',
      ip: '198.51.100.99',
    };
    const answer = await stage.post({ events: [event] }, { 'content-type': 'application/json' });
    expect(answer.status).toBe(204);
    // A page cannot name another visitor's address.
    expect((await deliveredOf(1))[0]?.user).toMatchObject({ ip: '203.0.113.1', email: digest });
  });

  test('keep a digest that the page gave, in any case, and hash raw values', async () => {
    await stage.post(
      postOf({ m: { email: digest.toUpperCase(), external_id: '42', phone_number: '+12025550123' } }),
    );
    const [event] = await deliveredOf(1);
    expect(event?.user.email).toBe(digest);
    expect(event?.user.external_id).toBe(createHash('sha256').update('42').digest('hex'));
    expect(event?.user.phone).toBe(createHash('sha256').update('+12025550123').digest('hex'));
  });

  test('are skipped with a reason, each by itself', async () => {
    const answer = await stage.post({
      v: 1,
      e: [
        { n: 'Purchase', i: 'a', d: { order_id: 'o-1' } },
        { n: 'MyEvent', i: 'b' },
        { n: 'Search', i: 'c', x: 'FOREIGN' },
        { n: 7, i: 'd' },
        'nothing',
        { n: 'Search', i: 'e', x: 'LOCALPIXEL' },
      ],
    });
    expect(answer.status).toBe(204);
    expect((await deliveredOf(1))[0]).toMatchObject({ event: 'Search', event_id: 'e' });
    expect(stage.collected()[0]).toMatchObject({ accepted: 1, rejected: 5, reason: 'sent_by_source' });
    expect(stage.collected()[0]?.errors).toBe(
      ':sent_by_source@0 :event_not_allowed@1 :unknown_pixel@2 :invalid_event@3-4',
    );
  });

  test('are limited when the browser or the page opts out', async () => {
    await stage.post(postOf({ i: 'gpc' }), { 'sec-gpc': '1' });
    await stage.post(postOf({ i: 'ldu', l: 1 }));
    await stage.post(postOf({ i: 'free' }));
    const events = await deliveredOf(3);
    const limited = events.filter((event) => event.limited_data_use === true).map(({ event_id }) => event_id);
    expect(limited.sort()).toEqual(['gpc', 'ldu']);
  });

  test.each([
    [
      'a clock that is years behind',
      (now: number) => ({ t: 1_000_000_060_000, s: 1_000_000_120_000 + 0 * now }),
      60,
    ],
    ['a clock that is years ahead', (now: number) => ({ t: now + 9e10, s: now + 9e10 + 120_000 }), 120],
    ['a clock that was set between call and request', (now: number) => ({ t: 1_000_000_000_000, s: now }), 0],
    ['no time of sending and a wrong clock', () => ({ t: 1_000_000_000_000 }), 0],
    ['no time at all', () => ({}), 0],
    ['a text in place of a time', () => ({ t: 'yesterday', s: {} }), 0],
  ])('keep their age with %s', async (_, times, age) => {
    const { t, s } = { t: undefined, s: undefined, ...times(Date.now()) };
    await stage.post(postOf({ t }, { s }));
    const [event] = await deliveredOf(1);
    expect(Math.abs(Date.now() / 1000 - age - (event?.event_time ?? 0))).toBeLessThan(30);
  });
});

describe('the cookies', () => {
  const cookie = (name: string, value: string, days: number) =>
    `${name}=${value}; Max-Age=${days * 86_400}; Path=/; Secure; SameSite=Lax`;

  test('are the ids that the script found or proposed, also on a landing without an event', async () => {
    const answer = await stage.post({ v: 1, c: 'E.C.P.abc', p: ttp, e: [] });
    expect(answer.cookies).toEqual([cookie('_ttp', ttp, 390), cookie('_tte', 'E.C.P.abc', 400)]);
  });

  test('keep the id that the visitor has, over one that the script proposes', async () => {
    const answer = await stage.post(postOf({}, { p: 'proposed' }), {
      cookie: `a=b; _ttp=${ttp}; _tte=E.C.P.old`,
    });
    expect(answer.cookies).toEqual([cookie('_ttp', ttp, 390), cookie('_tte', 'E.C.P.old', 400)]);
    expect((await deliveredOf(1))[0]?.user).toMatchObject({ ttp, ttclid: 'E.C.P.old' });
  });

  test('prefer a new click over an earlier one, and ours over that of the pixel', async () => {
    const cookies = { cookie: '_tte=E.C.P.ours; ttclid=E.C.P.pixel' };
    const clickOf = async (page: object, headers = cookies) =>
      (await stage.post({ v: 1, e: [], ...page }, headers)).cookies[0]?.split(/[=;]/)[1];
    expect(await clickOf({ c: 'E.C.P.new' })).toBe('E.C.P.new');
    expect(await clickOf({ u: 'https://shop.example/?ttclid=E.C.P.page' })).toBe('E.C.P.page');
    expect(await clickOf({})).toBe('E.C.P.ours');
    expect(await clickOf({}, { cookie: 'ttclid=E.C.P.pixel' })).toBe('E.C.P.pixel');
  });

  test('are not made for a visitor without an id', async () => {
    expect((await stage.post(postOf())).cookies).toEqual([]);
  });

  test('are not set for events that nobody agreed to', async () => {
    const event = { event_name: 'Search', consent: 'denied' };
    const answer = await stage.post({ events: [event] }, { cookie: `_ttp=${ttp}` });
    expect(answer.cookies).toEqual([]);
    expect(stage.collected()[0]).toMatchObject({ reason: 'no_consent', accepted: 0 });
  });
});

test('answers the preflight of an allowed page only', async () => {
  const preflight = (origin: string) =>
    stage.send({ method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'POST' } });
  const own = await preflight(stage.gateway.url);
  expect(own.status).toBe(204);
  expect(own.headers).toMatchObject({
    'access-control-allow-origin': stage.gateway.url,
    'access-control-allow-credentials': 'true',
    'access-control-allow-methods': 'POST',
    'access-control-allow-headers': 'Content-Type',
  });
  const foreign = await preflight('https://evil.example');
  expect(foreign.status).toBe(204);
  expect(Object.keys(foreign.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
});

// Last: the queue does not come back.
test('answers 503 that the page can read when the queue fails, so that the script sends again', async () => {
  await stage.gateway.queue.stop();
  const answer = await stage.post(postOf());
  expect(answer.status).toBe(503);
  expect(answer.headers).toMatchObject({
    'access-control-allow-origin': stage.gateway.url,
    'access-control-allow-credentials': 'true',
    'retry-after': '2',
  });
  expect(stage.collected()[0]).toMatchObject({ status: 503, not_queued: 1, accepted: 0 });
});
