/** Writes the generated parts of docs/events.md and docs/errors.md: `npm run reference`. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fields } from '../lib/events/fields/table.ts';
import { generatedParts, withParts } from './reference/pages.ts';

for (const [path, parts] of Object.entries(generatedParts(fields))) {
  const page = new URL(`../${path}`, import.meta.url);
  writeFileSync(page, withParts(readFileSync(page, 'utf8'), parts));
}
