/** A watch on a file notices each way in which editors write, and calls back once for a series of writes. */
import { appendFileSync, mkdtempSync, renameSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { watchFile } from '../../../local/stage/watch-file.ts';
import { eventually } from '../../support/eventually.ts';

let folder: string;
let calls = 0;
let lost = 0;
let stop = () => {};

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'watch-'));
  writeFileSync(path('dev.yml'), 'a');
  [calls, lost] = [0, 0];
});
afterEach(() => {
  stop();
  rmSync(folder, { recursive: true, force: true });
});

const path = (file: string) => join(folder, file);

async function watchFor(onChange = async () => {}) {
  stop = watchFile({
    folder,
    file: 'dev.yml',
    onChange: async () => {
      calls += 1;
      await onChange();
    },
    onLost: () => {
      lost += 1;
    },
  });
  await eventually(() => calls === 1);
}

/** Longer than the pause that ends a series of changes. */
const quiet = () => new Promise((resolve) => setTimeout(resolve, 400));

test('calls back at the start, for a change that came before the watch', async () => {
  await watchFor();
  await quiet();
  expect(calls).toBe(1);
});

test.each([
  ['writes it in place', () => writeFileSync(path('dev.yml'), 'b')],
  ['appends to it', () => appendFileSync(path('dev.yml'), 'b')],
  [
    'renames another file to it',
    () => {
      writeFileSync(path('draft'), 'b');
      renameSync(path('draft'), path('dev.yml'));
    },
  ],
  [
    'moves it away and writes a new one',
    () => {
      renameSync(path('dev.yml'), path('dev.yml~'));
      writeFileSync(path('dev.yml'), 'b');
    },
  ],
  [
    'deletes and creates it',
    () => {
      unlinkSync(path('dev.yml'));
      writeFileSync(path('dev.yml'), 'b');
    },
  ],
])('calls back once when an editor %s, and again the next time', async (_, write) => {
  await watchFor();
  for (const expected of [2, 3]) {
    write();
    await eventually(() => calls === expected);
    await quiet();
    expect(calls).toBe(expected);
  }
});

test('ignores other files of the folder', async () => {
  await watchFor();
  writeFileSync(path('prod.yml'), 'b');
  await quiet();
  expect(calls).toBe(1);
});

test('waits with the next call until the one before has ended', async () => {
  let inProgress = 0;
  let most = 0;
  await watchFor(async () => {
    inProgress += 1;
    most = Math.max(most, inProgress);
    await quiet();
    inProgress -= 1;
  });
  writeFileSync(path('dev.yml'), 'b');
  await eventually(() => calls === 2);
  writeFileSync(path('dev.yml'), 'c');
  await eventually(() => calls === 3);
  expect(most).toBe(1);
});

test('calls back no more after its end', async () => {
  await watchFor();
  stop();
  writeFileSync(path('dev.yml'), 'b');
  await quiet();
  expect(calls).toBe(1);
});

test('says that it notices nothing when there is no folder', () => {
  stop = watchFile({
    folder: path('nowhere'),
    file: 'dev.yml',
    onChange: async () => {},
    onLost: () => {
      lost += 1;
    },
  });
  expect(lost).toBe(1);
});
