/** Reference tables are complete: every exit code, secret and floor is on its page. */
import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { exitCodes } from '../../cli/errors/exit-codes.ts';
import { friendlyNames } from '../../cli/trigger/set/friendly-names.ts';
import { readPage, tableOf } from './pages.ts';

test('docs/cli.md explains every exit code and no other', () => {
  const table = tableOf(readPage('docs/cli.md'), '| Code | Meaning |');
  const codes = [...table.matchAll(/^\| (\d+) \|/gm)].map(([, code]) => Number(code));
  expect(codes).toEqual(Object.values(exitCodes));
});

test('docs/cli.md explains every name of trigger --set as its help does', () => {
  const table = tableOf(readPage('docs/cli.md'), '| Name | Meaning | Example |');
  const rows = Object.entries(friendlyNames).map(
    ([name, { meaning, example }]) => `| \`${name}\` | ${meaning} | \`--set ${name}=${example}\` |`,
  );
  expect(table.trim().split('\n').slice(2)).toEqual(rows);
});

test('docs/deploy.md names every secret of a stage', () => {
  for (const name of ['oauth-app', 'destinations/<name>', 'connect', 'ingest']) {
    expect(readPage('docs/deploy.md')).toContain(`\`tiktok-events/<stage>/${name}\``);
  }
});

test('CONTRIBUTING.md shows the floors that Biome checks', () => {
  const table = tableOf(readPage('CONTRIBUTING.md'), '| Floor | Folders | Subject |');
  const floors = [...table.matchAll(/^\| \d+ \| ([^|]+) \|/gm)].map(([, cell = '']) =>
    [...cell.matchAll(/`(\w+)`/g)].map(([, folder = '']) => folder),
  );
  const forbidden = floors.flatMap((floor, index) =>
    floor.map(
      (folder) =>
        [
          folder,
          floors
            .slice(index)
            .flat()
            .filter((other) => other !== folder),
        ] as const,
    ),
  );
  expect(forbiddenByBiome(floors.flat())).toEqual(
    new Map(forbidden.map(([folder, others]) => [folder, new Set(others)])),
  );
});

const restriction = z.object({
  options: z.object({ patterns: z.array(z.object({ group: z.array(z.string()) })) }),
});
const override = z.object({
  includes: z.array(z.string()),
  linter: z.object({ rules: z.object({ style: z.object({ noRestrictedImports: restriction }) }) }),
});

/** @returns for each folder of `lib/`, the folders of `lib/` that it must not import */
function forbiddenByBiome(folders: readonly string[]): ReadonlyMap<string, ReadonlySet<string>> {
  const { overrides } = z
    .object({ overrides: z.array(z.unknown()) })
    .parse(JSON.parse(readPage('biome.json')));
  const parsed = overrides.flatMap((one) => override.safeParse(one).data ?? []);
  const layers = parsed.filter(({ includes }) => includes.join().startsWith('**/lib/'));
  return new Map(
    layers.map(({ includes, linter }) => {
      const patterns = linter.rules.style.noRestrictedImports.options.patterns.flatMap(({ group }) => group);
      const own = includes.map((glob) => glob.split('/')[2] ?? '').join();
      return [own, new Set(folders.filter((folder) => patterns.includes(`**/${folder}/**`)))];
    }),
  );
}
