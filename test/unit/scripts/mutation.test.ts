/** The names that `npm run mutation` takes. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const script = fileURLToPath(new URL('../../../scripts/mutation.ts', import.meta.url));

test.each(['privcy', 'lib/delivery'])('mutation testing rejects the unknown name %s', (name) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, 'privacy', name], {
    encoding: 'utf8',
  });
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toContain('Names: privacy, events, tiktok, delivery, simulation.');
});
