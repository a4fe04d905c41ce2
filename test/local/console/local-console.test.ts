/** The console of `npm start`: what it shows of real requests to the gateway, and what it can send. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type {
  ActionAnswer,
  ConsoleState,
  DeadLettersAnswer,
  QualityAnswer,
  Row,
  RowsAnswer,
  SampleResult,
  SamplesAnswer,
  StoryAnswer,
} from '../../../console/api.ts';
import { sha256 } from '../../../lib/privacy/sha256.ts';
import { type Gateway, startGateway } from '../../../local/gateway.ts';
import { eventually } from '../../support/eventually.ts';

let gateway: Gateway;
const level = process.env.POWERTOOLS_LOG_LEVEL;

beforeAll(async () => {
  // The console shows what the functions log.
  process.env.POWERTOOLS_LOG_LEVEL = 'INFO';
  gateway = await startGateway({ port: 0, sqsPort: 0, mapping: { windowMs: 100 } });
});
afterAll(async () => {
  await gateway.stop();
  if (level === undefined) delete process.env.POWERTOOLS_LOG_LEVEL;
  else process.env.POWERTOOLS_LOG_LEVEL = level;
});
afterEach(() => gateway.sandbox.faults.clear());

const get = async <T>(path: string): Promise<T> => (await fetch(gateway.url + path)).json() as Promise<T>;
const rows = async (): Promise<readonly Row[]> => (await get<RowsAnswer>('/_console/rows')).rows;
const rowOf = async (id: string): Promise<Row | undefined> =>
  (await rows()).find((row) => row.eventId === id);

const post = (path: string, body: unknown, headers: Readonly<Record<string, string>> = {}) =>
  fetch(gateway.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
const send = (event: object) => post('/v1/events', event, { authorization: 'Bearer local-api-key' });
const act = (path: string, body: unknown = {}) => post(path, body, { 'x-console-token': 'local' });
const result = async (path: string): Promise<SampleResult> =>
  (await act(path)).json() as Promise<SampleResult>;
const addFault = (fault: object) => post('/_sandbox/faults', fault);

const purchase = { event_name: 'Purchase', email: 'Ada@Example.com', value: 20, currency: 'USD' };

async function waitFor(id: string, outcome: Row['outcome']): Promise<Row> {
  await eventually(async () => (await rowOf(id))?.outcome === outcome);
  const row = await rowOf(id);
  if (row === undefined) throw new Error('The row is gone.');
  return row;
}

describe('what became of a request', () => {
  test('shows an event as delivered, with its id, source and duration', async () => {
    await send({ ...purchase, event_id: 'order-1', order_id: '1' });
    const row = await waitFor('order-1', 'delivered');
    expect(row).toMatchObject({ name: 'Purchase', source: 'api', destination: 'default', attempts: 1 });
    expect(row.orders).toEqual([sha256('1').slice(0, 16)]);
    expect(row.tookMs).toBeGreaterThan(0);
  });

  test('tells how each personal field changed on its way, as TikTok received it', async () => {
    await send({
      ...purchase,
      event_id: 'order-2',
      first_name: 'Ada ',
      country: 'us',
      phone: '(213) 373-4253',
    });
    const { id } = await waitFor('order-2', 'delivered');
    const story = await get<StoryAnswer>(`/_console/stories/${id}`);
    expect(story.steps.at(-1)).toMatchObject({ tone: 'good', title: 'delivered' });
    const digest = sha256('ada@example.com');
    expect(story.changes).toContainEqual({
      field: 'email',
      raw: 'Ada@Example.com',
      normalized: 'ada@example.com',
      digest,
    });
    const fields = story.changes.map(({ field }) => field);
    expect(fields).toEqual(expect.arrayContaining(['phone', 'first_name', 'country']));
    const sent = JSON.stringify(gateway.sandbox.log.list());
    for (const change of story.changes) expect(sent).toContain(change.digest ?? change.normalized);
  });

  test('shows a rejected post with its field and code, and the reason in words', async () => {
    expect((await send({ event_name: 'Purchase', event_id: 'order-3', emial: 'x' })).status).toBe(422);
    const row = (await rows()).find(({ outcome }) => outcome === 'rejected');
    expect(row?.reason).toMatch(/:unknown_field$/);
    expect(row?.text).toContain('field');
  });

  test('shows a skipped webhook with its topic and reason', async () => {
    const id = encodeURIComponent('webhook:shopify:orders/cancelled');
    const { rowId } = await result(`/_console/samples/${id}`);
    const row = (await rows()).find((one) => one.id === rowId);
    expect(row).toMatchObject({ outcome: 'skipped', source: 'shopify', topic: 'orders/cancelled' });
    expect(row?.text).toMatch(/\w+ \w+/);
    const story = await get<StoryAnswer>(`/_console/stories/${rowId}`);
    expect(story.steps[0]?.title).toContain('skipped from shopify orders/cancelled');
  });

  test('shows a held event with its next attempt, and the command that helps', async () => {
    await addFault({ kind: 'code', code: 40105 });
    await send({ ...purchase, event_id: 'order-4' });
    const row = await waitFor('order-4', 'held');
    expect(row.reason).toBe('tiktok_40105');
    expect(row.nextAttemptMs).toBeGreaterThan(row.atMs);
    const { held } = await get<ConsoleState>('/_console/state');
    expect(held).toMatchObject([
      {
        destination: 'default',
        outcome: 'held',
        count: 1,
        remedy: 'npx --no tiktok-events connect --stage local --destination default',
      },
    ]);
    gateway.sandbox.faults.clear();
    await waitFor('order-4', 'delivered');
    expect((await get<ConsoleState>('/_console/state')).held).toEqual([]);
  });

  test('adds up the coverage of what was delivered', async () => {
    await send({ ...purchase, event_id: 'order-5' });
    await waitFor('order-5', 'delivered');
    const quality = await get<QualityAnswer>('/_console/quality');
    const row = quality.rows.find(({ source, name }) => source === 'api' && name === 'Purchase');
    expect(row?.counts.email).toBeGreaterThan(0);
    expect(row?.score).toBeGreaterThan(0);
    expect(quality.gains.length).toBeGreaterThan(0);
  });
});

describe('dead letters', () => {
  const letters = async () => (await get<DeadLettersAnswer>('/_console/dead-letters')).letters;
  const finish = async (action: 'replay' | 'discard', ids: readonly string[]): Promise<ActionAnswer> =>
    (await act(`/_console/dead-letters/${action}`, { ids })).json() as Promise<ActionAnswer>;

  async function parkOne(id: string): Promise<Row> {
    await addFault({ kind: 'poison', match: id });
    await send({ ...purchase, event_id: id });
    const row = await waitFor(id, 'dead-letter');
    gateway.sandbox.faults.clear();
    return row;
  }

  test('shows the dead letter of an event, and delivers the event when it is replayed', async () => {
    const row = await parkOne('poison-1');
    const [letter] = await letters();
    expect(letter).toMatchObject({ event: row.id, eventId: 'poison-1', reason: 'tiktok_40002' });
    expect(letter?.text).toMatch(/\w+ \w+/);
    expect(await finish('replay', [letter?.id ?? ''])).toEqual({ done: 1, left: [] });
    const delivered = await waitFor('poison-1', 'delivered');
    expect(delivered.deadLetterId).toBeUndefined();
    expect(await letters()).toEqual([]);
    const story = await get<StoryAnswer>(`/_console/stories/${delivered.id}`);
    expect(story.steps.map(({ title }) => title).join('; ')).toMatch(/replayed.*delivered/);
  });

  test('discards only the dead letter that it is asked to discard', async () => {
    const [one, other] = [await parkOne('poison-2'), await parkOne('poison-3')];
    expect(await finish('discard', [one.deadLetterId ?? ''])).toEqual({ done: 1, left: [] });
    expect((await letters()).map(({ event }) => event)).toEqual([other.event]);
    expect(await rowOf('poison-2')).toMatchObject({ outcome: 'discarded', reason: 'tiktok_40002' });
    expect(await rowOf('poison-3')).toMatchObject({ outcome: 'dead-letter' });
    await finish('discard', [other.deadLetterId ?? '']);
  });

  test('says why a dead letter stays that is not there', async () => {
    const answer = await finish('replay', ['00000000-0000-4000-8000-000000000000']);
    expect(answer).toMatchObject({ done: 0, left: [{ why: expect.stringMatching(/not there/) }] });
  });
});

describe('what the console can send', () => {
  test('gives a curl command that sends the same event again when a shell runs it', async () => {
    await send({ ...purchase, event_id: "order-6 'quoted' $HOME", description: 'a "b" \\ c\nd é 🛒' });
    const { id } = await waitFor("order-6 'quoted' $HOME", 'delivered');
    const { curl } = await get<StoryAnswer>(`/_console/stories/${id}`);
    const { stdout } = await promisify(execFile)('sh', ['-c', curl ?? '']);
    expect(JSON.parse(stdout)).toMatchObject({ events: [{ event_id: "order-6 'quoted' $HOME" }] });
    const sent = () => JSON.stringify(gateway.sandbox.log.list()).split("order-6 'quoted'").length - 1;
    await eventually(async () => sent() >= 2);
  });

  test('sends the event of a row again, and TikTok counts it once', async () => {
    await send({ ...purchase, event_id: 'order-7' });
    const { id } = await waitFor('order-7', 'delivered');
    expect(await result(`/_console/resend/${id}`)).toMatchObject({ status: 202, rowId: id });
    await eventually(async () => gateway.sandbox.log.list().some(({ duplicates }) => duplicates === 1));
  });

  test('sends every sample, signed where it is a webhook, and says which row it became', async () => {
    const { samples } = await get<SamplesAnswer>('/_console/samples');
    const platforms = new Set(samples.map(({ id }) => id.split(':')[1]));
    for (const platform of [
      'shopify',
      'woocommerce',
      'shoplazza',
      'stripe',
      'bigcommerce',
      'nuvemshop',
      'standard',
    ])
      expect(platforms).toContain(platform);
    const before = (await get<ConsoleState>('/_console/state')).totals;
    for (const { id } of samples) {
      const { status, rowId } = await result(`/_console/samples/${encodeURIComponent(id)}`);
      expect([id, status]).toEqual([id, id.startsWith('event:') ? 202 : 200]);
      expect([id, rowId]).toEqual([id, expect.stringMatching(/^[0-9a-f]{16}$/)]);
    }
    const { totals } = await get<ConsoleState>('/_console/state');
    const count = ({ accepted, delivered, skipped }: ConsoleState['totals']) =>
      accepted + delivered + skipped;
    // None is a duplicate: each is a row of its own.
    expect(count(totals) - count(before)).toBeGreaterThanOrEqual(samples.length);
    expect(totals.rejected).toBe(before.rejected);
  });

  test.each(['webhook:shopify:nothing', 'event:Nothing', '__proto__'])('has no sample %s', async (id) => {
    expect((await act(`/_console/samples/${encodeURIComponent(id)}`)).status).toBe(404);
  });
});

describe('who gets an answer on this machine', () => {
  test('sends nothing without the header of the page', async () => {
    const response = await post('/_console/samples/event%3APurchase', {});
    expect(response.status).toBe(403);
  });

  test.each([
    ['another origin', { origin: 'https://evil.example' }],
    ['another port of this machine', { origin: 'http://127.0.0.1:1' }],
    ['an image of another site', { 'sec-fetch-site': 'cross-site' }],
  ])('answers nothing to a page of %s', async (_, headers) => {
    for (const path of ['/_console/state', '/_console/rows', '/_console/stories/x']) {
      const response = await fetch(gateway.url + path, { headers });
      expect([path, response.status]).toEqual([path, 403]);
    }
  });
});
