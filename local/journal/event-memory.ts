/**
 * The last events on their way: each as it was queued, and as TikTok's sandbox received it last. Only this machine has it:
 * it shows personal data, which no log contains.
 */
import type { SQSRecord } from 'aws-lambda';
import { fingerprint } from '../../lib/privacy/sha256.ts';
import { decodeMessage } from '../../lib/queue/message.ts';

export interface EventMemory {
  /** Remembers the events of messages that go to the function `deliver`. */
  queued(records: readonly SQSRecord[]): void;
  /** Remembers the entries of `data` in a request to TikTok, for events that were queued. */
  sent(events: readonly unknown[]): void;
  /** @returns JSON `{"message":{…},"sent":{…}}`, `sent` null before the first call; undefined for an unknown event */
  find(eventFingerprint: string): string | undefined;
}

interface Entry {
  readonly message: string;
  readonly sent: string;
}

const maxEvents = 10_000;
const maxCharacters = 64 * 1024 * 1024;

export function createEventMemory(limits = { maxEvents, maxCharacters }): EventMemory {
  /** The least recently changed first. */
  const entries = new Map<string, Entry>();
  let size = 0;

  const remove = (key: string): void => {
    size -= sizeOf(entries.get(key));
    entries.delete(key);
  };

  const put = (key: string, entry: Entry): void => {
    remove(key);
    entries.set(key, entry);
    size += sizeOf(entry);
    for (const oldest of entries.keys()) {
      if (entries.size <= limits.maxEvents && size <= limits.maxCharacters) break;
      remove(oldest);
    }
  };

  return {
    queued(records) {
      for (const record of records) {
        const message = readMessage(record);
        if (message === undefined) continue;
        const key = fingerprint(message.id);
        put(key, { message: message.text, sent: entries.get(key)?.sent ?? 'null' });
      }
    },
    sent(events) {
      for (const event of events) {
        const id = idOf(event);
        const key = id === undefined ? '' : fingerprint(id);
        const entry = entries.get(key);
        if (entry !== undefined) put(key, { ...entry, sent: JSON.stringify(event) });
      }
    },
    find(key) {
      const entry = entries.get(key);
      return entry && `{"message":${entry.message},"sent":${entry.sent}}`;
    },
  };
}

const sizeOf = (entry: Entry | undefined): number =>
  entry === undefined ? 0 : entry.message.length + entry.sent.length;

/** @returns the id and JSON of the message, in the gateway's own form, also for messages of other producers */
function readMessage({ body, messageId, attributes }: SQSRecord) {
  const read = decodeMessage({ body, messageId, sentAtMs: Number(attributes.SentTimestamp) });
  if ('undecodable' in read) return undefined;
  const { event, destination, source, receivedAtMs, notAfterMs, trace } = read;
  const id = idOf(event);
  if (id === undefined) return undefined;
  const text = JSON.stringify({
    event,
    destination,
    source,
    received_at: new Date(receivedAtMs),
    not_after: new Date(notAfterMs),
    trace,
  });
  return { id, text };
}

/** An id can be a number in the message of another producer: the consumer sends it as text. */
function idOf(event: unknown): string | undefined {
  const id = (event as { readonly event_id?: unknown } | null)?.event_id;
  return typeof id === 'string' || typeof id === 'number' ? String(id) : undefined;
}
