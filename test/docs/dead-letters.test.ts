/** docs/dead-letters.md: its commands run in their order on a gateway, and leave no dead letter. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { credentials, region } from '../../local/stage.ts';
import { type CliRun, runCli } from '../cli/support/run-cli.ts';
import { type GatewayProcess, startGatewayProcess } from '../support/gateway/gateway-process.ts';
import { fencedBlocks, readPage } from './pages.ts';

const page = readPage('docs/dead-letters.md');
const commands = fencedBlocks(page, 'sh').flatMap((block) => block.trimEnd().split('\n'));
const folder = mkdtempSync(join(tmpdir(), 'dead-letters-'));
let gateway: GatewayProcess;
let env: Record<string, string>;
let produce: (event: object) => Promise<unknown>;

beforeAll(async () => {
  gateway = await startGatewayProcess();
  const { queueUrl } = (await (await fetch(`${gateway.url}/_sandbox/info`)).json()) as { queueUrl: string };
  env = { PORT: new URL(gateway.url).port, SQS_PORT: new URL(queueUrl).port, TZ: 'UTC' };
  const sqs = new SQSClient({ region, credentials, endpoint: new URL(queueUrl).origin });
  produce = (event) =>
    sqs.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: JSON.stringify(event) }));
});
afterAll(async () => {
  await gateway.stop();
  rmSync(folder, { recursive: true });
});

const file = join(folder, 'events.ndjson');

/** Runs one command of the page on the stage local, with the file of the page in a folder of the test. */
async function run(start: string, typed = ''): Promise<CliRun> {
  const command = commands.find((line) => line.startsWith(`npx --no tiktok-events ${start}`)) ?? '';
  expect(command, `the page has the command ${start}`).not.toBe('');
  const [words = '', source] = command.replace(/^npx --no tiktok-events /, '').split(' < ');
  const args = words
    .replace('--stage prod', '--stage local')
    .replace('events.ndjson', file)
    // The page was written at a time of its own.
    .replace(/2026-11-26T21:30:35Z/, new Date().toISOString())
    .split(' ');
  const used = source === undefined ? typed : readFileSync(file, 'utf8');
  return runCli(args, { env, input: used });
}

const parked = async () => (await gateway.queue()).deadLetters.length;
const untilParked = (count: number) => expect.poll(parked, { timeout: 15_000 }).toBe(count);
/** With its fields in the order of the page. */
const purchase = (event_id: string, value: unknown) => ({
  event_name: 'Purchase',
  event_id,
  email: 'ada@example.com',
  value,
  currency: 'EUR',
});

test('its commands look at a letter, correct it, send it and discard it, and erase a person', async () => {
  await gateway.addFaults({ kind: 'poison', match: 'order-1002' });
  await produce(purchase('order-1001', 'ten'));
  await untilParked(1);
  await produce(purchase('order-1002', 20));
  await untilParked(2);

  const listed = (await run('dead-letters list')).stdout;
  const [sample = ''] = [...page.matchAll(/^2 dead letters[\s\S]*?(?=\n```)/gm)].map(([text]) => text);
  const stable = (text: string) =>
    text.replaceAll(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/g, 'time').replace(/parked .* ago/, '');
  const rows = (text: string) => stable(text).split('\n').slice(0, 5).toSorted();
  expect(rows(listed)).toEqual(rows(sample));

  const shown = (await run('dead-letters show')).stdout;
  const [fieldsOfPage = ''] = [...page.matchAll(/^Fields of the event[\s\S]*?(?=\n```)/gm)].map(
    ([text]) => text,
  );
  expect(shown).toContain(fieldsOfPage);

  expect((await run('dead-letters replay')).stdout).toMatch(/^0 messages put back/);
  expect((await run('dead-letters export')).code).toBe(0);
  const event = JSON.parse(readFileSync(file, 'utf8'));
  writeFileSync(file, `${JSON.stringify({ ...event, value: 10 })}\n`);
  const [, sync] = commands.filter((line) => line.includes(' sync - '));
  expect(sync).toBe('npx --no tiktok-events sync - --stage prod < events.ndjson');
  expect((await run('sync - --stage prod --dry-run')).code).toBe(0);
  expect((await run('sync - --stage prod <')).code).toBe(0);
  const delivered = async () =>
    (await gateway.requests()).flatMap(({ code, body }) =>
      code === 0 ? body.data.map((one) => one.event_id) : [],
    );
  await expect.poll(delivered, { timeout: 15_000 }).toEqual(['order-1001']);

  expect((await run('dead-letters discard --stage prod --reason')).stdout).toBe('1 dead letter discarded.\n');
  expect((await run('dead-letters discard --stage prod --person', 'ada@example.com\n')).code).toBe(0);
  expect(await parked()).toBe(0);
});

test('no command of the page is without a test', () => {
  expect(commands.map((line) => line.replace(/^npx --no tiktok-events /, ''))).toEqual([
    expect.stringMatching(/^dead-letters list/),
    expect.stringMatching(/^dead-letters show/),
    expect.stringMatching(/^dead-letters replay/),
    expect.stringMatching(/^dead-letters export/),
    expect.stringMatching(/^sync - --stage prod --dry-run/),
    expect.stringMatching(/^sync - --stage prod </),
    expect.stringMatching(/^dead-letters discard --stage prod --reason/),
    expect.stringMatching(/^dead-letters discard --stage prod --person/),
  ]);
});
