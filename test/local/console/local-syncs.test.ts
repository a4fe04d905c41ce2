/** The syncs of `npm start` in its console: what it shows of real runs, and its buttons. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ConsoleState, RowsAnswer, StoryAnswer } from '../../../console/api.ts';
import type { RejectedRowsAnswer, SyncAnswer, SyncsAnswer } from '../../../console/syncs-api.ts';
import { type Gateway, startGateway } from '../../../local/gateway.ts';
import { ownStage } from '../../../local/stage/local-stage.ts';
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

const get = async <T>(path: string): Promise<T> =>
  (await fetch(`${gateway.url}/_console/${path}`)).json() as Promise<T>;
const post = (path: string, body: unknown, headers: object = { 'x-console-token': 'local' }) =>
  fetch(`${gateway.url}/_console/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
const act = async (action: string): Promise<SyncAnswer> =>
  (await post(`syncs/${action}`, { sync: 'orders' })).json() as Promise<SyncAnswer>;

async function runOrders(): Promise<SyncAnswer> {
  const { runs } = await get<SyncAnswer>('syncs/orders');
  await act('run');
  return eventually(
    () => get<SyncAnswer>('syncs/orders'),
    (answer) => answer.runs.length > runs.length && answer.sync.state !== 'running',
  );
}

test('lists a sync that has not run, and says that the stage has syncs', async () => {
  expect((await get<ConsoleState>('state')).hasSyncs).toBe(true);
  const { syncs } = await get<SyncsAnswer>('syncs');
  expect(syncs).toMatchObject([{ name: 'orders', state: 'new', mode: 'insert' }]);
  expect(syncs[0]?.run).toBeUndefined();
});

test('runs a sync, and shows its run, its events and their story', async () => {
  const { sync, runs } = await runOrders();
  expect(runs).toMatchObject([{ status: 'succeeded', trigger: 'command', rejected: sync.run?.rejected }]);
  expect(sync.run?.sent).toBeGreaterThan(0);
  const rows = await eventually(
    async () => (await get<RowsAnswer>('rows?source=orders')).rows,
    (found) => found.length === sync.run?.sent && found.every(({ outcome }) => outcome === 'delivered'),
  );
  const story = await get<StoryAnswer>(`stories/${rows[0]?.id}`);
  expect(story.steps[0]?.title).toBe('accepted and queued by the sync orders');
  expect((await get<ConsoleState>('state')).sources).toContain('orders');
}, 30_000);

test('pauses and resumes a sync', async () => {
  expect((await act('pause')).sync).toMatchObject({ state: 'paused', pausedAtMs: expect.any(Number) });
  const { sync } = await act('resume');
  expect(sync.pausedAtMs).toBeUndefined();
  expect(sync.state).not.toBe('paused');
});

test('gives the ids of rejected rows, and nothing else of a row', async () => {
  const { runs } = await runOrders();
  const rejecting = runs.find(({ rejected }) => rejected > 0);
  const answer = await get<RejectedRowsAnswer>(`rejected-rows/orders?run=${rejecting?.id}`);
  expect(answer.rows).toHaveLength(1);
  expect(answer.rows[0]).toMatchObject({ errors: [{ code: 'no_match_key' }] });
  const all = JSON.stringify([answer, runs, await get('syncs')]);
  expect(all).not.toMatch(/@|\+49/);
});

test('refuses another page, an unknown sync, and a body without a name', async () => {
  expect((await post('syncs/run', { sync: 'orders' }, {})).status).toBe(403);
  expect((await post('syncs/run', { sync: 'other' })).status).toBe(404);
  expect((await post('syncs/run', { sync: '__proto__' })).status).toBe(404);
  expect((await post('syncs/run', {})).status).toBe(400);
  expect((await post('syncs/other', { sync: 'orders' })).status).toBe(404);
  expect((await fetch(`${gateway.url}/_console/syncs/other`)).status).toBe(404);
  expect((await fetch(`${gateway.url}/_console/rejected-rows/other?run=x`)).status).toBe(404);
});

test('has no syncs once the stage has none', async () => {
  await gateway.useStage({ ...ownStage(), syncs: {} });
  expect((await get<ConsoleState>('state')).hasSyncs).toBe(false);
  const answer = await fetch(`${gateway.url}/_console/syncs`);
  expect(answer.status).toBe(404);
  expect(await answer.json()).toMatchObject({ detail: 'This stage has no syncs.' });
});
