/** The table of the syncs, with AWS's own client. */
import {
  BatchWriteItemCommand,
  ConditionalCheckFailedException,
  DescribeTableCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type DynamoDbServer, startDynamoDb } from '../../../local/dynamodb/dynamodb.ts';

const TableName = 'tiktok-events-local-syncs';
let server: DynamoDbServer;
let client: DynamoDBClient;

beforeEach(async () => {
  server = await startDynamoDb({ region: 'us-east-1', table: TableName });
  const credentials = { accessKeyId: 'x', secretAccessKey: 'x' };
  client = new DynamoDBClient({ region: 'us-east-1', endpoint: server.url, credentials, maxAttempts: 2 });
});
afterEach(async () => {
  client.destroy();
  await server.stop();
});

const key = (item: string) => ({ sync: { S: 'orders' }, item: { S: item } });

test('keeps items under the key of the syncs, and takes a write under a condition once', async () => {
  const take = () =>
    client.send(
      new UpdateItemCommand({
        TableName,
        Key: key('state'),
        UpdateExpression: 'SET #lock = :run',
        ConditionExpression: 'attribute_not_exists(#lock)',
        ExpressionAttributeNames: { '#lock': 'lock' },
        ExpressionAttributeValues: { ':run': { S: 'one' } },
      }),
    );
  const [first, second] = await Promise.allSettled([take(), take()]);
  expect([first.status, second.status].sort()).toEqual(['fulfilled', 'rejected']);
  await expect(take()).rejects.toBeInstanceOf(ConditionalCheckFailedException);
  const { Item } = await client.send(
    new GetItemCommand({ TableName, Key: key('state'), ConsistentRead: true }),
  );
  expect(Item?.lock).toEqual({ S: 'one' });
});

test('reads the items of one sync in order', async () => {
  const puts = ['run#2', 'run#1', 'state'].map((item) => ({ PutRequest: { Item: key(item) } }));
  await client.send(new BatchWriteItemCommand({ RequestItems: { [TableName]: puts } }));
  const { Items = [] } = await client.send(
    new QueryCommand({
      TableName,
      KeyConditionExpression: '#sync = :sync and begins_with(#item, :run)',
      ExpressionAttributeNames: { '#sync': 'sync', '#item': 'item' },
      ExpressionAttributeValues: { ':sync': { S: 'orders' }, ':run': { S: 'run#' } },
      ScanIndexForward: false,
    }),
  );
  expect(Items.map(({ item }) => item?.S)).toEqual(['run#2', 'run#1']);
});

test('fails as often as a test asks, before the first write too', async () => {
  server.fail({ error: 'ProvisionedThroughputExceededException', times: 1 });
  await client.send(new PutItemCommand({ TableName, Item: key('state') }));
  server.fail({ error: 'ProvisionedThroughputExceededException', operation: 'PutItem' });
  await expect(client.send(new PutItemCommand({ TableName, Item: key('state') }))).rejects.toMatchObject({
    name: 'ProvisionedThroughputExceededException',
  });
  server.heal();
  await client.send(new PutItemCommand({ TableName, Item: key('state') }));
  const { Table } = await client.send(new DescribeTableCommand({ TableName }));
  expect(Table?.BillingModeSummary?.BillingMode).toBe('PAY_PER_REQUEST');
});

test('refuses a page on another site', async () => {
  const headers = { origin: 'https://shop.example', 'content-type': 'application/x-amz-json-1.0' };
  const response = await fetch(server.url, { method: 'POST', headers, body: '{}' });
  expect(response.status).toBe(403);
});
