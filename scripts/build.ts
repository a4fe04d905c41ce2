/**
 * Bundles every file of `functions/` into one minified CommonJS file and one zip for Lambda.
 * The same sources give the same bytes, so osls skips a deployment that would change nothing.
 */
import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { type BuildOptions, build, type Plugin } from 'esbuild';
import { browserSettingsOf } from '../lib/config/collect/browser-stage.ts';
import { settingsFileName } from '../lib/config/names.ts';
import { readStage } from '../lib/config/read-stage.ts';
import { settingsFiles } from '../stack/environment.ts';
import { functionsOf } from '../stack/names.ts';
import { browserFiles } from './browser/browser-files.ts';
import { writeWhole, writeZip } from './write-files.ts';

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

/**
 * Puts the numbering plans of the phone library into the bundle as text: the engine skips a text faster than an object in
 * code, and makes the object when a phone needs it.
 */
const numberingPlansAsText: Plugin = {
  name: 'numbering-plans-as-text',
  setup(bundle) {
    bundle.onLoad({ filter: /[\\/]libphonenumber-js[\\/]metadata\.min\.json\.js$/ }, async ({ path }) => {
      const json = await readFile(path.replace(/\.js$/, ''), 'utf8');
      return { contents: `export default JSON.parse(${JSON.stringify(json.trim())});` };
    });
  },
};

/** How every function is bundled, and every reference of the benchmark. */
const bundling = {
  absWorkingDir: root,
  bundle: true,
  minify: true,
  // CommonJS from the ES modules of each package starts fastest on Lambda and needs no `require` shim.
  format: 'cjs',
  mainFields: ['module', 'main'],
  platform: 'node',
  target: 'node24',
  legalComments: 'none',
  plugins: [numberingPlansAsText],
  alias: {
    '@aws-sdk/credential-provider-node': './scripts/function-credentials.ts',
    'libphonenumber-js/min': './scripts/function-phones.ts',
    'libphonenumber-js/min/metadata': './scripts/function-numbering-plans.ts',
  },
} satisfies BuildOptions;

interface BuildPlace {
  readonly names?: readonly string[];
  readonly outDir?: string;
  readonly zipDir?: string;
  /** The JSON of the settings file to add to a zip, by function. */
  readonly settings?: ReadonlyMap<string, string>;
  /** The files of the browser script, for the zip of `collect`. */
  readonly browser?: Readonly<Record<string, Uint8Array>>;
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
  return Promise.all(names.map((name) => buildFunction(name, outDir, zipDir, addedFiles(name, options))));
}

function addedFiles(name: string, { settings, browser }: BuildPlace): Record<string, Uint8Array> {
  const json = settings?.get(name);
  return {
    ...(json !== undefined && { [settingsFileName]: Buffer.from(json) }),
    ...(name === 'collect' && browser),
  };
}

async function functionNames(): Promise<string[]> {
  const files = await readdir(join(root, 'functions'));
  return files.flatMap((file) => (file.endsWith('.ts') ? [basename(file, '.ts')] : [])).sort();
}

async function buildFunction(
  name: string,
  outDir: string,
  zipDir: string,
  added: Readonly<Record<string, Uint8Array>>,
): Promise<BuiltFunction> {
  const bundlePath = join(outDir, name, 'index.cjs');
  const zipPath = join(zipDir, `${name}.zip`);
  const bundle = await writeBundle({ entryPoints: [join('functions', `${name}.ts`)] }, bundlePath);
  return {
    name,
    bundlePath,
    zipPath,
    bundleBytes: bundle.byteLength,
    gzipBytes: gzipSync(bundle).byteLength,
    zipBytes: await writeZip(zipPath, { 'index.cjs': bundle, ...added }),
  };
}

/**
 * Bundles one module as Lambda gets it, and writes the bundle, its source map and esbuild's `meta.json`.
 * @param source the module: a path below the project, or its text
 * @param plugins of esbuild, such as one that replaces a module in a benchmark
 * @returns the bytes of the bundle
 */
export async function writeBundle(
  source: { readonly entryPoints: string[] } | { readonly text: string },
  bundlePath: string,
  plugins: readonly Plugin[] = [],
): Promise<Uint8Array> {
  const entry = 'text' in source ? { stdin: { contents: source.text, resolveDir: root } } : source;
  const result = await build({
    ...bundling,
    ...entry,
    plugins: [...bundling.plugins, ...plugins],
    outfile: bundlePath,
    sourcemap: 'external',
    metafile: true,
    write: false,
    logLevel: 'warning',
  });
  for (const file of result.outputFiles) await writeWhole(file.path, file.contents);
  await writeWhole(join(dirname(bundlePath), 'meta.json'), JSON.stringify(result.metafile));
  return result.outputFiles.find((file) => file.path === bundlePath)?.contents ?? new Uint8Array();
}

function table(built: readonly BuiltFunction[]): string {
  const rows = built.map((f) => [f.name, `${f.bundleBytes}`, `${f.gzipBytes}`, `${f.zipBytes}`] as const);
  return [['function', 'bytes', 'gzip', 'zip'] as const, ...rows]
    .map(([name, ...numbers]) => name.padEnd(10) + numbers.map((text) => text.padStart(10)).join(''))
    .join('\n');
}

/** What a stage adds to the code. */
async function partsOf(stageName: string): Promise<BuildPlace> {
  const stage = readStage(stageName);
  const settings = settingsFiles(stage, stageName);
  const browser = await browserSettingsOf(stage);
  const names = functionsOf(stage);
  return browser === undefined
    ? { names, settings }
    : { names, settings, browser: await browserFiles(browser) };
}

if (import.meta.main) {
  const [zipDir, stageName] = process.argv.slice(2);
  const place = zipDir === undefined ? {} : { zipDir: resolve(zipDir) };
  console.log(table(await buildFunctions({ ...place, ...(stageName && (await partsOf(stageName))) })));
}
