/** The console's API over real HTTP: what it answers about a stage, and to whom. */
import { request as httpRequest } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ChangesAnswer, ConsoleState, RowsAnswer, StoryAnswer } from '../../../console/api.ts';
import { createFakeStage, type FakeStage, startConsoleServer } from '../../support/console/console-server.ts';
import { answered, event, parked, received, skipped, waits } from '../../support/console/journal-lines.ts';

const nowMs = Date.now();
const at = (seconds: number): number => nowMs - 600_000 + seconds * 1000;

let stage: FakeStage;
let server: Awaited<ReturnType<typeof startConsoleServer>>;
const token = 'a-random-token';

beforeEach(async () => {
  stage = createFakeStage();
  server = await startConsoleServer(stage, token);
});
afterEach(() => server.stop());

const rowsOf = async (query = ''): Promise<RowsAnswer['rows']> =>
  (await server.json<RowsAnswer>(`/_console/rows${query}`)).rows;

describe('what the console shows', () => {
  test('shows an event as accepted, then as delivered with the time that it took', async () => {
    stage.waiting.push(received(at(0), [event(1)], { order: event(9) }));
    expect(await rowsOf()).toEqual([
      {
        id: event(1),
        event: event(1),
        atMs: at(0),
        name: 'Purchase',
        orders: [event(9)],
        source: 'api',
        outcome: 'accepted',
        attempts: 0,
        warnings: [],
      },
    ]);
    stage.waiting.push(answered(at(2), [event(1)]));
    expect(await rowsOf()).toMatchObject([{ outcome: 'delivered', tookMs: 2000, destination: 'default' }]);
  });

  test('gives only the rows that changed since the cursor', async () => {
    stage.waiting.push(received(at(0), [event(1), event(2)]));
    const { cursor } = await server.json<ConsoleState>('/_console/state');
    stage.waiting.push(answered(at(1), [event(2)]));
    const changes = await server.json<ChangesAnswer>(`/_console/changes?after=${cursor}`);
    expect(changes.rows.map(({ id }) => id)).toEqual([event(2)]);
    const none = await server.json<ChangesAnswer>(`/_console/changes?after=${changes.cursor}`);
    expect(none).toEqual({ rows: [], cursor: changes.cursor });
  });

  test('gives every row to a page that was opened before the server started again', async () => {
    stage.waiting.push(received(at(0), [event(1), event(2)]));
    const { rows } = await server.json<ChangesAnswer>('/_console/changes?after=deadbeef.99');
    expect(rows).toHaveLength(2);
  });

  test('counts outcomes, names the filters, and gives the median time to delivery', async () => {
    stage.waiting.push(received(at(0), [event(1), event(2), event(3)]), skipped(at(1), 'test_order'));
    stage.waiting.push(answered(at(2), [event(1)]), answered(at(4), [event(2)]), parked(at(5), event(3)));
    const state = await server.json<ConsoleState>('/_console/state');
    expect(state.totals).toMatchObject({ delivered: 2, skipped: 1, 'dead-letter': 1, accepted: 0 });
    expect(state).toMatchObject({ sources: ['api', 'shopify'], names: ['Purchase'], medianMs: 4000 });
    expect(state).toMatchObject({ stage: 'prod', isLocal: false, sendsTo: 'tiktok', problems: [] });
  });

  test('names what waits for one reason, since when, until when, and a command that helps', async () => {
    stage.waiting.push(received(at(0), [event(1), event(2)]));
    stage.waiting.push(waits(at(10), [event(1), event(2)]), waits(at(40), [event(1), event(2)]));
    const { held } = await server.json<ConsoleState>('/_console/state');
    expect(held).toMatchObject([
      {
        destination: 'default',
        outcome: 'held',
        count: 2,
        reason: 'tiktok_40105',
        sinceMs: at(10),
        nextAttemptMs: at(70),
        remedy: 'npx --no tiktok-events connect --stage prod --destination default',
      },
    ]);
    stage.waiting.push(answered(at(70), [event(1), event(2)]));
    expect((await server.json<ConsoleState>('/_console/state')).held).toEqual([]);
  });

  test('filters rows by source, name, outcome and fingerprint of an order', async () => {
    stage.waiting.push(received(at(0), [event(1)], { order: event(9) }), skipped(at(1), 'test_order'));
    stage.waiting.push(received(at(2), [event(2)], { event_name: 'AddToCart' }));
    const ids = async (query: string) => (await rowsOf(query)).map(({ id }) => id);
    expect(await ids('?source=shopify')).toHaveLength(1);
    expect(await ids('?name=AddToCart')).toEqual([event(2)]);
    expect(await ids('?outcome=skipped')).toHaveLength(1);
    expect(await ids(`?find=${event(9)}`)).toEqual([event(1)]);
    expect(await ids('?outcome=nothing')).toEqual([]);
  });

  test('says of a skipped webhook why, in words', async () => {
    stage.waiting.push(skipped(at(1), 'test_order'));
    const [row] = await rowsOf();
    expect(row).toMatchObject({ outcome: 'skipped', reason: 'test_order', topic: 'orders/paid' });
    expect(row?.text).toMatch(/test order/i);
  });

  test('looks for an older event in the whole journal of the stage', async () => {
    stage.all.push(received(at(0), [event(5)], { order: event(9) }), answered(at(1), [event(5)]));
    expect(await rowsOf(`?find=${event(9)}`)).toMatchObject([{ id: event(5), outcome: 'delivered' }]);
    const story = await server.json<StoryAnswer>(`/_console/stories/${event(5)}`);
    expect(story.steps.length).toBeGreaterThan(1);
  });

  test('tells the story of an event and of a request that became none', async () => {
    stage.waiting.push(
      received(at(0), [event(1)]),
      skipped(at(1), 'test_order'),
      answered(at(2), [event(1)]),
    );
    const rows = await rowsOf();
    const story = await server.json<StoryAnswer>(`/_console/stories/${event(1)}`);
    expect(story.steps.map(({ tone }) => tone)).toEqual(['neutral', 'good']);
    expect(story).toMatchObject({ row: { id: event(1) }, changes: [] });
    const other = rows.find(({ outcome }) => outcome === 'skipped');
    const skip = await server.json<StoryAnswer>(`/_console/stories/${other?.id}`);
    expect(skip.steps).toMatchObject([{ title: 'skipped from shopify orders/paid: test_order' }]);
  });
});

