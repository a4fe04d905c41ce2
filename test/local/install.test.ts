/** The runner installs once what package-lock.json names, runs on Node 24, and says in a sentence what it cannot do. */
import { execFile } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

const scripts = fileURLToPath(new URL('../../scripts', import.meta.url));
let root: string;

const lock = (version: string) => ({
  packages: {
    '': { name: 'x' },
    'node_modules/a': { version },
    'node_modules/other-platform': { version: '1.0.0', optional: true },
  },
});
const write = (path: string, content: unknown) =>
  writeFileSync(join(root, path), typeof content === 'string' ? content : JSON.stringify(content));

/** What `npm ci` does as far as the runner can see: the record, and Node 24. Its runs are counted. */
const fakeNpm = `
const fs = require('node:fs');
const args = process.argv.slice(2).join(' ');
fs.appendFileSync('npm-calls', args + '\\n');
if (fs.existsSync('npm-fails')) { console.error('npm error fetching https://registry.example/a'); process.exit(1); }
if (!args.startsWith('ci')) process.exit(0);
setTimeout(() => {
  fs.mkdirSync('node_modules/.bin', { recursive: true });
  fs.copyFileSync('package-lock.json', 'node_modules/.package-lock.json');
  if (!fs.existsSync('no-node')) fs.symlinkSync(${JSON.stringify(process.execPath)}, 'node_modules/.bin/node');
}, 300);
`;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'runner-'));
  mkdirSync(join(root, 'local'));
  cpSync(scripts, join(root, 'scripts'), { recursive: true });
  write('package.json', { type: 'module' });
  write('package-lock.json', lock('1.0.0'));
  write('npm-cli.js', fakeNpm.replaceAll("require('node:fs')", "process.getBuiltinModule('node:fs')"));
  write('local/main.ts', 'const args: string[] = process.argv.slice(2); console.log("ran", ...args);');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

interface Result {
  code: number;
  stdout: string;
  stderr: string;
}

function run(
  args: string[],
  environment: Record<string, string> = {},
  node = process.execPath,
): Promise<Result> {
  const env = {
    ...process.env,
    npm_execpath: join(root, 'npm-cli.js'),
    npm_lifecycle_event: '',
    ...environment,
  };
  return new Promise((resolve) => {
    const options = { cwd: root, env };
    const child = execFile(node, [join(root, 'scripts/run.mjs'), ...args], options, (_, stdout, stderr) =>
      resolve({ code: child.exitCode ?? -1, stdout, stderr }),
    );
  });
}

const npmCalls = () =>
  existsSync(join(root, 'npm-calls')) ? readFileSync(join(root, 'npm-calls'), 'utf8') : '';
const ciCalls = () => npmCalls().match(/^ci /gm)?.length ?? 0;

describe('the runner', () => {
  test('installs missing packages, says so, and runs the target with its arguments', async () => {
    const first = await run(['start', '--one', 'two']);
    expect(first).toMatchObject({ code: 0, stdout: 'ran --one two\n' });
    expect(first.stderr).toBe('Installing dependencies…\n');
    expect(await run(['start'])).toEqual({ code: 0, stdout: 'ran\n', stderr: '' });
    expect(ciCalls()).toBe(1);
  });

  test('installs again when package-lock.json has changed', async () => {
    await run(['start']);
    write('package-lock.json', lock('2.0.0'));
    await run(['start']);
    expect(ciCalls()).toBe(2);
  });

  test("trusts npm's own record after a plain npm ci", async () => {
    await run(['start']);
    rmSync(join(root, 'node_modules/.installed-lock-hash'));
    await run(['start']);
    expect(ciCalls()).toBe(1);
  });

  test('installs once when two commands start together', async () => {
    const results = await Promise.all([run(['start']), run(['start']), run(['start'])]);
    expect(results.map(({ stdout }) => stdout)).toEqual(['ran\n', 'ran\n', 'ran\n']);
    expect(ciCalls()).toBe(1);
  });

  test('takes over the install lock of a command that died', async () => {
    mkdirSync(join(root, '.local'));
    write('.local/install.lock', '999999999');
    expect(await run(['start'])).toMatchObject({ code: 0, stdout: 'ran\n' });
  });

  test('never installs through a link to another checkout', async () => {
    mkdirSync(join(root, 'elsewhere/.bin'), { recursive: true });
    symlinkSync(join(root, 'elsewhere'), join(root, 'node_modules'));
    await run(['start']);
    expect(ciCalls()).toBe(0);
  });

  test('exits with the exit code of the target', async () => {
    write('local/main.ts', 'process.exit(7)');
    expect((await run(['start'])).code).toBe(7);
    write('local/main.ts', 'process.kill(process.pid, "SIGTERM"); setInterval(() => 0, 1000)');
    expect((await run(['start'])).code).toBe(143);
  });

  test('runs any file of the project', async () => {
    expect(await run(['run', 'local/main.ts', 'x'])).toMatchObject({ code: 0, stdout: 'ran x\n' });
  });
});

describe('the runner refuses', () => {
  test.each([[[]], [['dance']], [['run']], [['constructor']], [['run', 'missing.ts']]])(
    '%j',
    async (args) => {
      const { code, stderr } = await run(args);
      expect([code, stderr.trim().split('\n').length]).toEqual([2, 1]);
    },
  );

  test("shows npm's message without an address when the install fails", async () => {
    write('npm-fails', '');
    const { code, stderr } = await run(['start']);
    expect(code).toBe(1);
    expect(stderr).toContain('npm ci failed');
    expect(stderr).toContain('npm error fetching');
    expect(stderr).not.toContain('registry.example');
  });

  test('refuses to run without Node 24 after one attempt to repair the install', async () => {
    write('no-node', '');
    // The system's Node as a Node 20 would introduce itself.
    write('old-node.mjs', "Object.defineProperty(process.versions, 'node', { value: '20.0.0' });");
    const options = `--import=${join(root, 'old-node.mjs')}`;
    const { code, stderr } = await run(['start'], { NODE_OPTIONS: options });
    expect(code).toBe(1);
    expect(stderr).toMatch(/needs Node 24.*Install Node 24/);
    expect(npmCalls()).toContain('rebuild node --ignore-scripts=false');
  });
});
