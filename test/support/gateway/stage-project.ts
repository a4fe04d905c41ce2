/** A copy of the project whose stage files a test can write, and `npm start` and the command line in it. */
import { cpSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import { freeFolder, root } from '../../template/project-copy.ts';

/** What `npm start` and the command line run. */
const folders = [
  'cli',
  'console',
  'functions',
  'lib',
  'local',
  'package.json',
  'scripts',
  'stack',
  'stages',
] as const;

export interface StageProject {
  /** `local/main.ts` and `cli/main.ts` of the copy. */
  readonly gatewayFile: string;
  readonly cliFile: string;
  /** Writes a stage file at once: that of `dev` with these destinations, sources and consent. */
  write(stage: string, changes: Readonly<Record<string, unknown>>): void;
  writeText(stage: string, text: string): void;
  /** Writes the same in three steps, as programs do that empty the file first. */
  writeInSteps(stage: string, changes: Readonly<Record<string, unknown>>): void;
  /** Replaces the file as editors do that write to another file first. */
  replace(stage: string, changes: Readonly<Record<string, unknown>>): void;
  remove(): void;
}

export function createStageProject(): StageProject {
  const folder = freeFolder();
  for (const part of folders) cpSync(join(root, part), join(folder, part), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  const fileOf = (stage: string) => join(folder, 'stages', `${stage}.yml`);
  const writeText = (stage: string, text: string) => writeFileSync(fileOf(stage), text);
  return {
    gatewayFile: join(folder, 'local/main.ts'),
    cliFile: join(folder, 'cli/main.ts'),
    write: (stage, changes) => writeText(stage, stageText(changes)),
    writeText,
    writeInSteps: (stage, changes) => {
      const text = stageText(changes);
      for (const end of [0, text.length / 2, text.length]) writeText(stage, text.slice(0, end));
    },
    replace: (stage, changes) => {
      const draft = join(folder, 'stages', `.${stage}.yml.swp`);
      writeFileSync(draft, stageText(changes));
      renameSync(draft, fileOf(stage));
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

const dev = readFileSync(join(root, 'stages/dev.yml'), 'utf8');

/** @param changes setting → value, with dots in the name of a setting that is not at the top */
function stageText(changes: Readonly<Record<string, unknown>>): string {
  const document = parseDocument(dev);
  for (const [setting, value] of Object.entries(changes)) document.setIn(setting.split('.'), value);
  return String(document);
}
