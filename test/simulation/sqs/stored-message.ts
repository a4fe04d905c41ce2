/** A message as the simulated SQS keeps it. */
import type { MessageAttributeValue } from '@aws-sdk/client-sqs';

/**
 * `ready` can be received; `in-flight` was received and waits for its visibility timeout; `delayed` waits without counting
 * as in flight; `gone` was deleted, moved or expired.
 */
type State = 'ready' | 'in-flight' | 'delayed' | 'gone';

export type MessageAttributes = Readonly<Record<string, MessageAttributeValue>>;

export interface StoredMessage {
  readonly id: string;
  /** The `order_id` of the event in the body. */
  readonly key: string;
  readonly body: string;
  readonly attributes: MessageAttributes | undefined;
  readonly group: string;
  readonly sentAtMs: number;
  readonly expiresAtMs: number;
  state: State;
  receives: number;
  firstReceivedAtMs: number;
  lastReceivedAtMs: number;
  /** When a message that is in flight or delayed can be received again. */
  visibleAtMs: number;
  /** SQS answered that it was deleted, and hands it out again all the same. */
  wasDeleted: boolean;
}

/** Finds the key in any body, within envelopes too: parsing each body would cost more than the queue itself. */
const orderId = /\\*"order_id\\*"\s*:\s*\\*"?([\w.-]+)/;

/** @returns the first `order_id` of the body; an empty text when there is none */
export const keyOf = (body: string): string => orderId.exec(body)?.[1] ?? '';

/** The receipt handle of the last receive: each receive has its own. */
export const handleOf = ({ id, receives }: StoredMessage): string => `${id}#${receives}`;

/** @returns the id of the message that a receipt handle belongs to */
export const idOfHandle = (handle: string): string => handle.slice(0, handle.indexOf('#'));
