/** The example of docs/sync.md: its files and its command give the output that the page shows. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { fencedBlocks, readPage } from '../../docs/pages.ts';
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
