/** The table of fields in docs/events.md, made from the rows: `npm run fields` updates it. */
import { readFileSync, writeFileSync } from 'node:fs';
import { argv } from 'node:process';
import { eventSources } from '../lib/events/destination.ts';
import type { Field, FieldTable } from '../lib/events/fields/field.ts';
import { fields } from '../lib/events/fields/table.ts';

const page = new URL('../docs/events.md', import.meta.url);
const block = /<!-- fields -->[\s\S]*<!-- \/fields -->/;

/** @returns a Markdown table with one line for each row of `table` */
export function fieldsTable(table: FieldTable): string {
  const lines = Object.entries(table).map(
    ([name, row]) => `| \`${name}\` | ${row.expects} | ${targetOf(name, row)} | ${sourcesOf(row)} |`,
  );
  return ['| Field | What it is | Sent to TikTok as | Event sources |', '|---|---|---|---|', ...lines].join(
    '\n',
  );
}

/** @returns the page with the table of `table` between its two marks */
export const withFieldsTable = (markdown: string, table: FieldTable): string =>
  markdown.replace(block, () => `<!-- fields -->\n${fieldsTable(table)}\n<!-- /fields -->`);

function targetOf(name: string, { to, as = name, hash, normalize, isSpread }: Field): string {
  if (to === 'call') return 'chooses the call';
  if (isSpread) return `entries of \`${to}\``;
  const path = to === 'event' ? as : to === 'contents' ? `properties.contents[].${as}` : `${to}.${as}`;
  return `\`${path}\`${hash ? ', as SHA-256' : normalize ? ', normalized' : ''}`;
}

const sourcesOf = ({ sources = eventSources }: Field): string =>
  sources.length === eventSources.length ? 'all' : sources.join(', ');

if (argv[1] === import.meta.filename)
  writeFileSync(page, withFieldsTable(readFileSync(page, 'utf8'), fields));
