/** Prints, as the table of docs/internals/dependencies.md, how many bytes each package takes in the bundle of each function. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';
import { type BuiltFunction, buildFunctions } from './build.ts';

/** Bytes by package name; `(own code)` is the project itself. Related packages of one vendor are one line. */
export function bytesByPackage(built: BuiltFunction): Map<string, number> {
  const meta = JSON.parse(readFileSync(join(built.bundlePath, '..', 'meta.json'), 'utf8')) as Metafile;
  const bytes = new Map<string, number>();
  const output = Object.values(meta.outputs).find((file) => file.entryPoint !== undefined);
  for (const [path, input] of Object.entries(output?.inputs ?? {})) {
    const name = packageOf(path);
    bytes.set(name, (bytes.get(name) ?? 0) + input.bytesInOutput);
  }
  return bytes;
}

function packageOf(path: string): string {
  const inside = path.split('node_modules/').at(-1);
  if (inside === undefined || inside === path) return '(own code)';
  const [scope = '', name = ''] = inside.split('/');
  if (!scope.startsWith('@')) return scope;
  // The SDK is about forty small packages that are always used together.
  return ['@aws-sdk', '@smithy', '@aws', '@aws-crypto'].includes(scope) ? 'AWS SDK' : `${scope}/${name}`;
}

function table(columns: readonly (readonly [name: string, bytes: Map<string, number>])[]): string {
  const total = (name: string) => columns.reduce((sum, [, bytes]) => sum + (bytes.get(name) ?? 0), 0);
  const names = [...new Set(columns.flatMap(([, bytes]) => [...bytes.keys()]))].sort(
    (a, b) => total(b) - total(a),
  );
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    row(['Package', ...columns.map(([name]) => name)]),
    row(['---', ...columns.map(() => '---:')]),
    ...names.map((name) => row([name, ...columns.map(([, bytes]) => thousands(bytes.get(name)))])),
  ].join('\n');
}

const thousands = (bytes: number | undefined): string =>
  bytes === undefined ? '' : (bytes / 1000).toFixed(1);

if (import.meta.main) {
  const built = await buildFunctions();
  console.log(table(built.map((each) => [each.name, bytesByPackage(each)])));
}
