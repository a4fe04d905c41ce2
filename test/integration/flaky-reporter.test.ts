/** A run of Vitest with a test that fails once: the retry is reported, not hidden. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'flaky-'));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  writeFileSync(
    join(folder, 'vitest.config.ts'),
    `import { flakyReporter } from '${join(root, 'test/support/flaky-reporter.ts')}';
    export default { test: { retry: 1, reporters: ['default', flakyReporter({ file: 'flaky.txt', summaryFile: 'summary.md' })] } };`,
  );
});
afterEach(() => rmSync(folder, { recursive: true }));

function run(failures: number) {
  writeFileSync(
    join(folder, 'shaky.test.ts'),
    `import { expect, test } from 'vitest';
    let runs = 0;
    test('needs luck', () => { runs += 1; expect(runs).toBeGreaterThan(${failures}); });
    test('needs none', () => undefined);`,
  );
  const vitest = [join(root, 'node_modules/vitest/vitest.mjs'), 'run'];
  return spawnSync(process.execPath, vitest, { cwd: folder, encoding: 'utf8' });
}
const fileOf = (name: string) => {
  const path = join(folder, name);
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
};

test('names a test that passed only on its retry in the output, in a file and in the summary', () => {
  const { status, stderr } = run(1);
  expect({ status, stderr }).toMatchObject({
    status: 0,
    stderr: expect.stringContaining('FLAKY: 1 passed only on a retry'),
  });
  expect(stderr).toContain('  shaky.test.ts › needs luck\n');
  expect(fileOf('flaky.txt')).toBe('shaky.test.ts › needs luck\n');
  expect(fileOf('summary.md')).toBe('## Flaky tests\n\n- shaky.test.ts › needs luck\n');
});

test.each([
  ['passes at once', 0, 0],
  ['fails on its retry too', 2, 1],
])('names no test that %s, and removes the list of the run before', (_, failures, exitCode) => {
  writeFileSync(join(folder, 'flaky.txt'), 'of the run before\n');
  const { status, stderr } = run(failures);
  expect(status).toBe(exitCode);
  expect(stderr).not.toContain('FLAKY');
  expect([fileOf('flaky.txt'), fileOf('summary.md')]).toEqual([undefined, undefined]);
});
