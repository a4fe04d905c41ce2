/** Who may call the sandbox, and what it remembers of the calls. */
import { describe, expect, test } from 'vitest';
import { body, control, event, headers, start, token, track, trackPath } from './sandbox-support.ts';

describe('the way in', () => {
  test.each<[string, Record<string, string>, number]>([
    ['no token', { 'content-type': 'application/json' }, 40104],
    ['an empty token', { ...headers, 'access-token': '' }, 40104],
    ['a wrong token', { ...headers, 'access-token': 'wrong' }, 40105],
    ['a token as bearer', { 'content-type': 'application/json', authorization: `Bearer ${token}` }, 40104],
    ['another content type', { ...headers, 'content-type': 'text/plain' }, 40002],
  ])('refuses a request with %s', async (_, sentHeaders, code) => {
    expect(await track(await start(), body(), { headers: sentHeaders })).toMatchObject({ status: 200, code });
  });

  test('refuses a body that is not JSON', async () => {
    const { url } = await start();
    const response = await fetch(url + trackPath, { method: 'POST', headers, body: '{' });
    expect(await response.json()).toMatchObject({ code: 40002 });
  });

  test.each([
    ['POST', trackPath.slice(0, -1)],
    ['GET', trackPath],
    ['POST', '/open_api/v1.2/event/track/'],
  ])('answers a plain 404 to %s %s', async (method, path) => {
    const response = await fetch((await start()).url + path, { method });
    expect([response.status, response.headers.get('content-type')]).toEqual([
      404,
      'text/plain; charset=utf-8',
    ]);
  });
});

describe('what was received', () => {
  test('logs requests with verdicts and masked tokens, newest last', async () => {
    const sandbox = await start();
    await track(sandbox, body());
    await track(sandbox, body({ event_source: 'x' }));
    const { requests } = await control(sandbox, 'GET', 'requests');
    expect(requests).toMatchObject([
      { path: trackPath, status: 200, code: 0, events: 1, duplicates: 0, body: body() },
      { code: 40002, events: 1, message: expect.stringMatching(/event_source/) },
    ]);
    expect(JSON.stringify(requests)).not.toContain(token);
    expect((await control(sandbox, 'GET', 'requests?limit=1')).requests).toMatchObject([{ code: 40002 }]);
    expect((await control(sandbox, 'GET', 'requests?limit=x')).status).toBe(400);
    await control(sandbox, 'DELETE', 'requests');
    expect((await control(sandbox, 'GET', 'requests')).requests).toEqual([]);
  });

  test('counts duplicates by source, name and id within 48 hours', async () => {
    let now = 0;
    const sandbox = await start({ now: () => now });
    const other = event({ event: 'Lead' });
    await track(sandbox, body({ data: [event(), event(), other] }));
    await track(sandbox, body({ event_source_id: 'OTHER' }));
    now = 47 * 3_600_000;
    await track(sandbox, body());
    now = 49 * 3_600_000;
    await track(sandbox, body());
    expect(sandbox.log.list().map(({ duplicates }) => duplicates)).toEqual([1, 0, 1, 0]);
  });
});
