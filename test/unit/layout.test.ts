/** What Biome cannot check about the layout: which files reach outside, which stay pure, and how large files and folders are. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
/** `console/api.ts` is the contract between two programs: types that are read side by side. */
const sources = globSync('{functions,lib,cli,local,console}/**/*.ts', { cwd: root })
  .filter((file) => file !== join('console', 'api.ts'))
  .toSorted();
/** The browser script is a program of its own: it runs in pages, where it reads the clock and sends. */
const isInPages = (file: string) => file.startsWith('lib/collect/browser/');
const product = sources.filter((file) => /^(functions|lib)\//.test(file) && !isInPages(file));

const textOf = (file: string) => readFileSync(join(root, file), 'utf8');
const withoutComments = (text: string) => text.replaceAll(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm, '');
/** `lib/queue/sqs.ts` is in `queue`; the other roots are folders of their own. */
const folderOf = (file: string): string =>
  file.startsWith('lib/') ? (file.split('/')[1] ?? '') : (file.split('/')[0] ?? '');

/** The files of each folder that reach outside. */
const outside: Readonly<Record<string, readonly string[]>> = {
  queue: ['lib/queue/queue-depth.ts', 'lib/queue/sqs.ts'],
  tiktok: ['lib/tiktok/client.ts'],
  secrets: ['lib/secrets/secrets-manager.ts'],
  webhooks: ['lib/webhooks/platform-api/fetch-json.ts'],
  sync: [
    'lib/sync/engine/athena.ts',
    'lib/sync/lambda.ts',
    'lib/sync/report/s3.ts',
    'lib/sync/report/sns.ts',
    'lib/sync/state/dynamodb.ts',
  ],
};

const reachesOutside =
  /@aws-sdk\/|\bfetch\(|node:(?:http|https|http2|net|tls|dgram|fs|child_process)(?:\/\w+)?'/;
/** What reads and compares addresses is pure, though it lives in node:net. */
const pureImports = /import \{ (?:(?:isIP\w*|BlockList)(?:, )?)+ \} from 'node:net';/g;
const clockOrChance =
  /process\.env|Date\.now|new Date\(\)|Math\.random|randomUUID|randomBytes|randomInt|performance\.now|setTimeout|setInterval|AbortSignal\.timeout|node:timers/;

test.each(Object.entries(outside))('reaches outside from the folder %s only in %j', (folder, files) => {
  expect(files.filter((file) => !existsSync(join(root, file)))).toEqual([]);
  const reaching = product.filter(
    (other) => folderOf(other) === folder && reachesOutside.test(withoutComments(textOf(other))),
  );
  expect(reaching).toEqual(files);
});

test('reaches outside from no other folder of lib but the readers of stage files', () => {
  const reaching = product
    .filter((file) => file.startsWith('lib/') && !(folderOf(file) in outside) && folderOf(file) !== 'config')
    .filter((file) => reachesOutside.test(withoutComments(textOf(file)).replaceAll(pureImports, '')));
  expect(reaching).toEqual([]);
});

const isPure = (file: string) =>
  [
    'schema',
    'events',
    'privacy',
    'payload',
    'mapping',
    'webhooks',
    'ingest',
    'rows',
    'rows',
    'delivery',
    'journal',
    'reasons',
  ].includes(folderOf(file)) ||
  (['queue', 'tiktok'].includes(folderOf(file)) && !Object.values(outside).flat().includes(file)) ||
  ['lib/secrets/secret-cache.ts', 'lib/secrets/secret-values.ts'].includes(file);

test.each(product.filter(isPure))(
  'reads no clock, environment or random source in the pure file %s',
  (file) => {
    expect(withoutComments(textOf(file))).not.toMatch(clockOrChance);
  },
);

test('reads the clock and chance only in lib/clock and where functions are wired', () => {
  const reading = product.filter(
    (file) => file.startsWith('lib/') && clockOrChance.test(withoutComments(textOf(file))),
  );
  expect(reading).toEqual(['lib/clock/chance.ts', 'lib/clock/clock.ts']);
});

test('reads the environment only where functions are wired', () => {
  const reading = product.filter(
    (file) => file.startsWith('lib/') && /process\.env/.test(withoutComments(textOf(file))),
  );
  expect(reading).toEqual([]);
});

test.each(sources)('keeps the file %s small', (file) => {
  const lines = textOf(file).trimEnd().split('\n').length;
  expect(lines).toBeLessThanOrEqual(file.startsWith('functions/') ? 40 : 150);
});

test('keeps at most 15 files in a folder', () => {
  const all = globSync('{functions,lib,cli,local,console,stack,bench,scripts,test}/**/*.*', { cwd: root });
  const byFolder = Map.groupBy(all, (file) => dirname(file));
  expect([...byFolder].filter(([, files]) => files.length > 15).map(([folder]) => folder)).toEqual([]);
});

test('requires a description at the top of every file', () => {
  const silent = sources.filter((file) => !/^(#!.*\n)?\/\*\*/.test(textOf(file)));
  expect(silent).toEqual([]);
});

test('finds the files of the product and ignores their comments', () => {
  expect(product.length).toBeGreaterThan(50);
  expect(withoutComments("a; // Date.now\n/** Date.now */ 'https://x'")).toBe("a; \n 'https://x'");
});
