/** A stage file of release 0.1 needs no other change than the settings that docs/upgrade.md names. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseDocument } from 'yaml';
import { parseStage } from '../../lib/config/read-stage.ts';
import { updatedStageFile } from './updated-stage-file.ts';

const old = readFileSync(new URL('../fixtures/upgrade/0.1/shop.yml', import.meta.url), 'utf8');
const page = readFileSync(new URL('../../docs/upgrade.md', import.meta.url), 'utf8');

test('a stage file of 0.1 lacks only settings that docs/upgrade.md names', () => {
  const { text, added } = updatedStageFile(old);
  expect(() => parseStage(text, 'stages/shop.yml')).not.toThrow();
  expect(added.filter((path) => !page.includes(`\`${path}\``))).toEqual([]);
});

test('the check adds what is missing, and hides no other fault', () => {
  const without = parseDocument(old);
  without.deleteIn(['alarms', 'throttles']);
  expect(updatedStageFile(String(without)).added).toContain('alarms.throttles');
  without.setIn(['region'], 'mars');
  expect(() => updatedStageFile(String(without))).toThrow('region');
});
