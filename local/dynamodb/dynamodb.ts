/**
 * DynamoDB on loopback (dynalite, in memory) with the table of the syncs. It has no transactions and no expiry of items.
 * dynalite and the SDK are loaded for the first request.
 */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { createFaultList, type Faults } from '../aws/faults.ts';
import { type AwsError, type HttpAnswer, startHttpService } from '../aws/http-service.ts';

export interface DynamoDbSettings {
  readonly region: string;
  /** Its key is `sync` and `item`. */
  readonly table: string;
  readonly port?: number;
}

export interface DynamoDbServer extends Faults {
  readonly url: string;
  stop(): Promise<void>;
}

/** DynamoDB's limit for one request. */
const maxBodyBytes = 16 * 1024 * 1024;
/** What makes the table, and never fails on demand. */
const early = new Set(['CreateTable', 'DescribeTable']);
const serverErrors = new Set(['InternalServerError', 'InternalServerException', 'ServiceUnavailable']);

export async function startDynamoDb(settings: DynamoDbSettings): Promise<DynamoDbServer> {
  const faults = createFaultList();
  let loading: Promise<RequestListener> | undefined;
  let creating: Promise<void> | undefined;
  const service = await startHttpService(
    {
      faults: { ...faults, take: (operation) => (early.has(operation) ? undefined : faults.take(operation)) },
      maxBodyBytes,
      operationOf,
      answer: async (request, body, response) => {
        loading ??= loadDynalite();
        const listener = await loading;
        if (!early.has(operationOf(request))) {
          creating ??= createTable(settings, service.url);
          await creating;
        }
        pass(listener, request, body, response);
        return undefined;
      },
      errorAnswer,
    },
    settings.port,
  );
  return { ...service, fail: faults.fail, heal: faults.heal };
}

const operationOf = ({ headers }: IncomingMessage): string =>
  String(headers['x-amz-target'] ?? '').split('.')[1] ?? '';

async function loadDynalite(): Promise<RequestListener> {
  const { default: dynalite } = await import('dynalite');
  const [listener] = dynalite({ createTableMs: 0 }).listeners('request');
  return listener as RequestListener;
}

/** dynalite gets the whole body from here: it throws when a client leaves in the middle of one. */
function pass(
  listener: RequestListener,
  { method, url, headers }: IncomingMessage,
  body: Buffer,
  response: ServerResponse,
): void {
  const whole = Object.assign(Readable.from([body]), { method, url, headers });
  listener(whole as unknown as IncomingMessage, response as Parameters<RequestListener>[1]);
}

async function createTable({ region, table }: DynamoDbSettings, endpoint: string): Promise<void> {
  const { CreateTableCommand, DescribeTableCommand, DynamoDBClient } = await import(
    '@aws-sdk/client-dynamodb'
  );
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new DynamoDBClient({ region, endpoint, credentials });
  try {
    await client.send(
      new CreateTableCommand({
        TableName: table,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [
          { AttributeName: 'sync', AttributeType: 'S' },
          { AttributeName: 'item', AttributeType: 'S' },
        ],
        KeySchema: [
          { AttributeName: 'sync', KeyType: 'HASH' },
          { AttributeName: 'item', KeyType: 'RANGE' },
        ],
      }),
    );
    let status: string | undefined;
    while (status !== 'ACTIVE')
      status = (await client.send(new DescribeTableCommand({ TableName: table }))).Table?.TableStatus;
  } finally {
    client.destroy();
  }
}

const errorAnswer = ({ code, message, details }: AwsError): HttpAnswer => ({
  status: serverErrors.has(code) ? 500 : 400,
  headers: { 'content-type': 'application/x-amz-json-1.0' },
  body: JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${code}`, ...details, message }),
});
