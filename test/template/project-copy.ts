/** Copies of the project in which osls can package, and the digest by which equal sources are recognized. */
import { createHash } from 'node:crypto';
import {
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** What the bundles are made of. */
export const bundleInputs = ['functions', 'lib', 'package-lock.json', 'scripts'] as const;
export const inputs = [...bundleInputs, 'package.json', 'serverless.yml', 'stack', 'stages'] as const;

export interface CopySettings {
  /** Whether each run builds the functions as it would for an operator; by default a run takes the zips of equal sources. */
  readonly isBuiltAlways?: boolean;
}

/** @returns the folder of a fresh copy that can package; the caller removes it */
export function copyProject({ isBuiltAlways = false }: CopySettings = {}): string {
  const copy = freeFolder();
  for (const input of inputs) cpSync(join(root, input), join(copy, input), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  if (!isBuiltAlways) {
    const buildOnce = pathToFileURL(join(root, 'test/template/build-once.ts'));
    renameSync(join(copy, 'scripts/build.ts'), join(copy, 'scripts/build-functions.ts'));
    writeFileSync(join(copy, 'scripts/build.ts'), `import ${JSON.stringify(buildOnce.href)};\n`);
  }
  return copy;
}

/** The names come again in each run: what Node has compiled of a copy serves the next copy of the same name. */
export function freeFolder(): string {
  for (let number = 0; ; number += 1) {
    const folder = join(tmpdir(), `tiktok-events-project-${digest([root])}-${number}`);
    try {
      mkdirSync(folder);
      return folder;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

/** @returns a text that differs when a file in these folders differs */
export function digestOfFiles(project: string, paths: readonly string[]): string {
  const contents = paths.flatMap((path) => filesIn(join(project, path)));
  return digest(contents.flatMap((file) => [relative(project, file), readFileSync(file, 'utf8')]));
}

export const digest = (texts: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(texts)).digest('hex').slice(0, 16);

function filesIn(path: string): string[] {
  if (path.includes('.', path.lastIndexOf('/'))) return [path];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
