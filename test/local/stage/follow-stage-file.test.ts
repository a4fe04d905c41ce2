/** A change of the stage file applies to the running gateway without a restart, and a mistake in it changes nothing. */
import { execFile } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import { createStageProject, type StageProject } from '../../support/gateway/stage-project.ts';
import { orders, type StageRun, startStage } from './stage-run.ts';

const pixel = { default: { pixelCode: 'PIXEL1', currency: 'EUR' } };
let project: StageProject;
let run: StageRun;

beforeEach(async () => {
  project = createStageProject();
  project.write('shop', { destinations: pixel, sources: { orders: orders() } });
  run = await startStage(project);
});
afterEach(async () => {
  await run.stop();
  project.remove();
});

const fault = (body: object) => run.post('/_sandbox/faults', JSON.stringify(body), {});

test('maps with the new mapping after a save, and says what changed', async () => {
  await run.order('before');
  expect((await run.delivered('before')).event).toMatchObject({ properties: { value: 20 } });
  project.write('shop', { destinations: pixel, sources: { orders: orders({ value: 'sum' }) } });
  await run.printed('Reloaded stages/shop.yml: source orders: mapping.\n');
  await run.order('after');
  expect((await run.delivered('after')).event).toMatchObject({ properties: { value: 30 } });
  project.write('shop', { destinations: pixel, sources: { orders: orders() } });
  await eventually(() => run.output().split('source orders: mapping.\n').length === 3);
  await run.order('again');
  expect((await run.delivered('again')).event).toMatchObject({ properties: { value: 20 } });
});

test('answers a webhook whose source is removed while its body arrives', async () => {
  const body = JSON.stringify({ id: 'late', mail: 'jane@example.com', total: 20 });
  const signature = createHmac('sha256', 'local-orders-secret').update(body).digest('hex');
  const headers = { 'x-signature': signature, 'content-length': body.length, expect: '100-continue' };
  const sending = request(`${run.url}/v1/webhooks/orders`, { method: 'POST', headers });
  const answer = once(sending, 'response');
  sending.flushHeaders();
  // Now the gateway has the request, and waits for its body.
  await once(sending, 'continue');
  project.write('shop', { destinations: pixel, sources: {} });
  await run.printed('source orders removed');
  sending.end(body);
  const [response] = (await answer) as [IncomingMessage];
  expect(response.statusCode).toBe(200);
  response.resume();
  expect((await run.delivered('late')).request).toMatchObject({ code: 0 });
});

test('adds a source with its secret and its route, and answers 404 for a removed one', async () => {
  expect((await run.order('a', 'crm')).status).toBe(404);
  project.replace('shop', { destinations: pixel, sources: { crm: orders() } });
  await run.printed(
    `Reloaded stages/shop.yml: source orders removed; source crm added.\n  source crm: ${run.url}/v1/webhooks/crm, secret local-crm-secret\n`,
  );
  expect((await run.order('b', 'crm')).status).toBe(200);
  expect((await run.order('c')).status).toBe(404);
  await run.delivered('b');
  expect(await run.json('/_sandbox/info')).toMatchObject({ sources: { crm: { platform: 'custom' } } });
});

test('sends to a new destination, whose token and pixel the sandbox knows, and warns once of a placeholder', async () => {
  const destinations = { ...pixel, eu: { pixelCode: 'YOUR_EU_PIXEL', currency: 'EUR' } };
  project.write('shop', { destinations, sources: { orders: { ...orders(), destination: 'eu' } } });
  await run.printed('destination eu: access token local-eu-access-token');
  await run.order('eu');
  expect((await run.delivered('eu')).request).toMatchObject({
    code: 0,
    body: { event_source_id: 'YOUR_EU_PIXEL' },
  });
  project.write('shop', { destinations, sources: {} });
  await run.printed('source orders removed');
  expect(run.output().split('destinations.eu.pixelCode is a placeholder')).toHaveLength(2);
});

test('delivers messages that waited during a reload, with the new settings of their destination', async () => {
  await fault({ kind: 'status', status: 503 });
  await run.order('waiting');
  await run.delivered('waiting');
  project.write('shop', {
    destinations: { default: { pixelCode: 'PIXEL9', currency: 'EUR' } },
    sources: { orders: orders() },
  });
  await run.printed('Reloaded stages/shop.yml: destination default: pixelCode.\n');
  await fetch(`${run.url}/_sandbox/faults`, { method: 'DELETE' });
  await fetch(`${run.url}/_sandbox/requests`, { method: 'DELETE' });
  expect((await run.delivered('waiting')).request).toMatchObject({
    code: 0,
    body: { event_source_id: 'PIXEL9' },
  });
});

test('ends a call to TikTok that was in progress during a reload', async () => {
  await fault({ kind: 'slow', ms: 3_000, times: 1 });
  await run.order('slow');
  // The fault is used up as soon as the call has reached the sandbox.
  await eventually(async () => ((await run.json('/_sandbox/faults')) as { faults: [] }).faults.length === 0);
  project.write('shop', { destinations: { other: { pixelCode: 'PIXEL3' } }, sources: {} });
  await run.printed('destination default removed; destination other added; source orders removed.');
  const { request: call } = await run.delivered('slow');
  expect(call).toMatchObject({ code: 0, events: 1, body: { event_source_id: 'PIXEL1' } });
  expect(await run.json('/_sandbox/queue')).toMatchObject({ deadLetters: [] });
});

test('keeps the settings from before and says once what is wrong with the file', async () => {
  const broken = 'destinations: [\n';
  project.writeText('shop', broken);
  await run.printed('stages/shop.yml, line 2: not valid YAML');
  project.writeText('shop', broken);
  expect((await run.order('kept')).status).toBe(200);
  await run.delivered('kept');
  expect(run.output().split('not valid YAML')).toHaveLength(2);
  expect(run.output()).toContain('The settings from before stay in use.\n');
  project.write('shop', { destinations: pixel, sources: { orders: orders({ value: 'sum [' }) } });
  await run.printed('  - sources.orders.mapping.value ');
  project.write('shop', { destinations: pixel, sources: { orders: orders() } });
  await run.printed('Reloaded stages/shop.yml: nothing changed for this gateway.\n');
});

test('takes a file that is written in several steps as one change', async () => {
  const sources = { orders: orders({ value: 'sum' }) };
  project.writeInSteps('shop', { destinations: pixel, sources });
  await run.printed('Reloaded stages/shop.yml: source orders: mapping.\n');
  expect(run.output()).not.toContain('stay in use');
});

test('keeps a secret that an operator stored, and sets the missing ones', async () => {
  const port = new URL(run.url).port;
  const env = { ...process.env, PORT: port };
  const add = execFile(
    process.execPath,
    [project.cliFile, 'keys', 'add', '--webhook', 'orders', '--stage', 'local'],
    { env },
  );
  add.stdin?.end('a-secret-of-the-shop-itself\n');
  expect(await new Promise((resolve) => add.once('exit', resolve))).toBe(0);
  project.write('shop', {
    destinations: pixel,
    sources: { orders: orders({ value: 'sum' }), crm: orders() },
  });
  await run.printed('secret local-crm-secret');
  expect((await run.order('own', 'orders', 'a-secret-of-the-shop-itself')).status).toBe(200);
  expect((await run.order('local', 'orders')).status).toBe(200);
  expect((await run.order('crm', 'crm')).status).toBe(200);
  expect(run.output().split('secret local-orders-secret')).toHaveLength(2);
});
