/** The examples of docs/sync.md: the files and the command give the output that the page shows, and a stage file takes its syncs. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { parse } from 'yaml';
import { compileRowMapping } from '../../../cli/sync/events/load-mapping.ts';
import { syncProblems, syncSchema, syncsSchema } from '../../../lib/sync/settings.ts';
import { fencedBlocks, readPage, tableOf } from '../../docs/pages.ts';
import { runCli } from '../support/run-cli.ts';

const page = readPage('docs/sync.md');
const [orders = ''] = fencedBlocks(page, 'csv');
const mapping = fencedBlocks(page, 'yaml').find((block) => block.startsWith('# orders.yml')) ?? '';
const [, command = '', shown = ''] = /^\$ npx --no tiktok-events (sync .+)\n([\s\S]+?)^```/m.exec(page) ?? [];

/** The page cuts long lines at `…`, and the time that a run takes differs. */
const startOf = (line: string): string => line.replace(/…$| read in .+$/, '');

afterEach(() => void vi.useRealTimers());

test('the dry run of docs/sync.md shows what the page says, line by line', async () => {
  // Four weeks later, the orders of the page are too old.
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-11-26T12:00:00Z') });
  const folder = mkdtempSync(join(tmpdir(), 'sync-guide-'));
  try {
    writeFileSync(join(folder, 'orders.csv'), orders);
    writeFileSync(join(folder, 'orders.yml'), mapping);
    const words = [...command.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, word]) => quoted ?? word ?? '');
    const args = words.map((word) => word.replaceAll(/orders\.(?:csv|yml)/g, (name) => join(folder, name)));
    const { code, stdout } = await runCli(args);
    expect(code).toBe(1);
    const lines = shown.split('\n').filter((line) => line !== '');
    expect(lines.length).toBeGreaterThan(20);
    for (const line of lines) expect(stdout).toContain(startOf(line));
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('a stage file takes the syncs of the page, and their mapping compiles', () => {
  const [block = ''] = fencedBlocks(page, 'yaml').filter((each) => each.startsWith('syncs:'));
  const syncs = syncsSchema().parse(parse(block).syncs);
  expect(Object.keys(syncs)).toEqual(['orders']);
  for (const [name, settings] of Object.entries(syncs)) {
    expect(syncProblems(name, settings)).toEqual([]);
    expect(() => compileRowMapping(settings.mapping, settings.exclude, name)).not.toThrow();
  }
});

test('the page names every setting of a sync, and no other', () => {
  const rows = tableOf(page, '| Setting | Meaning |').split('\n').slice(2);
  const named = rows.flatMap((row) =>
    [...(row.split('|')[1] ?? '').matchAll(/(?<!\()`([\w.]+)`/g)].map(([, name]) => name),
  );
  const { notices, ...others } = syncSchema().shape;
  const wanted = [
    ...Object.keys(others),
    ...Object.keys(notices.def.innerType.shape).map((name) => `notices.${name}`),
  ];
  expect(named.toSorted()).toEqual(wanted.toSorted());
});
