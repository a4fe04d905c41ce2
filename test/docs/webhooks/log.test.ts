/** The log line and the hints that the guides show are those that the gateway writes. */
import { createColors } from 'picocolors';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { compileMapping } from '../../../lib/mapping/compile-mapping.ts';
import { prettyLine } from '../../../local/log/pretty-log.ts';
import { webhookReceiver, webhookRequest } from '../../support/webhooks/receive-webhooks.ts';
import type { Json } from '../../support/webhooks/webhook-bodies.ts';
import { fencedBlocks, readPage } from '../pages.ts';

const webhooks = readPage('docs/webhooks.md');
const blockOf = (kind: string): string => fencedBlocks(webhooks, kind)[0] ?? '';

test('webhooks.md shows the log line of its example, and how the terminal shows it', async () => {
  const settings = fencedBlocks(webhooks, 'yaml').map((text) => parse(text) as { sources: { shop: Json } });
  const source = settings.find(({ sources }) => sources.shop.platform === 'custom')?.sources.shop ?? {};
  const { receive, sent } = await webhookReceiver({ settings: source });
  const { log } = await receive(webhookRequest(blockOf('json body'), { 'x-token': 's3cret' }));
  expect(JSON.parse(JSON.stringify(log))).toEqual(JSON.parse(blockOf('json log')));
  expect(sent).toEqual([]);
  const line = { ...log, level: 'INFO', message: 'webhook received', timestamp: '2026-11-20T12:00:00.000Z' };
  expect(prettyLine(JSON.stringify(line), createColors(false))).toBe(blockOf('text').trimEnd());
});

/** Rows of a table, without the escapes of Markdown. */
const rowsBelow = (heading: string): string[][] =>
  (mapping.split(heading)[1]?.split('\n\n') ?? [])
    .find((part) => part.startsWith('| '))
    ?.split('\n')
    .slice(2)
    .map((row) => row.split(/(?<!\\)\|/).map((cell) => cell.replaceAll('\\|', '|').trim())) ?? [];

const mapping = readPage('docs/sources/mapping.md');
/** The content of each code span. */
const codeIn = (cell = ''): string[] =>
  [...cell.matchAll(/(?<ticks>`+) ?(?<code>.+?) ?\k<ticks>(?!`)/g)].map(({ groups }) => groups?.code ?? '');

const certain = rowsBelow('names the field and the remedy:').flatMap(([, wrong]) => codeIn(wrong));

test.each(certain)('mapping.md is right that the gateway does not start with %s', (written) => {
  const entry = /^[\w.]+: /.test(written) ? written : `description: ${written}`;
  expect(() => compileMapping({ event_name: "'X'", ...(parse(entry) as Json) })).toThrow(
    /^setting mapping\./,
  );
});

const body = {
  type: 'order.paid',
  status: 'paid',
  count: '3',
  price: '5',
  amount: '1.234,50',
  data: { total: 5, discount: null },
  items: [{ sku: 'A' }],
  'user-agent': 'x',
};
const hints = rowsBelow('and says why in `hint`:').map(
  ([, wrong, hint]) =>
    [codeIn(wrong)[0] ?? '', codeIn(hint)[0] ?? '', wrong?.includes('source.each') ?? false] as const,
);

test.each(hints)('mapping.md shows the hint for %s', (written, hint, isItem) => {
  const given = { event_name: "'X'", ...(isItem && { 'source.each': 'items' }), ...(parse(written) as Json) };
  const { notes } = compileMapping(given, { isTolerant: true, isExplained: true })(body);
  expect(notes.map((note) => note.hint)).toEqual([hint]);
});

test('mapping.md shows more than a dozen mistakes of each kind', () => {
  expect(certain.length).toBeGreaterThan(12);
  expect(hints.length).toBeGreaterThan(12);
});
