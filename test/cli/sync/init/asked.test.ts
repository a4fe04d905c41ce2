/** `sync init` on a terminal: what it asks, and what the answers change. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { parse } from 'yaml';
import { run } from '../../../../cli/program.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sync-init-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const file = (name: string) => join(folder, name);
const rows = 'email,state,order_total,net_total,amount\nada@example.com,paid,5,4,3\n';
const [enter, down, cancel] = ['\r', '\u001b[B', '\u001b'];

/** Types the keys of each answer when its question is on the screen. */
async function answer(answers: readonly (readonly [question: RegExp, ...keys: string[]])[]) {
  writeFileSync(file('rows.csv'), rows);
  const stdin = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => stdin });
  const [stdout, stderr] = [
    new PassThrough(),
    Object.assign(new PassThrough(), { isTTY: true, columns: 100 }),
  ];
  const open = [...answers];
  let seen = '';
  stderr.on('data', (chunk: Buffer) => {
    seen += chunk.toString();
    const [next] = open;
    if (next === undefined || !next[0].test(seen)) return;
    open.shift();
    seen = '';
    for (const [index, key] of next.slice(1).entries())
      setTimeout(() => stdin.write(key as string), 30 * (index + 1));
  });
  stdout.resume();
  const query = `select * from '${file('rows.csv')}'`;
  const code = await run(['sync', 'init', '--query', query, '--output', file('map.yml')], {
    stdin,
    stdout,
    stderr,
    env: process.env,
    hasColors: false,
    inputStats: () => undefined,
    onInterrupt: () => () => undefined,
    exit: () => undefined,
  });
  return { code, unasked: open.length };
}

const written = () => parse(readFileSync(file('map.yml'), 'utf8'));

test('asks about a doubtful column, the event, and a field that several columns can fill', async () => {
  const result = await answer([
    [/Column state: does it contain the state where the person lives/, enter],
    [/Which event is a row/, 'L', 'e', 'a', 'd', enter],
    [/Which column is the value/, down, enter],
  ]);
  expect(result).toEqual({ code: 0, unasked: 0 });
  expect(written()).toEqual({ event_name: "'Lead'", value: 'order_total', exclude: ['state'] });
});

test('asks before it writes over a file, and Escape writes nothing', async () => {
  writeFileSync(file('map.yml'), 'mine: true');
  expect(await answer([[/is there already\. Write over it/, enter]])).toEqual({ code: 1, unasked: 0 });
  expect(await answer([[/Write over it/, cancel]])).toEqual({ code: 130, unasked: 0 });
  expect(written()).toEqual({ mine: true });
});
