/** What Lambda gets: one small file for each function, the same bytes from the same sources. */
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { buildFunctions } from '../../../scripts/build.ts';
import { unzip } from '../../runtime/unzip.ts';

const folder = () => mkdtempSync(join(tmpdir(), 'build-'));

afterEach(() => {
  vi.unstubAllEnvs();
});

test('a rebuild makes the same zip, in another time zone too', async () => {
  const [first] = await buildFunctions({ names: ['meta'], outDir: folder() });
  vi.stubEnv('TZ', 'Pacific/Auckland');
  const [second] = await buildFunctions({ names: ['meta'], outDir: folder() });
  expect(zip(second).equals(zip(first))).toBe(true);
});

test('the zip holds the bundle and nothing else', async () => {
  const [built] = await buildFunctions({ names: ['meta'], outDir: folder() });
  const names = zip(built)
    .toString('latin1')
    .match(/index\.cjs(\.map)?|meta\.json/g);
  // A zip names each file twice: before its content and in the directory at the end.
  expect(names).toEqual(['index.cjs', 'index.cjs']);
});

test('a zip holds the settings file of its function, and no other zip does', async () => {
  const settings = new Map([['meta', '{"STAGE":"example"}']]);
  const built = await buildFunctions({ names: ['meta', 'oauth'], outDir: folder(), settings });
  const files = built.map(({ zipPath }) => unzip(zipPath, folder()).toSorted());
  expect(files).toEqual([['index.cjs', 'settings.json'], ['index.cjs']]);
});

test('writes the zips to a folder of their own when the caller names one', async () => {
  const zipDir = join(folder(), 'zips');
  const [built] = await buildFunctions({ names: ['meta'], outDir: folder(), zipDir });
  expect(built?.zipPath).toBe(join(zipDir, 'meta.zip'));
  expect(zip(built).length).toBe(built?.zipBytes);
});

test('a bundle is minified and starts as a module with a handler', async () => {
  const [built] = await buildFunctions({ names: ['meta'], outDir: folder() });
  const text = readFileSync(built?.bundlePath ?? '', 'utf8');
  expect(text.split('\n').length).toBeLessThan(200);
  expect(text).not.toContain('sourceMappingURL');
  expect(built?.bundleBytes).toBe(Buffer.byteLength(text));
});

function zip(built: { readonly zipPath: string } | undefined): Buffer {
  return readFileSync(built?.zipPath ?? '');
}
