/** An Athena of this machine with AWS's own client. */
import { randomUUID } from 'node:crypto';
import {
  AthenaClient,
  GetQueryExecutionCommand,
  GetQueryResultsCommand,
  type GetQueryResultsCommandInput,
  type QueryExecution,
  StartQueryExecutionCommand,
  type StartQueryExecutionCommandInput,
} from '@aws-sdk/client-athena';
import { type AthenaServer, type AthenaSettings, startAthena } from '../../../local/athena/athena.ts';
import { eventually } from '../../support/eventually.ts';

export interface TestAthena {
  readonly server: AthenaServer;
  readonly client: AthenaClient;
  /** @returns the id of the execution */
  start(sql: string, input?: Partial<StartQueryExecutionCommandInput>): Promise<string>;
  /** Waits for the end of the query. */
  finished(id: string): Promise<QueryExecution>;
  results(input: GetQueryResultsCommandInput): ReturnType<typeof readResults>;
  /** The rows of a query as objects. */
  rows(sql: string): Promise<Record<string, string | undefined>[]>;
  stop(): Promise<void>;
}

export async function startTestAthena(settings?: AthenaSettings): Promise<TestAthena> {
  const server = await startAthena(settings);
  const client = new AthenaClient({
    region: 'us-east-1',
    endpoint: server.url,
    credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
    maxAttempts: 1,
  });
  const athena: TestAthena = {
    server,
    client,
    start: async (QueryString, input) => {
      const QueryExecutionContext = { Catalog: 'AwsDataCatalog', Database: 'shop' };
      const ClientRequestToken = randomUUID();
      const command = { QueryString, QueryExecutionContext, ClientRequestToken, ...input };
      const { QueryExecutionId = '' } = await client.send(new StartQueryExecutionCommand(command));
      return QueryExecutionId;
    },
    finished: (id) =>
      eventually(
        async () => (await describe(client, id)).QueryExecution ?? {},
        ({ Status }) => !/QUEUED|RUNNING/.test(Status?.State ?? 'QUEUED'),
      ),
    results: (input) => readResults(client, input),
    rows: async (sql) => {
      const id = await athena.start(sql);
      const { Status } = await athena.finished(id);
      if (Status?.State !== 'SUCCEEDED') throw new Error(Status?.StateChangeReason);
      const { names, cells } = await readResults(client, { QueryExecutionId: id });
      return cells.slice(1).map((row) => Object.fromEntries(names.map((name, index) => [name, row[index]])));
    },
    stop: async () => {
      client.destroy();
      await server.stop();
    },
  };
  return athena;
}

const describe = (client: AthenaClient, QueryExecutionId: string) =>
  client.send(new GetQueryExecutionCommand({ QueryExecutionId }));

async function readResults(client: AthenaClient, input: GetQueryResultsCommandInput) {
  const { ResultSet, NextToken } = await client.send(new GetQueryResultsCommand(input));
  const columns = ResultSet?.ResultSetMetadata?.ColumnInfo ?? [];
  const cells = (ResultSet?.Rows ?? []).map(({ Data = [] }) => Data.map(({ VarCharValue }) => VarCharValue));
  return { columns, names: columns.map(({ Name = '' }) => Name), cells, NextToken };
}
