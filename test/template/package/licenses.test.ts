/** What may reach production has a license that lets it, and what is AGPL is a development tool that the docs name. */
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { buildFunctions } from '../../../scripts/build.ts';
import { bytesByPackage } from '../../../scripts/bundled-bytes.ts';

const root = new URL('../../../', import.meta.url);
const json = (path: string): unknown => JSON.parse(readFileSync(new URL(path, root), 'utf8'));
const page = readFileSync(new URL('docs/internals/dependencies.md', root), 'utf8');

interface Locked {
  readonly dev?: boolean;
  readonly devOptional?: boolean;
}

const { packages } = json('package-lock.json') as { packages: Readonly<Record<string, Locked>> };
const { dependencies } = json('package.json') as { dependencies: Readonly<Record<string, string>> };

/** Installed packages with the license that each states itself; the lock file may be older than the package. */
const installed = Object.entries(packages).flatMap(([path, locked]) => {
  const manifest = fileURLToPath(new URL(`${path}/package.json`, root));
  if (path === '' || !existsSync(manifest)) return [];
  const { license } = JSON.parse(readFileSync(manifest, 'utf8')) as { license?: string | { type: string } };
  const name = path.split('node_modules/').at(-1) ?? path;
  const isDevelopment = locked.dev === true || locked.devOptional === true;
  return [{ name, isDevelopment, license: typeof license === 'object' ? license.type : (license ?? 'none') }];
});

const accepted = new Set(
  'MIT MIT-0 Apache-2.0 ISC BSD-2-Clause BSD-3-Clause 0BSD BlueOak-1.0.0 CC0-1.0 Python-2.0 Unlicense'.split(
    ' ',
  ),
);

test('every package that can reach production has a permissive license', () => {
  const production = installed.filter(({ isDevelopment }) => !isDevelopment);
  expect(production.length).toBeGreaterThan(Object.keys(dependencies).length);
  const others = production.filter(({ license }) => !accepted.has(license));
  // Weak copyleft: binds changes to its own files, of which there are none.
  expect(others.map(({ name, license }) => `${name} ${license}`)).toEqual([
    '@jmespath-community/jmespath MPL-2.0',
  ]);
});

test('every package in a bundle is a dependency of production, and is listed with its bytes', async () => {
  const built = await buildFunctions({ outDir: mkdtempSync(join(tmpdir(), 'licenses-')) });
  const bundled = new Set(built.flatMap((one) => [...bytesByPackage(one).keys()]));
  const development = new Set(installed.filter(({ isDevelopment }) => isDevelopment).map(({ name }) => name));
  expect(bundled).toContain('zod');
  expect([...bundled].filter((name) => development.has(name))).toEqual([]);
  expect([...bundled].filter((name) => !page.includes(`| ${name} |`))).toEqual([]);
});

test('AGPL packages are for development only, and docs/internals/dependencies.md names each that the project asks for', () => {
  const agpl = installed.filter(({ license }) => /AGPL/.test(license));
  expect(agpl.map(({ name }) => name)).toContain('@cloud-copilot/iam-simulate');
  expect(agpl.filter(({ isDevelopment }) => !isDevelopment)).toEqual([]);
  const { devDependencies } = json('package.json') as { devDependencies: Readonly<Record<string, string>> };
  const asked = agpl.filter(({ name }) => Object.hasOwn(devDependencies, name));
  expect(asked.filter(({ name }) => !page.includes(`\`${name}\``))).toEqual([]);
});

test('docs/internals/dependencies.md gives a reason for every dependency of production, and each is exact', () => {
  for (const [name, version] of Object.entries(dependencies)) {
    expect(page).toContain(name.replace('@aws-lambda-powertools', ''));
    expect(version).toMatch(/^\d+\.\d+\.\d+$/);
  }
});
