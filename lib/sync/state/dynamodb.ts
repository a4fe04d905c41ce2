/** The one file that calls DynamoDB: the items of the table of syncs, in bounded time. */
import {
  type AttributeValue,
  BatchGetItemCommand,
  BatchWriteItemCommand,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  DynamoDBClient,
  type DynamoDBClientConfig,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { Clock } from '../../clock/clock.ts';
import { textOf } from './attributes.ts';
import { untilDone } from './until-done.ts';

export type Attributes = Readonly<Record<string, AttributeValue>>;

/** An update that happens only when its condition holds. */
export interface Update {
  readonly item: string;
  readonly expression: string;
  readonly condition?: string;
  readonly names: Readonly<Record<string, string>>;
  readonly values: Attributes;
}

/** The items of one sync. Every call throws when DynamoDB refuses it or does not answer. */
export interface SyncTable {
  get(item: string): Promise<Attributes | undefined>;
  put(item: string, attributes: Attributes): Promise<void>;
  /** @returns the item as it is now; undefined when the condition does not hold */
  update(update: Update): Promise<Attributes | undefined>;
  remove(item: string): Promise<void>;
  /** Items whose name starts so, from the first or, `newestFirst`, from the last one. */
  list(prefix: string, options?: { newestFirst?: boolean; limit?: number }): Promise<readonly Attributes[]>;
  /** @returns those of the items that exist */
  existing(items: readonly string[]): Promise<ReadonlySet<string>>;
  /** Writes items without attributes. */
  addNames(items: readonly string[]): Promise<void>;
}

const timeouts = { connectionTimeout: 2_000, requestTimeout: 5_000, throwOnRequestTimeout: true };
/** A throttled table answers again within seconds; the SDK waits longer after each attempt. */
const maxAttempts = 6;

export const createDynamoDb = (address: DynamoDBClientConfig = {}): DynamoDBClient =>
  new DynamoDBClient({ ...address, maxAttempts, requestHandler: timeouts });

export function openSyncTable(
  client: DynamoDBClient,
  TableName: string,
  sync: string,
  clock: Clock,
): SyncTable {
  const key = (item: string) => ({ sync: { S: sync }, item: { S: item } });
  return {
    get: async (item) =>
      (await client.send(new GetItemCommand({ TableName, Key: key(item), ConsistentRead: true }))).Item,
    put: async (item, attributes) => {
      await client.send(new PutItemCommand({ TableName, Item: { ...key(item), ...attributes } }));
    },
    async update({ item, expression, condition, names, values }) {
      try {
        const answer = await client.send(
          new UpdateItemCommand({
            TableName,
            Key: key(item),
            UpdateExpression: expression,
            ConditionExpression: condition,
            ExpressionAttributeNames: { ...names },
            ExpressionAttributeValues: Object.keys(values).length === 0 ? undefined : { ...values },
            ReturnValues: 'ALL_NEW',
          }),
        );
        return answer.Attributes as Attributes;
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return undefined;
        throw error;
      }
    },
    remove: async (item) => {
      await client.send(new DeleteItemCommand({ TableName, Key: key(item) }));
    },
    list: (prefix, options = {}) => listItems(client, { TableName, sync, prefix, ...options }),
    existing: (items) => findExisting(client, TableName, items.map(key), clock),
    addNames: (items) => addItems(client, TableName, items.map(key), clock),
  };
}

interface Listing {
  readonly TableName: string;
  readonly sync: string;
  readonly prefix: string;
  readonly newestFirst?: boolean;
  readonly limit?: number;
}

async function listItems(client: DynamoDBClient, { TableName, sync, prefix, newestFirst, limit }: Listing) {
  const found: Attributes[] = [];
  let start: Record<string, AttributeValue> | undefined;
  do {
    const page = await client.send(
      new QueryCommand({
        TableName,
        KeyConditionExpression: '#sync = :sync and begins_with(#item, :prefix)',
        ExpressionAttributeNames: { '#sync': 'sync', '#item': 'item' },
        ExpressionAttributeValues: { ':sync': { S: sync }, ':prefix': { S: prefix } },
        ScanIndexForward: newestFirst !== true,
        ConsistentRead: true,
        ...(limit === undefined ? {} : { Limit: limit - found.length }),
        ...(start === undefined ? {} : { ExclusiveStartKey: start }),
      }),
    );
    found.push(...(page.Items ?? []));
    start = page.LastEvaluatedKey;
  } while (start !== undefined && (limit === undefined || found.length < limit));
  return found;
}

type Key = Record<string, AttributeValue>;

async function findExisting(client: DynamoDBClient, table: string, keys: readonly Key[], clock: Clock) {
  const found = new Set<string>();
  await untilDone(keys, 100, clock, async (Keys) => {
    const request = {
      [table]: { Keys, ProjectionExpression: '#item', ExpressionAttributeNames: { '#item': 'item' } },
    };
    const answer = await client.send(new BatchGetItemCommand({ RequestItems: request }));
    for (const { item } of answer.Responses?.[table] ?? []) found.add(textOf(item));
    return answer.UnprocessedKeys?.[table]?.Keys ?? [];
  });
  return found;
}

const addItems = (client: DynamoDBClient, table: string, keys: readonly Key[], clock: Clock): Promise<void> =>
  untilDone(keys, 25, clock, async (items) => {
    const requests = items.map((Item) => ({ PutRequest: { Item } }));
    const answer = await client.send(new BatchWriteItemCommand({ RequestItems: { [table]: requests } }));
    return (answer.UnprocessedItems?.[table] ?? []).flatMap(({ PutRequest }) =>
      PutRequest?.Item === undefined ? [] : [PutRequest.Item],
    );
  });
