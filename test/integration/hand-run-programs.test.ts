/** The programs that engineers run by hand explain themselves, and never run with an option that they do not know. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));
const { scripts }: { scripts: Record<string, string> } = JSON.parse(
  readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
);
const programs = [
  'bench',
  'bench:pipeline',
  'bench:outage',
  'soak',
  'fuzz',
  'test:ledger',
  'simulate',
  'simulate:window',
  'mutation',
];

const start = (program: string, option: string) => {
  const file = scripts[program]?.split(' ').at(-1) ?? '';
  return run(process.execPath, [file, option], { cwd: root });
};

test.each(programs)('npm run %s -- --help prints how to use it', async (program) => {
  const { stdout, stderr } = await start(program, '--help');
  expect(stdout).toMatch(new RegExp(`^Usage: npm run ${program}(?: |\n)`));
  expect(stderr).toBe('');
});

test.each(programs)('npm run %s rejects an option that it does not know', async (program) => {
  const failure = await start(program, '--nonsense').catch((error: unknown) => error);
  expect(failure).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('Usage: npm run') });
});
