import { randomUUID } from 'node:crypto';
import { SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { encodeMessage, lifetimeMs, type QueueMessage } from '../../../lib/queue/message.ts';

type Order = { readonly id: string; readonly paidAt: Date; readonly email: string; readonly total: number };

function toMessage(order: Order): QueueMessage {
  return {
    v: 1,
    event: {
      event_name: 'Purchase',
      event_id: order.id,
      event_time: Math.floor(order.paidAt.getTime() / 1000),
      email: order.email,
      value: order.total,
      currency: 'EUR',
    },
    destination: 'default',
    source: 'orders',
    received_at: new Date().toISOString(),
    not_after: new Date(order.paidAt.getTime() + lifetimeMs).toISOString(),
    trace: randomUUID(),
  };
}

/** Up to 10 orders at once. SQS can refuse some of them in an answer that looks fine: those are returned. */
export async function sendOrders(
  sqs: SQSClient,
  queueUrl: string,
  orders: readonly Order[],
): Promise<Order[]> {
  const entries = orders.map((order, index) => ({
    Id: String(index),
    MessageBody: encodeMessage(toMessage(order)),
  }));
  const { Failed = [] } = await sqs.send(
    new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries: entries }),
  );
  return Failed.flatMap(({ Id }) => orders[Number(Id)] ?? []);
}
