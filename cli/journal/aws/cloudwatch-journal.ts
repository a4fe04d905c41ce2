/** The journal of a deployed stage: CloudWatch Logs, asked with the operator's own rights. */
import { unavailable } from '../../errors/cli-error.ts';
import { countText } from '../../terminal/plural.ts';
import type { Journal, Window } from '../journal.ts';
import { createCoverageSums, createFlowSums } from '../sums.ts';
import { followLines } from './follow-lines.ts';
import { findGroups, type StageGroups } from './log-groups.ts';
import { coverageQuery, flowQuery } from './queries.ts';
import { readLines } from './read-lines.ts';
import { maxRows, type QueryContext, type Row, runQuery } from './run-query.ts';
import { coverageNames, coverageOf, dayOfRow, flowOfRow } from './sum-rows.ts';
import { createLineWriter } from './write-lines.ts';

interface Pace {
  readonly stepMs?: number;
  readonly pollMs?: number;
}

/** @param pace of retries and of `follow`, in milliseconds */
export async function createCloudWatchJournal(
  stage: StageGroups,
  { stepMs = 1_000, pollMs = 2_000 }: Pace = {},
): Promise<Journal> {
  const context = { client: stage.client, groups: await findGroups(stage), stepMs, pollMs };
  return {
    lines: (query, signal) => readLines(context, query, signal),
    follow: (fromMs, signal) => followLines(context, fromMs, signal),
    async coverage(window, signal) {
      const sums = createCoverageSums();
      const rows = await sumRows(context, coverageQuery(coverageNames), window, signal);
      for (const row of rows) sums.add(coverageOf(row));
      return sums.list();
    },
    async flow(window, signal) {
      const sums = createFlowSums();
      const rows = await sumRows(context, flowQuery, window, signal);
      for (const row of rows) sums.add(dayOfRow(row), flowOfRow(row));
      return sums.list();
    },
    write: createLineWriter(stage),
  };
}

const dayMs = 86_400_000;

/** Sums of more groups than one answer takes are asked by halves of the window. */
async function sumRows(
  context: QueryContext,
  query: string,
  { fromMs, toMs }: Window,
  signal: AbortSignal,
): Promise<readonly Row[]> {
  const rows = await runQuery(context, query, { fromMs, toMs }, signal);
  if (rows.length < maxRows) return rows;
  const middleMs = Math.round((fromMs + toMs) / 2 / dayMs) * dayMs;
  if (middleMs <= fromMs || middleMs >= toMs)
    throw unavailable(
      `One day has more than ${countText(maxRows)} groups of source, event and destination: CloudWatch Logs cannot add them up.`,
    );
  const early = await sumRows(context, query, { fromMs, toMs: middleMs - 1000 }, signal);
  return [...early, ...(await sumRows(context, query, { fromMs: middleMs, toMs }, signal))];
}
