/** `init` in a copy of the project, without a terminal. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createStageProject, type StageProject } from '../support/gateway/stage-project.ts';
import { checkCommand } from './support/check-command.ts';

let project: StageProject;
beforeAll(() => {
  project = createStageProject();
});
afterAll(() => project.remove());

const init = (...args: string[]) =>
  spawnSync(process.execPath, [project.cliFile, 'init', ...args], { encoding: 'utf8', input: '' });
const fileOf = (stage: string) => readFileSync(join(project.cliFile, '../../stages', `${stage}.yml`), 'utf8');

const pixel = ['--pixel-code', 'C4A1B2C3D4E5F6G7H8I9'];
const mail = ['--alarm-email', 'oncall@example.com'];

test('init writes a stage file once, prints commands to paste, and never writes over it', async () => {
  const first = init('--stage', 'eu', ...pixel, ...mail, '--region', 'eu-west-1', '--json');
  expect(first).toMatchObject({ status: 0, stderr: '' });
  const { file, next } = JSON.parse(first.stdout);
  expect(file).toBe('stages/eu.yml');
  const own = next.flatMap((command: string) => /^npx --no tiktok-events (.*)$/.exec(command)?.[1] ?? []);
  expect(own).toHaveLength(3);
  await Promise.all(own.map(checkCommand));
  const text = fileOf('eu');
  expect(text).toContain('region: eu-west-1');

  const second = init('--stage', 'eu', ...pixel, ...mail);
  expect(second).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining('not overwritten') });
  expect(fileOf('eu')).toBe(text);
});

test('init fills in the delivered file of prod, which has placeholders only', () => {
  const { status, stdout } = init(...pixel, ...mail);
  expect({ status, stdout }).toMatchObject({
    status: 0,
    stdout: expect.stringContaining('stages/prod.yml is written'),
  });
  expect(fileOf('prod')).toContain("pixelCode: 'C4A1B2C3D4E5F6G7H8I9'");
  expect(init(...pixel, ...mail).status).toBe(2);
});

test.each([
  { args: ['--stage', 'us', ...mail], says: /give --pixel-code\./ },
  { args: ['--stage', 'us'], says: /give --pixel-code and --alarm-email\./ },
  {
    args: ['--stage', 'us', ...pixel, ...mail, '--region', 'eu-centrl-1'],
    says: /--region .*eu-central-1\?/,
  },
  { args: ['--stage', 'us', ...pixel, ...mail, '--currency', 'EURO'], says: /--currency must be a currency/ },
  { args: ['--stage', 'local', ...pixel, ...mail], says: /not local/ },
  { args: ['--stage', '../x', ...pixel, ...mail], says: /lower-case letters/ },
])('init $args is refused, and the rule is named', ({ args, says }) => {
  const { status, stdout, stderr } = init(...args);
  expect({ status, stdout, stderr }).toEqual({ status: 2, stdout: '', stderr: expect.stringMatching(says) });
});
