/** Outgoing messages as entries of SendMessageBatch, and their size as SQS counts it. */

export interface OutgoingMessage {
  readonly body: string;
  /** Text attributes; never event fields. */
  readonly attributes?: Readonly<Record<string, string>>;
}

/** An entry of SendMessageBatch. */
export interface QueueEntry {
  Id: string;
  MessageBody: string;
  MessageAttributes?: Record<string, { DataType: 'String'; StringValue: string }>;
}

/** @param index becomes the entry's id, by which SQS tells what it stored */
export function toEntry({ body, attributes }: OutgoingMessage, index: number): QueueEntry {
  const entry = { Id: String(index), MessageBody: body };
  if (attributes === undefined) return entry;
  const named = Object.entries(attributes).map(([name, value]) => [
    name,
    { DataType: 'String', StringValue: value },
  ]);
  return named.length === 0 ? entry : { ...entry, MessageAttributes: Object.fromEntries(named) };
}

/** Body and attributes count toward SQS's limits: names, types and values. */
export function sizeOf({ body, attributes }: OutgoingMessage): number {
  const bytes = Buffer.byteLength(body);
  if (attributes === undefined) return bytes;
  return Object.entries(attributes).reduce(
    (sum, [name, value]) => sum + Buffer.byteLength(name + value) + 'String'.length,
    bytes,
  );
}
