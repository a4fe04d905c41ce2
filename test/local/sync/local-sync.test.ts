/** A sync of `npm start`: Lambda's Invoke → the deployed handler → Athena over a folder of files → queue → sandbox. */
import { appendFile, cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { syncsSchema } from '../../../lib/sync/settings.ts';
import { type Gateway, startGateway } from '../../../local/gateway.ts';
import { type LocalStage, ownStage } from '../../../local/stage/local-stage.ts';
import { describeSyncs } from '../../../local/sync/describe-syncs.ts';
import { tablesFolderOf } from '../../../local/sync/tables-folder.ts';
import { eventually } from '../../support/eventually.ts';

let gateway: Gateway;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tables-'));
  await cp(tablesFolderOf('local', undefined) ?? '', folder, { recursive: true });
  await mkdir(join(folder, 'crm'));
  await writeFile(join(folder, 'crm', 'leads.csv'), 'id,mail\n1,ada@example.com\n');
  const mapping = { windowMs: 50 };
  gateway = await startGateway({ port: 0, sqsPort: 0, mapping, tablesFolder: folder });
});
afterAll(async () => {
  await gateway.stop();
  await rm(folder, { recursive: true });
});

async function run(sync: string): Promise<{ status: string }> {
  const { lambdaUrl } = (await (await fetch(`${gateway.url}/_sandbox/info`)).json()) as { lambdaUrl: string };
  const credentials = { accessKeyId: 'x', secretAccessKey: 'x' };
  const client = new LambdaClient({ region: 'us-east-1', endpoint: lambdaUrl, credentials, maxAttempts: 1 });
  const Payload = JSON.stringify({ sync, trigger: 'command' });
  const { Payload: answer } = await client.send(
    new InvokeCommand({ FunctionName: 'tiktok-events-local-sync', Payload }),
  );
  client.destroy();
  return JSON.parse(answer?.transformToString() ?? '');
}

const received = () => gateway.sandbox.log.list().flatMap(({ body }) => eventIds(body));
const eventIds = (body: unknown): unknown[] =>
  ((body as { data?: { event_id: unknown }[] }).data ?? []).map(({ event_id }) => event_id);

const leads = (query: string) =>
  syncsSchema().parse({
    leads: {
      engine: 'athena',
      workgroup: 'crm',
      database: 'crm',
      query,
      mapping: { event_name: "'Lead'", event_id: "join('-', ['lead', text(id)])", email: 'mail' },
      schedule: 'rate(1 hour)',
    },
  });

test('sends the orders of the stage local, and the second time only what is new', async () => {
  expect(await run('orders')).toMatchObject({ sync: 'orders', status: 'succeeded' });
  await eventually(received, (ids) => ids.length >= 7);
  expect(received().sort()).toEqual([5001, 5002, 5003, 5004, 5006, 5007, 5008].map((id) => `order-${id}`));
  await appendFile(join(folder, 'shop', 'orders.csv'), '5009,gus@example.com,,EUR,5.00,mug,1,2\n');
  expect(await run('orders')).toMatchObject({ status: 'succeeded' });
  await eventually(received, (ids) => ids.includes('order-5009'));
  expect(received().length).toBeLessThan(10);
  expect(await run('other')).toMatchObject({ status: 'unknown_sync' });
}, 60_000);

test('runs the syncs of another version of the stage', async () => {
  const stage: LocalStage = { ...ownStage(), syncs: leads('select id, mail from leads') };
  await gateway.useStage(stage);
  expect(await run('leads')).toMatchObject({ status: 'succeeded' });
  await eventually(received, (ids) => ids.includes('lead-1'));
  await gateway.useStage({ ...stage, syncs: leads('select id + 1 as id, mail from leads') });
  expect(await run('leads')).toMatchObject({ status: 'succeeded' });
  await eventually(received, (ids) => ids.includes('lead-2'));
}, 60_000);

test('prints a notice when a query fails', async () => {
  await gateway.useStage({ ...ownStage(), syncs: leads('select id from nothing') });
  expect(await run('leads')).toMatchObject({ status: 'failed' });
  expect(gateway.syncs.notices.notices.at(-1)?.subject).toBe('tiktok-events local: sync leads failed');
});

test('says which syncs there are and how to run one', () => {
  expect(describeSyncs(ownStage(), resolve('local/tables'))).toEqual([
    'Syncs: orders. Schedules do not fire here: npx --no tiktok-events syncs run orders',
    '  Tables: local/tables/<database>/<table>.csv, .parquet or .ndjson.',
  ]);
  expect(describeSyncs({ ...ownStage(), syncs: {} }, undefined)).toEqual([]);
});
