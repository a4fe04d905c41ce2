/** The stand-in speaks Athena's protocol: AWS's own client cannot tell the difference. */
import { randomUUID } from 'node:crypto';
import { GetQueryExecutionCommand, StopQueryExecutionCommand } from '@aws-sdk/client-athena';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import { startTestAthena, type TestAthena } from './athena-support.ts';

let athena: TestAthena;
const workgroups = {
  primary: { outputLocation: 's3://results' },
  bare: {},
  off: { outputLocation: 's3://results', isDisabled: true },
  foreign: { isForbidden: true },
};

beforeEach(async () => {
  athena = await startTestAthena({ workgroups });
});
afterEach(() => athena.stop());

const columns = [{ name: 'id', type: 'bigint' }];
const rows = (count: number) => Array.from({ length: count }, (_, index) => [String(index + 1)]);

describe('a query', () => {
  test('is queued, runs and succeeds', async () => {
    athena.server.script({ delayMs: 100 });
    const id = await athena.start('select 1 as one');
    const state = async () =>
      (await athena.client.send(new GetQueryExecutionCommand({ QueryExecutionId: id }))).QueryExecution
        ?.Status?.State;
    await eventually(state, (seen) => seen === 'RUNNING');
    await expect(athena.results({ QueryExecutionId: id })).rejects.toMatchObject({
      name: 'InvalidRequestException',
      message: 'Query has not yet finished. Current state: RUNNING',
      AthenaErrorCode: 'INVALID_QUERY_EXECUTION_STATE',
    });
    expect(await athena.finished(id)).toMatchObject({
      Query: 'select 1 as one',
      ResultConfiguration: { OutputLocation: `s3://results/${id}.csv` },
      QueryExecutionContext: { Database: 'shop', Catalog: 'awsdatacatalog' },
      Status: {
        State: 'SUCCEEDED',
        SubmissionDateTime: expect.any(Date),
        CompletionDateTime: expect.any(Date),
      },
      Statistics: { DataScannedInBytes: 0, EngineExecutionTimeInMillis: expect.any(Number) },
      WorkGroup: 'primary',
    });
    expect((await athena.results({ QueryExecutionId: id })).cells).toEqual([['one'], ['1']]);
  });

  test('runs once for the same token, and refuses the token for another query', async () => {
    const ClientRequestToken = randomUUID();
    const start = (sql: string) => athena.start(sql, { ClientRequestToken });
    const ids = await Promise.all([start('select 1 as a'), start('select 1 as a')]);
    expect(new Set(ids).size).toBe(1);
    expect(athena.server.queries()).toEqual(['select 1 as a']);
    await expect(start('select 2 as a')).rejects.toThrow('Idempotent parameters do not match');
  });

  test('is stopped, and has no results then', async () => {
    athena.server.script({ delayMs: 60_000 });
    const id = await athena.start('select 1 as one');
    await athena.client.send(new StopQueryExecutionCommand({ QueryExecutionId: id }));
    expect((await athena.finished(id)).Status).toMatchObject({
      State: 'CANCELLED',
      StateChangeReason: 'Query cancelled by user',
    });
    await expect(athena.results({ QueryExecutionId: id })).rejects.toThrow('Could not find results');
  });

  test('is stopped in the engine', async () => {
    const long = 'select count(*) as v from range(100000000) a, range(100000) b';
    const id = await athena.start(long);
    await new Promise((resolve) => setTimeout(resolve, 200));
    await athena.client.send(new StopQueryExecutionCommand({ QueryExecutionId: id }));
    expect(await athena.rows('select 1 as one')).toEqual([{ one: '1' }]);
  });
});

describe('a request', () => {
  test.each([
    ['an unknown workgroup', { WorkGroup: 'nowhere' }, 'WorkGroup is not found.'],
    ['a disabled workgroup', { WorkGroup: 'off' }, 'WorkGroup off is disabled'],
    ['no place for results', { WorkGroup: 'bare' }, 'No output location provided.'],
    [
      'another place for results',
      { ResultConfiguration: { OutputLocation: 'https://x' } },
      'outputLocation is not a valid S3 path.',
    ],
    [
      'a short token',
      { ClientRequestToken: 'x' },
      "Value at 'clientRequestToken' failed to satisfy constraint",
    ],
    ['two statements', { QueryString: 'select 1; select 2' }, 'Only one sql statement is allowed.'],
    ['no query', { QueryString: 'drop table t' }, 'Queries of this type are not supported'],
    ['a mistake', { QueryString: 'select * form t' }, 'line 1:15: mismatched input'],
  ])('with %s is refused', async (_, input, message) => {
    const started = athena.start('select 1 as one', input);
    await expect(started).rejects.toMatchObject({ name: 'InvalidRequestException' });
    await expect(started).rejects.toThrow(message);
  });

  test('without rights is refused', async () => {
    await expect(athena.start('select 1 as one', { WorkGroup: 'foreign' })).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
    const ResultConfiguration = { OutputLocation: 's3://mine/folder' };
    const id = await athena.start('select 1 as one', { WorkGroup: 'bare', ResultConfiguration });
    expect((await athena.finished(id)).ResultConfiguration?.OutputLocation).toBe(
      `s3://mine/folder/${id}.csv`,
    );
  });

  test('of a page on another site is refused', async () => {
    const response = await fetch(athena.server.url, {
      method: 'POST',
      headers: { origin: 'https://shop.example', 'x-amz-target': 'AmazonAthena.GetQueryExecution' },
      body: '{}',
    });
    expect(response.status).toBe(403);
  });
});

