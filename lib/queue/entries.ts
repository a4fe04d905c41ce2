/** Outgoing messages as entries of SendMessageBatch, and sizes in bytes. */

export interface OutgoingMessage {
  readonly body: string;
  /** Text attributes; never event fields. */
  readonly attributes?: Readonly<Record<string, string>>;
  /** SQS hands out messages of different groups in turn. At most 128 letters, digits or punctuation. */
  readonly groupId?: string | undefined;
}

/** An entry of SendMessageBatch. */
export interface QueueEntry {
  Id: string;
  MessageBody: string;
  MessageGroupId?: string;
  MessageAttributes?: Record<string, { DataType: 'String'; StringValue: string }>;
}

/** @param index becomes the entry's id, by which SQS reports the entries that it stored */
export function toEntry({ body, attributes, groupId }: OutgoingMessage, index: number): QueueEntry {
  const entry: QueueEntry = { Id: String(index), MessageBody: body };
  if (groupId !== undefined) entry.MessageGroupId = groupId;
  if (attributes === undefined) return entry;
  const named = Object.entries(attributes).map(([name, value]) => [
    name,
    { DataType: 'String', StringValue: value },
  ]);
  return named.length === 0 ? entry : { ...entry, MessageAttributes: Object.fromEntries(named) };
}

/** @returns bytes as SQS counts them toward its limits: the body, and names, types and values of the attributes */
export function sizeOf({ body, attributes }: OutgoingMessage): number {
  const bytes = Buffer.byteLength(body);
  if (attributes === undefined) return bytes;
  return Object.entries(attributes).reduce(
    (sum, [name, value]) => sum + Buffer.byteLength(name + value) + 'String'.length,
    bytes,
  );
}

/** UTF-8 needs at most this many bytes for a character of UTF-16. */
const maxBytesPerCharacter = 3;

/** Whether a text is larger than the limit in UTF-8. Counts bytes near the limit only, which most texts never reach. */
export const exceedsBytes = (text: string, maxBytes: number): boolean =>
  text.length * maxBytesPerCharacter > maxBytes && Buffer.byteLength(text) > maxBytes;
