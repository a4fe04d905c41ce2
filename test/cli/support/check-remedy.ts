/** Checks that a person can follow a remedy: its commands exist, and its links lead to a section. */
import { existsSync, readFileSync } from 'node:fs';
import { expect } from 'vitest';
import type { Finding } from '../../../cli/doctor/finding.ts';
import { checkCommand, commandsIn } from './check-command.ts';

const root = new URL('../../../', import.meta.url);

/** Programs other than the command line that a remedy may name. */
const otherCommands =
  /`(?:npm start|npx osls (?:deploy|info) --stage [a-z0-9-]+|aws [a-z-]+ [a-z-]+ --|curl -X DELETE http|sudo timedatectl )/;
const links = /docs\/[\w/-]+\.md(?:#[\w-]+)?/g;

/** Fails when a remedy has neither a command nor a link, or one that does not exist. */
export async function checkRemedy({ level, subject, remedy }: Finding): Promise<void> {
  if (level === 'ok') return;
  const text = remedy ?? '';
  const commands = commandsIn(text);
  const found = [...text.matchAll(links)].map(([link]) => link);
  const isFollowable = commands.length > 0 || found.length > 0 || otherCommands.test(text);
  expect({ subject, text, isFollowable }).toEqual({ subject, text, isFollowable: true });
  for (const words of commands) await checkCommand(words);
  for (const link of found) expect(hasSection(link), link).toBe(true);
}

/** @param link such as `docs/operations.md#held-events` */
export function hasSection(link: string): boolean {
  const [file = '', anchor] = link.split('#');
  const url = new URL(file, root);
  if (!existsSync(url)) return false;
  const titles = [...readFileSync(url, 'utf8').matchAll(/^#{1,6} (.+)$/gm)].map(([, title = '']) => title);
  return anchor === undefined || titles.map(anchorOf).includes(anchor);
}

/** As GitHub makes it from a title. */
const anchorOf = (title: string): string =>
  title
    .toLowerCase()
    .replaceAll(/[^\w\- ]/g, '')
    .replaceAll(' ', '-');
