/** The lock that lets test processes share what one of them makes. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeOnce } from './make-once.ts';

let parent: string;
let folder: string;
let made: number;
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'make-once-'));
  folder = join(parent, 'made');
  made = 0;
});
afterEach(() => rmSync(parent, { recursive: true }));

async function make(part: string): Promise<void> {
  made += 1;
  mkdirSync(part);
  await sleep(50);
  writeFileSync(join(part, 'file'), 'whole');
}

test('makes a folder once for callers at the same time, who all find it whole', async () => {
  const read = async () => {
    await makeOnce(folder, make);
    return readFileSync(join(folder, 'file'), 'utf8');
  };
  expect(await Promise.all([read(), read(), read()])).toEqual(['whole', 'whole', 'whole']);
  expect(made).toBe(1);
  expect(readdirSync(parent)).toEqual(['made']);
});

test('makes the folder for the next caller after a caller that failed', async () => {
  const failing = async (part: string) => {
    await make(part);
    throw new Error('no room');
  };
  await expect(makeOnce(folder, failing)).rejects.toThrow('no room');
  expect(readdirSync(parent)).toEqual([]);
  await makeOnce(folder, make);
  expect(readdirSync(folder)).toEqual(['file']);
});

test('takes over from a process that has ended without its lock', async () => {
  // No process has this id: it is above the highest that Linux gives.
  writeFileSync(`${folder}.lock`, '4194305');
  await makeOnce(folder, make);
  expect(made).toBe(1);
});
