/** Runs one query of CloudWatch Logs Insights to its end: waits for a free place, for the result, and stops on abort. */
import { setTimeout as pause } from 'node:timers/promises';
import {
  type CloudWatchLogsClient,
  GetQueryResultsCommand,
  StartQueryCommand,
  StopQueryCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { unavailable } from '../../errors/cli-error.ts';
import type { Window } from '../journal.ts';
import { withRight } from './missing-right.ts';

/** CloudWatch returns no more rows for one query. */
export const maxRows = 10_000;

export interface QueryContext {
  readonly client: CloudWatchLogsClient;
  readonly groups: readonly string[];
  /** The first pause before a retry, which doubles, and the longest pause between two looks for a result. */
  readonly stepMs: number;
}

/** The fields of one row by name, such as `@message` or `bin(1d)`. */
export type Row = Readonly<Record<string, string>>;

/**
 * @param window both ends included; CloudWatch knows whole seconds only
 * @throws a `CliError` that says why the query did not end, or the abort error when the signal stopped it
 */
export async function runQuery(
  context: QueryContext,
  queryString: string,
  { fromMs, toMs }: Window,
  signal: AbortSignal,
): Promise<Row[]> {
  const { client, groups } = context;
  const command = new StartQueryCommand({
    logGroupNames: [...groups],
    startTime: Math.floor(fromMs / 1000),
    endTime: Math.floor(toMs / 1000),
    queryString,
    limit: maxRows,
  });
  const start = () => client.send(command, { abortSignal: signal });
  try {
    const { queryId } = await whenFree(context, signal, () => withRight('logs:StartQuery', groups, start));
    return await readResult(context, queryId, signal);
  } catch (error) {
    if (isBeforeLogs(error)) return [];
    throw error;
  }
}

/** CloudWatch refuses a window that ends before the oldest line that the log groups can have. */
const isBeforeLogs = (error: unknown): boolean =>
  error instanceof Error &&
  error.name === 'MalformedQueryException' &&
  error.message.includes('log groups creation time');

/** AWS allows 30 queries at a time for the account, dashboards included, and a few calls a second. */
const busy: ReadonlySet<string> = new Set(['LimitExceededException', 'ThrottlingException']);
const maxTries = 7;
const longestPauseMs = 16_000;

/** Tries again while CloudWatch is busy: for about a minute. */
export async function whenFree<T>(
  { stepMs }: Pick<QueryContext, 'stepMs'>,
  signal: AbortSignal,
  call: () => Promise<T>,
): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof Error && busy.has(error.name))) throw error;
      if (tries === maxTries)
        throw unavailable(
          'CloudWatch Logs is busy: 30 queries of this AWS account run at the same time, or too many calls came at once. Try again in a minute.',
          error,
        );
      const pauseMs = Math.min(stepMs * 2 ** (tries - 1), longestPauseMs);
      await pause(pauseMs * (1 + Math.random() / 2), undefined, { signal });
    }
  }
}

async function readResult(
  context: QueryContext,
  queryId: string | undefined,
  signal: AbortSignal,
): Promise<Row[]> {
  const { client, groups, stepMs } = context;
  const look = () => client.send(new GetQueryResultsCommand({ queryId }), { abortSignal: signal });
  try {
    for (let looks = 0; ; looks += 1) {
      const answer = await whenFree(context, signal, () => withRight('logs:GetQueryResults', groups, look));
      if (answer.status === 'Complete')
        return (answer.results ?? []).map((fields) =>
          Object.fromEntries(fields.map(({ field = '', value = '' }) => [field, value])),
        );
      if (answer.status !== 'Scheduled' && answer.status !== 'Running') throw endedAs(answer.status);
      await pause(Math.min(stepMs, 100 * 2 ** looks), undefined, { signal });
    }
  } catch (error) {
    // A query that nobody waits for would take one of the 30 places. It may be over already.
    if (signal.aborted) await client.send(new StopQueryCommand({ queryId })).catch(() => undefined);
    throw error;
  }
}

function endedAs(status: string | undefined) {
  if (status === 'Timeout')
    return unavailable('The query of CloudWatch Logs took more than 60 minutes: ask for fewer days.');
  if (status === 'Cancelled')
    return unavailable('Somebody stopped the query of CloudWatch Logs. Run the command again.');
  return unavailable(
    `The query of CloudWatch Logs failed (${status ?? 'no status'}). Run the command again.`,
  );
}
