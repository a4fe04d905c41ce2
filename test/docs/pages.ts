/** The pages of the project, and what tests of the documentation read from them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** Paths from the root of every page that people read. */
export const allPages: readonly string[] = [
  'README.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  'SECURITY.md',
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => join('docs', file)),
];

const folders = [
  'lib',
  'cli',
  'console',
  'local',
  'functions',
  'stack',
  'stages',
  'scripts',
  'bench',
  'test',
  '.github',
];

/** Paths from the root of every other file whose text may refer to a page. */
export const otherFiles = (): string[] => [
  'biome.json',
  'serverless.yml',
  'package.json',
  ...folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.(ts|js|mjs|yml|json|html)$/.test(file))
      .map((file) => join(folder, file)),
  ),
];

export const readPage = (path: string): string => readFileSync(join(root, path), 'utf8');

/** @returns the fenced blocks of one language, without the indentation of a list around them */
export function fencedBlocks(page: string, language: string): string[] {
  const found = page.matchAll(new RegExp(`^( *)\`\`\`${language}\\n([\\s\\S]*?)^ *\`\`\``, 'gm'));
  return [...found].map(([, indent = '', text = '']) => text.replaceAll(new RegExp(`^${indent}`, 'gm'), ''));
}

/** @returns a whole table by its head, so that a failure shows the table that belongs there */
export function tableOf(page: string, head: string): string {
  const lines = page.slice(page.indexOf(`${head}\n`)).split('\n');
  const end = lines.findIndex((line) => !line.startsWith('|'));
  return lines.slice(0, end).join('\n');
}

/** GitHub's anchor of a heading. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replaceAll(/\s/g, '-');

export const withoutCode = (text: string): string => text.replaceAll(/```[\s\S]*?```/g, '');

/** The anchors of all headings of a page. */
export const anchorsOf = (path: string): string[] =>
  [...withoutCode(readPage(path)).matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = '']) => anchorOf(heading));
