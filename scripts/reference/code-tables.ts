/** The tables of docs/errors.md. */
import type { CodeText } from '../../lib/errors/code-text.ts';
import type { IssueText } from '../../lib/reasons/issue-text.ts';
import { problemTexts } from '../../lib/reasons/problem-texts.ts';
import { code, markdownTable } from './markdown.ts';

export const issuesTable = (texts: Readonly<Record<string, IssueText>>): string =>
  markdownTable(
    ['Code', 'The value or event is', 'Meaning', 'Example', 'What to do'],
    Object.entries(texts).map(([name, { effects, meaning, example, fix }]) => [
      code(name),
      effects.map((effect) => words[effect]).join(' or '),
      meaning,
      typeof example === 'string' ? example : code(exampleOf(example)),
      fix,
    ]),
  );

const words = { rejected: 'rejected', omitted: 'omitted', warning: 'sent, with a warning' } as const;

/** Long texts and lists are cut; `null` only keeps the probe from adding a name. */
function exampleOf(example: Readonly<Record<string, unknown>>): string {
  const entries = Object.entries(example).filter(([, value]) => value !== null);
  return JSON.stringify(Object.fromEntries(entries), (_, value) =>
    Array.isArray(value) && value.length > 3
      ? [...value.slice(0, 2), `… ${value.length - 2} more`]
      : typeof value === 'string' && value.length > 100
        ? `${value.slice(0, 8)}… ${value.length} characters`
        : value,
  );
}

export const problemsTable = (): string =>
  markdownTable(
    ['Code', 'Status', 'Meaning', 'Example', 'What to do'],
    Object.entries(problemTexts)
      .toSorted(([, one], [, other]) => one.status - other.status)
      .map(([name, { status, meaning, example, fix }]) => [code(name), `${status}`, meaning, example, fix]),
  );

export const reasonsTable = (texts: Readonly<Record<string, CodeText>>): string =>
  markdownTable(
    ['Code', 'Meaning', 'Example', 'What to do'],
    Object.entries(texts).map(([name, { meaning, example, fix }]) => [code(name), meaning, example, fix]),
  );
