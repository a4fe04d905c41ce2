/**
 * A double of CloudWatch Logs over HTTP that speaks the service's JSON protocol, checks parameters as the service does, and
 * runs the queries of the product on stored lines. Point `AWS_ENDPOINT_URL_CLOUDWATCH_LOGS` to `url`.
 *
 * - `put(group, lines)` creates the group if need be and stores lines: JSON text or objects with a `timestamp`.
 * - `denied.add('StartQuery')` takes a right away; the answer is AWS's AccessDeniedException.
 * - `fail('StartQuery', 'ThrottlingException', 2)` fails the next 2 calls.
 * - `state.ends`, `state.maxQueries`, `state.maxRows`: see `LogsState`.
 * - `calls` are the operations with their inputs, in order: what left the machine.
 */
import { startHttpServer } from '../http/http-server.ts';
import { AwsFailure } from './aws-failure.ts';
import { type Input, type LogsState, logOperations } from './log-operations.ts';
import { createLogStore } from './log-store.ts';

export interface LogsCall {
  readonly operation: string;
  readonly input: Input;
}

export async function startCloudWatchLogs() {
  const state: LogsState = {
    store: createLogStore(),
    queries: new Map(),
    maxQueries: 30,
    ends: 'Complete',
    maxRows: 10_000,
  };
  const denied = new Set<string>();
  const calls: LogsCall[] = [];
  const failures: { operation: string; code: string; message: string }[] = [];

  function perform(operation: string, input: Input): object {
    calls.push({ operation, input });
    if (denied.has(operation)) throw deniedError(operation, input);
    const index = failures.findIndex((each) => each.operation === operation);
    const [failure] = index < 0 ? [] : failures.splice(index, 1);
    if (failure !== undefined) throw new AwsFailure(failure.code, failure.message);
    const run = logOperations[operation];
    if (run === undefined) throw new AwsFailure('UnknownOperationException', operation);
    return run(state, input);
  }

  const { url, stop } = await startHttpServer((request, response, body) => {
    const [, operation = ''] = /^Logs_20140328\.(\w+)$/.exec(String(request.headers['x-amz-target'])) ?? [];
    const headers = { 'content-type': 'application/x-amz-json-1.1' };
    try {
      const output = perform(operation, JSON.parse(body) as Input);
      response.writeHead(200, headers).end(JSON.stringify(output));
    } catch (error) {
      const { code, message } =
        error instanceof AwsFailure ? error : new AwsFailure('ServiceUnavailableException', String(error));
      response.writeHead(400, { ...headers, 'x-amzn-errortype': code });
      response.end(JSON.stringify({ __type: code, message }));
    }
  });

  return {
    url,
    stop,
    state,
    denied,
    calls,
    createGroup: state.store.createGroup,
    put(group: string, lines: Parameters<typeof state.store.put>[1]): void {
      state.store.createGroup(group);
      state.store.put(group, lines);
    },
    fail(operation: string, code: string, times: number, message = 'Rate exceeded'): void {
      for (let n = 0; n < times; n += 1) failures.push({ operation, code, message });
    },
    /** The messages of a group. */
    messages: (group: string): string[] =>
      (state.store.groups.get(group) ?? []).map(({ message }) => message),
    /** Queries that nobody has waited for or stopped. */
    running: () => [...state.queries.values()].filter(({ isOver }) => !isOver).length,
  };
}

export type CloudWatchLogsDouble = Awaited<ReturnType<typeof startCloudWatchLogs>>;

function deniedError(operation: string, input: Input): AwsFailure {
  const [first = ''] = [input.logGroupName, ...((input.logGroupNames as string[] | undefined) ?? [])].filter(
    (name) => name !== undefined,
  );
  return new AwsFailure(
    'AccessDeniedException',
    `User: arn:aws:iam::111122223333:user/ops is not authorized to perform: logs:${operation} on resource: arn:aws:logs:eu-central-1:111122223333:log-group:${String(first)}:log-stream: because no identity-based policy allows the logs:${operation} action`,
  );
}
