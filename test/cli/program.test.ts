import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createProgram } from '../../cli/program.ts';
import { runCli, spawnCli } from './support/run-cli.ts';

interface AnyCommand {
  readonly commands: readonly AnyCommand[];
  readonly registeredArguments: readonly unknown[];
  readonly options: readonly { readonly long?: string | undefined }[];
  name(): string;
  helpInformation(): string;
}

/** Commands that do something, with the names of those above them. */
function leaves(command: AnyCommand, path: readonly string[] = []): [string, AnyCommand][] {
  const below = command.commands.flatMap((child) => leaves(child, [...path, child.name()]));
  // `sync` does something itself, and has `sync init` below it.
  const isLeaf = below.length === 0 || command.registeredArguments.length > 0;
  return isLeaf ? [[path.join(' '), command], ...below] : below;
}

const commands = leaves(createProgram() as unknown as AnyCommand);

test('all commands are there', () => {
  expect(commands.map(([name]) => name).sort()).toEqual(
    [
      'connect',
      'console',
      'dead-letters discard',
      'dead-letters export',
      'dead-letters list',
      'dead-letters replay',
      'dead-letters show',
      'disconnect',
      'doctor',
      'events find',
      'events tail',
      'init',
      'keys add',
      'keys list',
      'keys revoke',
      'quality',
      'reconcile',
      'send',
      'sync',
      'sync init',
      'syncs history',
      'syncs list',
      'syncs pause',
      'syncs resume',
      'syncs run',
      'trigger',
      'verify',
    ].sort(),
  );
});

test.each(commands)('%s has --stage, --json, --yes and help', (_, command) => {
  const options = command.options.map(({ long }) => long);
  expect(options).toEqual(expect.arrayContaining(['--stage', '--json', '--yes']));
  expect(command.helpInformation()).toContain('--help');
});

test.each(commands)('the help of %s has examples', async (name) => {
  const { code, stdout } = await runCli([...name.split(' '), '--help']);
  expect(code).toBe(0);
  expect(stdout).toContain(`$ npx --no tiktok-events ${name}`);
});

test.each(commands)('the help of %s shows a default once, and a time with its unit', (_, command) => {
  const defaults = [...command.helpInformation().matchAll(/\(default: ([^)]*)\)(\s*\(default)?/g)];
  for (const [text, value = '', again] of defaults) {
    expect(again, text).toBeUndefined();
    expect(value).not.toMatch(/^\d{5,}$/);
  }
});

test('the help of sync shows a default time with its unit', () => {
  const [, sync] = commands.find(([name]) => name === 'sync') ?? [];
  expect(sync?.helpInformation()).toContain('(default: 5m)');
});

test.each([
  { args: ['snd'], hint: 'Did you mean send?' },
  { args: ['dead-letters', 'lst'], hint: 'Did you mean list?' },
  { args: ['doctor', '--stag', 'x'], hint: 'Did you mean --stage?' },
])('$args is answered with the nearest: $hint', async ({ args, hint }) => {
  const { code, stderr } = await runCli(args);
  expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(hint) });
});

const needed: Readonly<Record<string, readonly string[]>> = {
  'keys revoke': ['backend'],
  sync: ['--query', 'select 1', '--dry-run'],
  trigger: ['shopify:orders/paid'],
};

test.each(
  commands.flatMap(([name]) => [
    { name, wrong: 'an unknown option', args: ['--nosuch'], env: {} },
    { name, wrong: 'an unknown stage', args: ['--stage', 'nosuch', ...(needed[name] ?? [])], env: {} },
    {
      name,
      wrong: 'a gateway that does not run',
      args: needed[name] ?? [],
      env: { PORT: '9', SQS_PORT: '9' },
    },
  ]),
)('$name prints one JSON document for $wrong', async ({ name, args, env }) => {
  const { code, stdout, stderr } = await runCli([...name.split(' '), '--json', ...args], { env });
  expect({ code, stderr, stdout: JSON.parse(stdout) }).toEqual({
    code: expect.any(Number),
    stderr: expect.any(String),
    stdout: expect.any(Object),
  });
});

/** The table of names below the help of `trigger` is as wide as its longest meaning. */
test.each(commands.filter(([name]) => name !== 'trigger'))(
  'the help of %s has no line of more than 100 characters',
  async (name) => {
    const { stdout } = await runCli([...name.split(' '), '--help']);
    expect(stdout.split('\n').filter((line) => line.length > 100)).toEqual([]);
  },
);

test('the help of send groups its options', async () => {
  const { stdout } = await runCli(['send', '--help']);
  const headings = [...stdout.matchAll(/^([A-Z][a-z]+):$/gm)].map(([, heading]) => heading);
  expect(headings).toEqual(['Request', 'Event', 'Person', 'App', 'Product', 'Examples']);
  const person = stdout.slice(stdout.indexOf('\nPerson:'), stdout.indexOf('\nApp:'));
  expect(person).toContain('--email');
  expect(person).not.toContain('--value');
});

test('--version prints the version of the package', async () => {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  expect(await runCli(['--version'])).toMatchObject({ code: 0, stdout: `${version}\n` });
});

test('a command ends the process with its exit code', async () => {
  expect(await spawnCli(['snd'])).toMatchObject({ code: 2, stderr: expect.stringContaining('send') });
});

test('commands that run at the same time write each to a terminal of its own, and leave the process alone', async () => {
  const [refused, helped] = await Promise.all([
    runCli(['sync', '--json', '--mode', 'update', '-']),
    runCli(['doctor', '--help']),
  ]);
  expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('--mode update') });
  expect(JSON.parse(refused.stdout)).toMatchObject({ error: { exit_code: 2 } });
  expect(helped).toMatchObject({ code: 0, stdout: expect.stringContaining('--send-test'), stderr: '' });
  expect(process.exitCode).toBeUndefined();
});
