import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { expect, test } from 'vitest';
import { openSyncTable } from '../../../lib/sync/state/dynamodb.ts';
import { readRuns } from '../../../lib/sync/state/history.ts';
import { parseRun } from '../../../lib/sync/state/record.ts';

const clock = { now: () => 0, pause: async () => undefined, timeout: () => new AbortController().signal };

/** A busy table: it takes a part of each batch, and gives one item a page. */
function openBusyTable() {
  const inputs: Record<string, unknown>[] = [];
  let calls = 0;
  const send = async ({ input }: { input: Record<string, unknown> }) => {
    inputs.push(input);
    calls += 1;
    const request = (input.RequestItems as Record<string, never> | undefined)?.syncs;
    if (request === undefined)
      return calls === 1
        ? { Items: [{ item: { S: 'run#1' }, run: { S: '{}' } }], LastEvaluatedKey: { item: { S: 'run#1' } } }
        : {};
    if (calls > 1) return {};
    return Array.isArray(request)
      ? { UnprocessedItems: { syncs: [...(request as object[]).slice(1), { DeleteRequest: {} }] } }
      : { Responses: { syncs: [{ item: { S: 'a' } }, {}] }, UnprocessedKeys: { syncs: { Keys: [{}] } } };
  };
  const table = openSyncTable({ send } as unknown as DynamoDBClient, 'syncs', 'orders', clock);
  return { table, inputs };
}

test('what a busy table leaves out of a batch is written again', async () => {
  const { table, inputs } = openBusyTable();
  await table.addNames(['a', 'b']);
  const keys = inputs.map(({ RequestItems }) => JSON.stringify(RequestItems).match(/"S":"[ab]"/g));
  expect(keys).toEqual([['"S":"a"', '"S":"b"'], ['"S":"b"']]);
});

test('what a busy table leaves out of a batch is read again', async () => {
  const { table, inputs } = openBusyTable();
  expect(await table.existing(['a', 'b'])).toEqual(new Set(['a', '']));
  expect(inputs).toHaveLength(2);
});

test('a list goes on to the next page, and what is no run is left out', async () => {
  const { table, inputs } = openBusyTable();
  expect(await readRuns(table, 10)).toEqual([]);
  expect(inputs.map(({ Limit }) => Limit)).toEqual([10, 9]);
  expect(parseRun('no json')).toBeUndefined();
});