describe('a page', () => {
  test('starts with the names of the columns and holds 1,000 rows', async () => {
    athena.server.script({ columns, rows: rows(1_500) });
    const QueryExecutionId = await athena.start('select 1 as one');
    await athena.finished(QueryExecutionId);
    const first = await athena.results({ QueryExecutionId });
    const second = await athena.results({ QueryExecutionId, NextToken: first.NextToken, MaxResults: 1_000 });
    expect([first.cells.length, first.cells[0], first.cells.at(-1)]).toEqual([1_000, ['id'], ['999']]);
    expect([second.cells.length, second.cells[0], second.NextToken]).toEqual([501, ['1000'], undefined]);
    // A token can be used again, as after a lost answer.
    const again = await athena.results({ QueryExecutionId, NextToken: first.NextToken, MaxResults: 1 });
    expect(again.cells).toEqual([['1000']]);
  });

  test('that is full and the last has a token of an empty page', async () => {
    athena.server.script({ columns, rows: rows(1) });
    const QueryExecutionId = await athena.start('select 1 as one');
    await athena.finished(QueryExecutionId);
    const { NextToken } = await athena.results({ QueryExecutionId, MaxResults: 2 });
    const last = await athena.results({ QueryExecutionId, MaxResults: 2, NextToken });
    expect([last.cells, last.NextToken]).toEqual([[], undefined]);
  });

  test('is refused for a wrong size, and for a token of another query or of before', async () => {
    athena.server.script({ columns, rows: rows(2) });
    const [one, other] = [await athena.start('select 1 as one'), await athena.start('select 2 as two')];
    for (const id of [one, other]) await athena.finished(id);
    const { NextToken } = await athena.results({ QueryExecutionId: one, MaxResults: 1 });
    const read = (QueryExecutionId: string, input: object) => athena.results({ QueryExecutionId, ...input });
    await expect(read(one, { MaxResults: 1_001 })).rejects.toThrow('maximum allowed length 1000');
    await expect(read(one, { MaxResults: 0 })).rejects.toThrow('greater than or equal to 1');
    await expect(read(other, { NextToken })).rejects.toThrow('Malformed nextPageToken');
    athena.server.expireTokens();
    await expect(read(one, { NextToken })).rejects.toMatchObject({ name: 'InvalidRequestException' });
    await expect(read('nothing', {})).rejects.toThrow('QueryExecution nothing was not found');
  });
});

describe('a test', () => {
  test('has requests fail as often as it asks', async () => {
    athena.server.fail({ error: 'ThrottlingException', operation: 'StartQueryExecution', times: 2 });
    for (const _ of [1, 2])
      await expect(athena.start('select 1 as one')).rejects.toMatchObject({ name: 'ThrottlingException' });
    const id = await athena.start('select 1 as one');
    athena.server.fail({ error: 'connection reset' });
    await expect(athena.results({ QueryExecutionId: id })).rejects.toThrow();
    athena.server.heal();
    expect((await athena.finished(id)).Status?.State).toBe('SUCCEEDED');
  });

  test('has queries fail with a reason', async () => {
    const error = { category: 1, type: 1, retryable: true } as const;
    const reason = 'Query exhausted resources at this scale factor';
    athena.server.script({ when: /orders/, times: 1, fail: { reason, error } });
    await athena.finished(await athena.start('select 1 as one'));
    const id = await athena.start('select 1 as orders');
    expect((await athena.finished(id)).Status).toMatchObject({
      State: 'FAILED',
      StateChangeReason: reason,
      AthenaError: { ErrorCategory: 1, ErrorType: 1, Retryable: true },
    });
    await expect(athena.results({ QueryExecutionId: id })).rejects.toThrow('Final query state: FAILED');
    expect(await athena.rows('select 1 as orders')).toEqual([{ orders: '1' }]);
  });

  test('gives columns and rows: many, large, and others the next time', async () => {
    const wide = Array.from({ length: 1_000 }, (_, index) => ({ name: `c${index}`, type: 'varchar' }));
    athena.server.script({ columns: wide, rows: () => [wide.map(() => null)], times: 1 });
    athena.server.script({ columns, rows: [['x'.repeat(10_000_000)]] });
    const [first = {}] = await athena.rows('select 1 as one');
    expect([Object.keys(first).length, first.c999]).toEqual([1_000, undefined]);
    expect(await athena.rows('select * from (select 1 as one) as source_rows limit 0')).toEqual([]);
    expect((await athena.rows('select 1 as one'))[0]?.id).toHaveLength(10_000_000);
  });
});
