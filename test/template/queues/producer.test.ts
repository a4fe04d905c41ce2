/** The producer of docs/pipelines.md writes messages that the consumer reads, through a real queue. */
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { startFauxqs } from 'fauxqs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { decodeMessage } from '../../../lib/queue/message.ts';
import { sendOrders } from './producer.ts';

let server: Awaited<ReturnType<typeof startFauxqs>>;

beforeAll(async () => {
  server = await startFauxqs({ port: 0, logger: false });
  server.createQueue('orders');
});

afterAll(() => server.stop());

test('an order becomes an event of the destination, with its own id and time', async () => {
  const endpoint = `http://127.0.0.1:${server.port}`;
  const sqs = new SQSClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
  });
  const queueUrl = `${endpoint}/000000000000/orders`;
  const order = {
    id: 'order-1',
    paidAt: new Date('2026-11-22T10:00:00Z'),
    email: 'ada@example.com',
    total: 49.9,
  };
  expect(await sendOrders(sqs, queueUrl, [order])).toEqual([]);
  const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: queueUrl }));
  const body = Messages[0]?.Body ?? '';
  expect(decodeMessage({ body, messageId: 'm', sentAtMs: Date.now() })).toMatchObject({
    destination: 'default',
    source: 'orders',
    notAfterMs: Date.parse('2026-11-24T09:00:00Z'),
    event: { event_name: 'Purchase', event_id: 'order-1', event_time: 1795341600, value: 49.9 },
  });
  sqs.destroy();
});
