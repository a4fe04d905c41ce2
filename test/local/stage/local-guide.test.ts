/** The loop of docs/local.md works as it is written there: start a stage file, send a webhook, change the file. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { fencedBlocks, readPage } from '../../docs/pages.ts';
import { eventually } from '../../support/eventually.ts';
import { createStageProject } from '../../support/gateway/stage-project.ts';
import { type StageRun, startStage } from './stage-run.ts';

const page = readPage('docs/local.md');
const { sources } = parse(fencedBlocks(page, 'yaml')[0] ?? '') as {
  sources: { crm: { mapping: Record<string, string> } };
};
const [printed = '', reloaded = ''] = fencedBlocks(page, 'text');
const [, arguments_ = ''] = /^npm start -- (--stage dev)$/m.exec(page) ?? [];

const project = createStageProject();
let run: StageRun;
beforeAll(async () => {
  project.write('dev', { sources });
  run = await startStage(project, arguments_.split(' '));
});
afterAll(async () => {
  await run.stop();
  project.remove();
});

test('prints the secrets and the ready line that the page shows', () => {
  const shown = printed.replaceAll('http://127.0.0.1:3000', run.url).replace('…\n', '');
  expect(run.output()).toContain(shown);
});

test('delivers the webhook that the page triggers', async () => {
  const [, command = ''] = /^npx --no tiktok-events (trigger .*)$/m.exec(page) ?? [];
  const env = { ...process.env, PORT: new URL(run.url).port };
  await promisify(execFile)(process.execPath, [project.cliFile, ...command.split(' ')], { env });
  const [request] = await eventually(run.requests, (requests) => requests.length > 0);
  expect(request).toMatchObject({ code: 0, body: { data: [{ event: 'Purchase' }] } });
});

test('prints the line that the page shows after a change of the mapping', async () => {
  const { crm } = sources;
  const changed = { ...crm, mapping: { ...crm.mapping, email: 'mail' } };
  project.write('dev', { sources: { ...sources, crm: changed } });
  await run.printed(reloaded);
  expect((await run.order('lead-1', 'crm')).status).toBe(200);
  expect((await run.delivered('lead-1')).event).toMatchObject({ event: 'Lead' });
});
