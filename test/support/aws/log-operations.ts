/** The operations of CloudWatch Logs that the product uses, with the checks that the service documents for each. */
import { AwsFailure } from './aws-failure.ts';
import { runInsights, type StoredLine } from './insights.ts';
import type { LogStore } from './log-store.ts';

export type Input = Readonly<Record<string, unknown>>;
export type QueryStatus = 'Complete' | 'Failed' | 'Cancelled' | 'Timeout' | 'Unknown';

/** What a test may change while the double runs. */
export interface LogsState {
  readonly store: LogStore;
  readonly queries: Map<string, { looks: number; isOver: boolean; rows: () => readonly object[] }>;
  /** How many queries may run at once; AWS allows 30. */
  maxQueries: number;
  /** How each query ends. */
  ends: QueryStatus;
  /** Rows of one answer, and lines of one page; AWS allows 10,000. */
  maxRows: number;
}

type Operation = (state: LogsState, input: Input) => object;

const invalid = (message: string): never => {
  throw new AwsFailure('InvalidParameterException', message);
};

function integer(input: Input, name: string, min: number, max: number): number {
  const value = input[name];
  if (typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max) return value;
  return invalid(
    `1 validation error detected: Value '${String(value)}' at '${name}' failed to satisfy constraint`,
  );
}

const optional = (input: Input, name: string, min: number, max: number, otherwise: number): number =>
  input[name] === undefined ? otherwise : integer(input, name, min, max);

function text(input: Input, name: string, max: number, form = /^[\s\S]+$/): string {
  const value = input[name];
  if (typeof value === 'string' && value.length <= max && form.test(value)) return value;
  return invalid(`1 validation error detected: Value at '${name}' failed to satisfy constraint`);
}

