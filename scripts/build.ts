/**
 * Bundles every file of `functions/` into one minified CommonJS file and one zip for Lambda.
 * The same sources give the same bytes, so osls skips a deployment that would change nothing.
 */
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { type BuildOptions, build } from 'esbuild';
import { ZipFile } from 'yazl';
import { settingsFileName } from '../lib/config/names.ts';
import { readStage } from '../lib/config/read-stage.ts';
import { settingsFiles } from '../stack/environment.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

export interface BuiltFunction {
  readonly name: string;
  /** The bundle that Lambda runs as `index.handler`. */
  readonly bundlePath: string;
  readonly zipPath: string;
  readonly bundleBytes: number;
  readonly gzipBytes: number;
  readonly zipBytes: number;
}

/** How every function is bundled; the benchmark bundles its references in the same way. */
export const bundling = {
  absWorkingDir: root,
  bundle: true,
  minify: true,
  // CommonJS from the ES modules of each package starts fastest on Lambda and needs no `require` shim.
  format: 'cjs',
  mainFields: ['module', 'main'],
  platform: 'node',
  target: 'node24',
  legalComments: 'none',
  alias: { '@aws-sdk/credential-provider-node': './scripts/function-credentials.ts' },
} satisfies BuildOptions;

interface BuildPlace {
  readonly names?: readonly string[];
  readonly outDir?: string;
  readonly zipDir?: string;
  /** The JSON of the settings file to add to a zip, by function. */
  readonly settings?: ReadonlyMap<string, string>;
}

/**
 * Builds all functions, or those named, into `outDir` (default `.build` of the project).
 * The source map and esbuild's `meta.json` are next to each `index.cjs`; neither is in the zip.
 * The zips go to `zipDir`, which is `outDir` by default.
 */
export async function buildFunctions(options: BuildPlace = {}): Promise<BuiltFunction[]> {
  const outDir = options.outDir ?? join(root, '.build');
  const zipDir = options.zipDir ?? outDir;
  const names = options.names ?? (await functionNames());
  return Promise.all(names.map((name) => buildFunction(name, outDir, zipDir, options.settings?.get(name))));
}

async function functionNames(): Promise<string[]> {
  const files = await readdir(join(root, 'functions'));
  return files.flatMap((file) => (file.endsWith('.ts') ? [basename(file, '.ts')] : [])).sort();
}

async function buildFunction(
  name: string,
  outDir: string,
  zipDir: string,
  settings: string | undefined,
): Promise<BuiltFunction> {
  const bundlePath = join(outDir, name, 'index.cjs');
  const zipPath = join(zipDir, `${name}.zip`);
  const result = await build({
    ...bundling,
    entryPoints: [join('functions', `${name}.ts`)],
    outfile: bundlePath,
    sourcemap: 'external',
    metafile: true,
    write: false,
    logLevel: 'warning',
  });
  for (const file of result.outputFiles) await writeWhole(file.path, file.contents);
  await writeWhole(join(outDir, name, 'meta.json'), JSON.stringify(result.metafile));
  const bundle = result.outputFiles.find((file) => file.path === bundlePath)?.contents ?? new Uint8Array();
  return {
    name,
    bundlePath,
    zipPath,
    bundleBytes: bundle.byteLength,
    gzipBytes: gzipSync(bundle).byteLength,
    zipBytes: await writeZip(zipPath, {
      'index.cjs': bundle,
      ...(settings !== undefined && { [settingsFileName]: Buffer.from(settings) }),
    }),
  };
}

/** A rename is atomic: a test or a second build that reads at the same time sees the old file or the new one, never a part. */
async function writeWhole(path: string, contents: Uint8Array | string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const part = partialName(path);
  await writeFile(part, contents);
  await rename(part, path);
}

let parts = 0;
function partialName(path: string): string {
  parts += 1;
  return `${path}.${process.pid}-${parts}.part`;
}

async function writeZip(path: string, files: Readonly<Record<string, Uint8Array>>): Promise<number> {
  const zip = new ZipFile();
  for (const [name, contents] of Object.entries(files))
    zip.addBuffer(Buffer.from(contents), name, {
      // A zip stores local time, so this date gives the same bytes in every time zone.
      mtime: new Date(2000, 0, 1),
      forceDosTimestamp: true,
      mode: 0o100644,
    });
  zip.end();
  await mkdir(dirname(path), { recursive: true });
  const part = partialName(path);
  try {
    await pipeline(zip.outputStream, createWriteStream(part));
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
  return (await stat(path)).size;
}

function table(built: readonly BuiltFunction[]): string {
  const rows = built.map((f) => [f.name, `${f.bundleBytes}`, `${f.gzipBytes}`, `${f.zipBytes}`] as const);
  return [['function', 'bytes', 'gzip', 'zip'] as const, ...rows]
    .map(([name, ...numbers]) => name.padEnd(10) + numbers.map((text) => text.padStart(10)).join(''))
    .join('\n');
}

if (import.meta.main) {
  const [zipDir, stageName] = process.argv.slice(2);
  const place = zipDir === undefined ? {} : { zipDir: resolve(zipDir) };
  const settings = stageName === undefined ? new Map() : settingsFiles(readStage(stageName), stageName);
  console.log(table(await buildFunctions({ ...place, settings })));
}
