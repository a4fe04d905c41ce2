/** Writes the generated parts of docs/events.md, docs/errors.md, docs/delivery.md and docs/sources/browser.md: `npm run reference`. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fields } from '../../lib/events/fields/table.ts';
import { isolationTables } from '../../test/simulation/isolation/tables.ts';
import { generatedParts, withParts } from './pages.ts';
import { tagBlock } from './tag-block.ts';

const pages = {
  ...generatedParts(fields),
  'docs/delivery.md': await isolationTables(),
  'docs/sources/browser.md': { tag: await tagBlock() },
};
for (const [path, parts] of Object.entries(pages)) {
  const page = new URL(`../../${path}`, import.meta.url);
  writeFileSync(page, withParts(readFileSync(page, 'utf8'), parts));
}
