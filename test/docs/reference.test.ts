/** Reference tables are complete: every field, every exit code and every secret is on its page. */
import { expect, test } from 'vitest';
import { exitCodes } from '../../cli/errors/exit-codes.ts';
import { fields } from '../../lib/events/fields/table.ts';
import { readPage, tableOf } from './pages.ts';

test('docs/events.md describes every field of the table of fields', () => {
  const table = tableOf(readPage('docs/events.md'), '| Field | Rule |');
  expect(Object.keys(fields).filter((name) => !table.includes(`\`${name}\``))).toEqual([]);
});

test('docs/cli.md explains every exit code and no other', () => {
  const table = tableOf(readPage('docs/cli.md'), '| Code | Meaning |');
  const codes = [...table.matchAll(/^\| (\d+) \|/gm)].map(([, code]) => Number(code));
  expect(codes).toEqual(Object.values(exitCodes));
});

test('docs/deploy.md names every secret of a stage', () => {
  for (const name of ['oauth-app', 'destinations/<name>', 'connect', 'ingest']) {
    expect(readPage('docs/deploy.md')).toContain(`\`tiktok-events/<stage>/${name}\``);
  }
});
