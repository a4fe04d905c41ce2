/** Every remedy in the source of `doctor` can be followed, also those of faults that no other test causes. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { checkCommand } from './support/check-command.ts';
import { hasSection } from './support/check-remedy.ts';

const cli = fileURLToPath(new URL('../../cli/', import.meta.url));

const texts = ['doctor', 'held'].flatMap((folder) =>
  readdirSync(join(cli, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(join(cli, folder, file), 'utf8')),
);

/** Names in place of `${stage.name}` and the like: any word is good for the parser. */
const commands = texts.flatMap((text) =>
  [...text.matchAll(/commandLine\(\s*`((?:[^`$]|\$\{[^}]*\})*)`/g)].map(([, words = '']) =>
    words.replaceAll(/\$\{[^}]*\}/g, 'prod'),
  ),
);
const sections = texts.flatMap((text) => [...text.matchAll(/docs\/[\w/-]+\.md(?:#[\w-]+)?/g)].map(String));

test.each([...new Set(commands)])('the command %s exists', async (words) => {
  await checkCommand(words);
});

test.each([...new Set(sections)])('the section %s exists', (section) => {
  expect(hasSection(section)).toBe(true);
});

test('commands and sections were found', () => {
  expect(commands.length).toBeGreaterThan(15);
  expect(sections.length).toBeGreaterThan(10);
});