const groupForm = /^[.\-_/#A-Za-z0-9]{1,512}$/;
/** Seconds, not milliseconds. */
const maxSeconds = 100_000_000_000;
const maxMs = 100_000_000_000_000;

export const logOperations: Readonly<Record<string, Operation>> = {
  DescribeLogGroups: ({ store }, input) => {
    const prefix =
      input.logGroupNamePrefix === undefined ? '' : text(input, 'logGroupNamePrefix', 512, groupForm);
    const limit = optional(input, 'limit', 1, 50, 50);
    const names = [...store.groups.keys()].filter((name) => name.startsWith(prefix)).sort();
    const start = Number(input.nextToken ?? 0);
    const page = names.slice(start, start + limit);
    return {
      logGroups: page.map((logGroupName) => ({ logGroupName, retentionInDays: 30 })),
      ...(start + limit < names.length && { nextToken: String(start + limit) }),
    };
  },
  StartQuery: (state, input) => {
    const names = input.logGroupNames;
    if (!Array.isArray(names) || names.length === 0 || names.length > 50)
      return invalid('Between 1 and 50 log groups must be given.');
    const startTime = integer(input, 'startTime', 0, maxSeconds);
    const endTime = integer(input, 'endTime', 0, maxSeconds);
    if (endTime < startTime) return invalid('The start time must not be after the end time.');
    const queryString = text(input, 'queryString', 10_000);
    const limit = Math.min(optional(input, 'limit', 1, 10_000, 10_000), state.maxRows);
    for (const name of names) state.store.read([String(name)], 0, -1);
    const running = [...state.queries.values()].filter(({ isOver }) => !isOver).length;
    if (running >= state.maxQueries)
      throw new AwsFailure('LimitExceededException', 'Account maximum query concurrency limit reached.');
    // The syntax is checked at the start.
    runInsights(queryString, []);
    const queryId = `12ab3456-12ab-123a-789e-${String(state.queries.size).padStart(12, '0')}`;
    const rows = () => {
      const lines = state.store.read(names.map(String), startTime * 1000, endTime * 1000 + 999);
      return runInsights(queryString, lines).rows.slice(0, limit);
    };
    state.queries.set(queryId, { looks: 0, isOver: false, rows });
    return { queryId };
  },
  GetQueryResults: (state, input) => {
    const query = state.queries.get(text(input, 'queryId', 256));
    if (query === undefined) throw new AwsFailure('ResourceNotFoundException', 'The query does not exist.');
    query.looks += 1;
    const status = query.looks === 1 ? 'Scheduled' : query.looks === 2 ? 'Running' : state.ends;
    query.isOver ||= query.looks > 2;
    const rows = status === 'Complete' ? query.rows() : [];
    return {
      status,
      results: rows.map((row) => Object.entries(row).map(([field, value]) => ({ field, value }))),
    };
  },
  StopQuery: (state, input) => {
    const query = state.queries.get(text(input, 'queryId', 256));
    if (query === undefined || query.isOver) return invalid('The query is not running.');
    query.isOver = true;
    return { success: true };
  },
  FilterLogEvents: ({ store, maxRows }, input) => {
    const group = text(input, 'logGroupName', 512, groupForm);
    const startTime = optional(input, 'startTime', 0, maxMs, 0);
    const endTime = optional(input, 'endTime', 0, maxMs, maxMs);
    const limit = Math.min(optional(input, 'limit', 1, 10_000, 10_000), maxRows);
    const matches =
      input.filterPattern === undefined ? () => true : pattern(text(input, 'filterPattern', 1024));
    const lines = store
      .read([group], startTime, endTime)
      .filter(matches)
      .sort((one, other) => one.atMs - other.atMs);
    // The first page of a search can be empty, and others follow it.
    if (input.nextToken === undefined) return { events: [], nextToken: 'from 0', searchedLogStreams: [] };
    const start = Number(
      /^from (\d+)$/.exec(String(input.nextToken))?.[1] ?? invalid('The token is invalid.'),
    );
    const page = lines.slice(start, start + limit);
    return {
      events: page.map(({ id, atMs, message }) => ({
        eventId: id,
        timestamp: atMs,
        message,
        ingestionTime: atMs,
      })),
      searchedLogStreams: [],
      ...(start + limit < lines.length && { nextToken: `from ${start + limit}` }),
    };
  },
  CreateLogStream: ({ store }, input) => {
    const group = text(input, 'logGroupName', 512, groupForm);
    const name = `${group} ${text(input, 'logStreamName', 512, /^[^:*]+$/)}`;
    store.read([group], 0, -1);
    if (store.streams.has(name)) throw new AwsFailure('ResourceAlreadyExistsException', 'It exists already.');
    store.streams.add(name);
    return {};
  },
  PutLogEvents: ({ store }, input) => {
    const group = text(input, 'logGroupName', 512, groupForm);
    if (!store.streams.has(`${group} ${text(input, 'logStreamName', 512)}`))
      throw new AwsFailure('ResourceNotFoundException', 'The specified log stream does not exist.');
    const events = input.logEvents as readonly { timestamp: number; message: string }[];
    const bytes = events.reduce((sum, { message }) => sum + Buffer.byteLength(message) + 26, 0);
    if (events.length === 0 || events.length > 10_000 || bytes > 1_048_576)
      return invalid('The batch is empty or too large.');
    const times = events.map(({ timestamp }) => timestamp);
    if (times.some((time, index) => time < (times[index - 1] ?? 0)))
      return invalid('Log events in a single PutLogEvents request must be in chronological order.');
    for (const { timestamp, message } of events) store.append(group, timestamp, message);
    return {};
  },
};

/** A pattern for JSON: `{ ($.message = "a") || ($.message = "b") }`. */
function pattern(filterPattern: string): (line: StoredLine) => boolean {
  const [, body = ''] = /^\{ (.+) \}$/.exec(filterPattern) ?? invalid('Invalid filter pattern');
  const tests = body.split(' || ').map((part) => {
    const [, field = '', value = ''] =
      /^\(\$\.(\w+) = "([^"]*)"\)$/.exec(part) ?? invalid('Invalid filter pattern');
    return { field, value };
  });
  return ({ fields }) => tests.some(({ field, value }) => fields[field] === value);
}