describe('ten thousand events and more', () => {
  test('answers less than 5 MB with rows that all have a long reason, and continues at the cursor', async () => {
    const ids = Array.from({ length: 12_000 }, (_, index) => event(index));
    for (let start = 0; start < ids.length; start += 50) {
      const part = ids.slice(start, start + 50);
      stage.waiting.push(received(at(0) + start, part, { order: part.join(' ') }));
      stage.waiting.push(waits(at(1) + start, part, { reason: 'tiktok_40113' }));
    }
    const response = await server.get('/_console/rows');
    const text = await response.text();
    expect(text.length).toBeLessThan(5_000_000);
    const first: RowsAnswer = JSON.parse(text);
    const rest = await server.json<RowsAnswer>(`/_console/rows?before=${first.before}`);
    const all = new Set([...first.rows, ...rest.rows].map(({ id }) => id));
    expect(all.size).toBe(first.rows.length + rest.rows.length);
    expect(all.size).toBeGreaterThanOrEqual(10_000);
    expect(all.size).toBeLessThanOrEqual(11_000);
    const changes = await (await server.get('/_console/changes?after=')).text();
    expect(changes.length).toBeLessThan(5_000_000);
    const state = await server.json<ConsoleState>('/_console/state');
    expect(state.totals.held).toBe(12_000);
    expect(state.held).toMatchObject([{ count: 12_000 }]);
  });
});

