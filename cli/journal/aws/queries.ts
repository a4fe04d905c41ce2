/** The texts of the queries, in the language of CloudWatch Logs Insights. */
import type { CoverageCount } from '../../../lib/journal/line.ts';
import { journalMessages } from '../../../lib/journal/parse-line.ts';
import type { LinesQuery } from '../journal.ts';

/** Oldest first, so that an answer that the limit cuts is complete up to its last row. */
export function linesQuery({ containing, messages = journalMessages }: Omit<LinesQuery, 'fromMs' | 'toMs'>) {
  return [
    'fields @timestamp, @message',
    `filter message in [${messages.map(quoted).join(', ')}]`,
    ...(containing === undefined ? [] : [`filter @message like /${containing.map(escaped).join('|')}/`]),
    'sort @timestamp asc',
  ].join('\n| ');
}

/** The texts that fit into one query: CloudWatch takes 10,000 characters. */
export const maxTexts = 200;

/** Sums have names of their own, because a field of the line has the name of the count. */
export const sumName = (count: string): string => `sum_${count}`;

export const coverageQuery = (counts: readonly CoverageCount[]): string =>
  [
    'filter message = "coverage"',
    `stats ${counts.map((count) => `sum(${count}) as ${sumName(count)}`).join(', ')} by bin(1d), source, event_name, destination`,
  ].join('\n| ');

const flowMessages = journalMessages.filter(
  (message) => !['coverage', 'tiktok answered', 'message waits'].includes(message),
);

export const flowQuery = [
  `filter message in [${flowMessages.map((message) => quoted(message)).join(', ')}]`,
  'stats sum(accepted) as sum_accepted, sum(rejected) as sum_rejected, count(*) as lines by bin(1d), message, source, dry_run',
].join('\n| ');

/** A pattern of FilterLogEvents that finds the same lines as a query for all of them. */
export const linesPattern = `{ ${journalMessages.map((message) => `($.message = ${quoted(message)})`).join(' || ')} }`;

function quoted(text: string): string {
  return JSON.stringify(text);
}

/** Fingerprints need no escape; trace ids can have other characters. */
const escaped = (text: string): string => text.replaceAll(/[^\w]/g, (character) => `\\${character}`);
