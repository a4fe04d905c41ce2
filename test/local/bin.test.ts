/** `npx --no tiktok-events`: the clone's own command, from every folder of it; standard output is the command's alone. */
import { execFile } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';

const project = fileURLToPath(new URL('../..', import.meta.url));
const { name, version, bin } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8'));
let root: string;

/** Stands for the command line: says where it runs, on which Node, and with which arguments. */
const stub =
  'const seen: object = { args: process.argv.slice(2), cwd: process.cwd(), node: process.version };\nconsole.log(JSON.stringify(seen));';
const fakeNpm = `
import { mkdirSync, copyFileSync, symlinkSync } from 'node:fs';
console.log('added 689 packages');
mkdirSync('node_modules/.bin', { recursive: true });
copyFileSync('package-lock.json', 'node_modules/.package-lock.json');
symlinkSync(${JSON.stringify(process.execPath)}, 'node_modules/.bin/node');
`;

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'bin-')));
  cpSync(join(project, 'scripts'), join(root, 'scripts'), { recursive: true });
  for (const folder of ['cli', 'docs']) mkdirSync(join(root, folder));
  const write = (file: string, text: string) => writeFileSync(join(root, file), text);
  write('package.json', JSON.stringify({ name, version, private: true, type: 'module', bin }));
  write('package-lock.json', JSON.stringify({ lockfileVersion: 3, packages: { '': { name } } }));
  write('cli/main.ts', stub);
  write('npm-cli.js', fakeNpm);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const isWindows = process.platform === 'win32';

function run(command: string, args: readonly string[], cwd = root, more: NodeJS.ProcessEnv = {}) {
  const kept = Object.entries(process.env).filter(([key]) => !key.startsWith('npm_'));
  const env = {
    ...Object.fromEntries(kept),
    npm_config_cache: join(root, '.cache'),
    npm_config_offline: 'true',
    npm_config_update_notifier: 'false',
    ...more,
  };
  return new Promise<{ code: unknown; stdout: string; stderr: string }>((resolve) => {
    execFile(command, [...args], { cwd, env, shell: isWindows }, (error, stdout, stderr) =>
      resolve({ code: error?.code ?? 0, stdout, stderr }),
    );
  });
}

/** As `npm ci` has left it. */
function install(): void {
  mkdirSync(join(root, 'node_modules', '.bin'), { recursive: true });
  cpSync(join(root, 'package-lock.json'), join(root, 'node_modules', '.package-lock.json'));
  symlinkSync(process.execPath, join(root, 'node_modules', '.bin', 'node'));
}

test.each(['.', 'docs'])('runs the command of the clone from the folder %s', async (folder) => {
  install();
  const { code, stdout, stderr } = await run(
    'npx',
    ['--no', 'tiktok-events', 'doctor', '--stage', 'prod', '--json'],
    join(root, folder),
  );
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(JSON.parse(stdout)).toEqual({
    args: ['doctor', '--stage', 'prod', '--json'],
    cwd: join(root, folder),
    node: process.version,
  });
});

test('installs missing packages first and keeps its notes out of standard output', async () => {
  const { code, stdout, stderr } = await run(
    process.execPath,
    [join(root, bin['tiktok-events']), 'keys', 'list', '--json'],
    join(root, 'docs'),
    { npm_execpath: join(root, 'npm-cli.js') },
  );
  expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringContaining('Installing') });
  expect(JSON.parse(stdout)).toMatchObject({ args: ['keys', 'list', '--json'], cwd: join(root, 'docs') });
});
