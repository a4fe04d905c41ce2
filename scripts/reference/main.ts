/** Writes the generated parts of docs/events.md, docs/errors.md and docs/delivery.md: `npm run reference`. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fields } from '../../lib/events/fields/table.ts';
import { isolationTables } from '../../test/simulation/isolation/tables.ts';
import { generatedParts, withParts } from './pages.ts';

const pages = { ...generatedParts(fields), 'docs/delivery.md': await isolationTables() };
for (const [path, parts] of Object.entries(pages)) {
  const page = new URL(`../../${path}`, import.meta.url);
  writeFileSync(page, withParts(readFileSync(page, 'utf8'), parts));
}