describe('who gets an answer', () => {
  const paths = ['state', 'rows', 'changes', 'quality', 'dead-letters', 'samples', `stories/${event(1)}`];

  test.each(paths)('answers 403 to GET %s without the token, and with a wrong one', async (path) => {
    stage.waiting.push(received(at(0), [event(1)]));
    for (const headers of [{}, { 'x-console-token': 'wrong' }, { 'x-console-token': '' }]) {
      const response = await fetch(`${server.url}/_console/${path}`, { headers });
      expect(response.status).toBe(403);
      expect(await response.text()).not.toContain(event(1));
    }
  });

  test.each(['replay', 'discard'])('changes nothing for POST %s without the token', async (action) => {
    const response = await fetch(`${server.url}/_console/dead-letters/${action}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"ids":["a"]}',
    });
    expect(response.status).toBe(403);
    expect(stage.asked).toEqual([]);
  });

  test('passes the ids of dead letters on, once each request', async () => {
    const answer = await server.post('/_console/dead-letters/replay', { ids: ['a', 'b'] });
    expect(await answer.json()).toEqual({ done: 2, left: [] });
    expect(stage.asked).toEqual([{ action: 'replay', ids: ['a', 'b'] }]);
  });

  test.each([
    ['text that is not JSON', '{', 400],
    ['ids that are no list', { ids: 'a' }, 400],
    ['ids that are no text', { ids: [1] }, 400],
    ['more ids than a page can list', { ids: Array.from({ length: 1_001 }, String) }, 400],
    ['a body of 300 KiB', { ids: ['x'.repeat(300_000)] }, 413],
  ])('refuses %s', async (_, body, status) => {
    const response = await server.post('/_console/dead-letters/discard', body);
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(stage.asked).toEqual([]);
  });

  test('refuses a form, which another page could send', async () => {
    const response = await fetch(`${server.url}/_console/dead-letters/discard`, {
      method: 'POST',
      headers: { 'x-console-token': token, 'content-type': 'text/plain' },
      body: '{"ids":["a"]}',
    });
    expect(response.status).toBe(415);
  });

  test.each([
    ['GET', '/_console/nothing'],
    ['GET', '/_console/'],
    ['GET', '/_console/stories/*'],
    ['GET', '/_console/stories/ffffffffffffffff'],
    ['GET', '/_console/stories/a/b'],
    ['GET', '/_console/constructor'],
    ['PUT', '/_console/state'],
    ['POST', '/_console/samples/event%3APurchase'],
    ['POST', `/_console/resend/${event(1)}`],
  ])('answers %s %s with 404', async (method, path) => {
    const response = await fetch(server.url + path, { method, headers: { 'x-console-token': token } });
    expect(response.status).toBe(404);
    expect(server.errors).toEqual([]);
  });

  test.each([
    '/_console/assets/../server/console.ts',
    '/_console/assets/..%2f..%2fpackage.json',
    '/_console/assets//etc/passwd',
    '/_console/assets/',
    '/_console/assets/constructor',
  ])('serves no file at %s', async (path) => {
    const status = await statusOf(path);
    expect(status).toBe(404);
  });

  /** `fetch` would take the dots out of a path. */
  const statusOf = (path: string): Promise<number | undefined> =>
    new Promise((resolve, reject) => {
      const { port } = new URL(server.url);
      const headers = { 'x-console-token': token };
      httpRequest({ host: '127.0.0.1', port, path, headers }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .on('error', reject)
        .end();
    });

  test('serves the page and its files with a policy that allows nothing else', async () => {
    const response = await fetch(`${server.url}/`);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'");
    expect(policy).not.toContain('unsafe');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('cache-control')).toBe('no-store');
    const script = await fetch(`${server.url}/_console/assets/console.js`);
    expect(script.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(await script.text()).toBe('start()');
  });

  test('says nothing about an error but that it happened', async () => {
    const broken = createFakeStage({
      letters: { ...stage.letters, list: () => Promise.reject(new Error('jane@example.com')) },
    });
    const other = await startConsoleServer(broken, token);
    const response = await other.get('/_console/dead-letters');
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain('jane');
    expect(other.errors).toHaveLength(1);
    await other.stop();
  });
});
