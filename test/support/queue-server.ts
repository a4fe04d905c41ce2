/** Real SQS protocol servers on free ports, and a proxy that lets chosen entries of a batch fail. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Message, ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { SQSRecord } from 'aws-lambda';
import { startFauxqs } from 'fauxqs';

Object.assign(process.env, {
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'test',
});

export async function startQueueServer() {
  const server = await startFauxqs({ port: 0, logger: false });
  const sqs = new SQSClient({ endpoint: `http://127.0.0.1:${server.port}` });
  const urlOf = (name: string) => `http://127.0.0.1:${server.port}/000000000000/${name}`;
  return {
    port: server.port,
    stop: async () => {
      sqs.destroy();
      await server.stop();
    },
    createQueue(name: string, attributes: Record<string, string> = {}): string {
      server.createQueue(name, { attributes });
      return urlOf(name);
    },
    /** Bodies and text attributes of the messages that can be received. */
    ready: (name: string) =>
      (server.inspectQueue(name)?.messages.ready ?? []).map(({ body, messageAttributes }) => ({
        body,
        attributes: Object.fromEntries(
          Object.entries(messageAttributes ?? {}).map(([key, { StringValue }]) => [key, StringValue]),
        ),
      })),
    /** Seconds until each invisible message comes back, by message id. */
    invisible: (name: string): Map<string, number> =>
      new Map(
        (server.inspectQueue(name)?.messages.inflight ?? []).map(({ message, visibilityDeadline }) => [
          message.messageId,
          Math.round((visibilityDeadline - Date.now()) / 1000),
        ]),
      ),
    send: (name: string, body: string) =>
      sqs.send(new SendMessageCommand({ QueueUrl: urlOf(name), MessageBody: body })),
    /** Receives up to `count` messages as the event source mapping would. */
    async receive(name: string, count: number): Promise<SQSRecord[]> {
      const records: SQSRecord[] = [];
      while (records.length < count) {
        const { Messages = [] } = await sqs.send(
          new ReceiveMessageCommand({
            QueueUrl: urlOf(name),
            MaxNumberOfMessages: 10,
            MessageSystemAttributeNames: ['All'],
          }),
        );
        if (Messages.length === 0) break;
        records.push(...Messages.map(toRecord));
      }
      return records;
    },
  };
}

function toRecord(message: Message): SQSRecord {
  const attributes: Partial<Record<string, string>> = message.Attributes ?? {};
  return {
    messageId: message.MessageId ?? '',
    receiptHandle: message.ReceiptHandle ?? '',
    body: message.Body ?? '',
    attributes: {
      ApproximateReceiveCount: attributes.ApproximateReceiveCount ?? '',
      SentTimestamp: attributes.SentTimestamp ?? '',
      SenderId: attributes.SenderId ?? '',
      ApproximateFirstReceiveTimestamp: attributes.ApproximateFirstReceiveTimestamp ?? '',
    },
    messageAttributes: {},
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN: '',
    awsRegion: 'us-east-1',
  };
}

interface BatchEntry {
  readonly Id: string;
  readonly MessageBody?: string;
  readonly MessageGroupId?: string;
}

/** What the proxy does with one batch: fails entries, or the whole request with an HTTP status, or never answers. */
export interface Fault {
  readonly fails?: (entry: BatchEntry, request: number) => boolean;
  readonly status?: (request: number) => number | undefined;
  readonly stalls?: boolean;
}

/** Stands before the server on `port`; `batches` tells the entries of each request. */
export async function startFaultProxy(port: number, fault: Fault) {
  const batches: { ids: string[]; bytes: number; groups: (string | undefined)[] }[] = [];
  const proxy = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = JSON.parse(Buffer.concat(chunks).toString());
    const entries: BatchEntry[] = body.Entries;
    const bytes = entries.reduce((sum, { MessageBody = '' }) => sum + Buffer.byteLength(MessageBody), 0);
    const count = batches.push({
      ids: entries.map(({ Id }) => Id),
      bytes,
      groups: entries.map(({ MessageGroupId }) => MessageGroupId),
    });
    if (fault.stalls) return;
    const status = fault.status?.(count);
    if (status !== undefined) {
      response
        .writeHead(status, { 'content-type': 'application/x-amz-json-1.0' })
        .end('{"__type":"com.amazonaws.sqs#ServiceUnavailable"}');
      return;
    }
    const failed = entries.filter((entry) => fault.fails?.(entry, count));
    const passed = entries.filter((entry) => !failed.includes(entry));
    const answer =
      passed.length > 0 ? await forward(port, request.headers, { ...body, Entries: passed }) : {};
    const Failed = failed.map(({ Id }) => ({ Id, Code: 'InternalError', SenderFault: false }));
    response
      .writeHead(200, { 'content-type': 'application/x-amz-json-1.0' })
      .end(JSON.stringify({ ...answer, Failed }));
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const own = (proxy.address() as AddressInfo).port;
  return {
    batches,
    urlOf: (name: string) => `http://127.0.0.1:${own}/000000000000/${name}`,
    stop: () =>
      new Promise<void>((resolve) => {
        proxy.close(() => resolve());
        proxy.closeAllConnections();
      }),
  };
}

async function forward(port: number, headers: NodeJS.Dict<string | string[]>, body: object): Promise<object> {
  const response = await fetch(`http://127.0.0.1:${port}/`, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': String(headers['x-amz-target']),
      authorization: String(headers.authorization),
    },
    body: JSON.stringify(body).replace(/http:\/\/127\.0\.0\.1:\d+\//, `http://127.0.0.1:${port}/`),
  });
  return (await response.json()) as object;
}
