import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { readStageText, stageFileName, stageNames } from '../../../lib/config/stage-file.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));

test('reads the file that it names, and nothing when there is none', () => {
  expect(stageFileName('prod')).toBe('stages/prod.yml');
  expect(readStageText('prod')).toBe(readFileSync(`${root}${stageFileName('prod')}`, 'utf8'));
  expect(readStageText('no-such-stage')).toBeUndefined();
});

test('lists all stage files in alphabetical order', () => {
  expect(stageNames()).toEqual(['dev', 'prod', 'staging']);
});

test('is the only file of lib, cli, stack and local that builds the path of a stage file', () => {
  const building = globSync('{lib,cli,stack,local,functions}/**/*.ts', { cwd: root }).filter((file) =>
    /stages\/\$\{|['"`][./]*stages\/['"`]/.test(readFileSync(`${root}${file}`, 'utf8')),
  );
  expect(building).toEqual(['lib/config/stage-file.ts']);
});
