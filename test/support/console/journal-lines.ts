/** Lines of the journal as the functions log them, read by the parser of the journal. */
import type { JournalLine } from '../../../lib/journal/line.ts';
import { readLine } from '../../../lib/journal/parse-line.ts';

type Fields = Readonly<Record<string, unknown>>;

/** @param atMs Unix milliseconds */
export function journalLine(atMs: number, message: string, fields: Fields): JournalLine {
  const line = readLine({ message, timestamp: new Date(atMs).toISOString(), trace: 'trace-1', ...fields });
  if (line === undefined) throw new Error(`No line of the journal: ${message}`);
  return line;
}

/** A fingerprint that is easy to read: `event(1)`. */
export const event = (number: number): string => number.toString(16).padStart(16, '0');

export const received = (atMs: number, events: readonly string[], fields: Fields = {}): JournalLine =>
  journalLine(atMs, 'events received', {
    source: 'api',
    status: 202,
    accepted: events.length,
    rejected: 0,
    not_queued: 0,
    event: events.join(' '),
    event_name: 'Purchase',
    ...fields,
  });

export const skipped = (atMs: number, reason: string, fields: Fields = {}): JournalLine =>
  journalLine(atMs, 'webhook received', {
    source: 'shopify',
    topic: 'orders/paid',
    status: 200,
    accepted: 0,
    rejected: 1,
    reason,
    ...fields,
  });

export const answered = (atMs: number, events: readonly string[], fields: Fields = {}): JournalLine =>
  journalLine(atMs, 'tiktok answered', {
    destination: 'default',
    outcome: 'delivered',
    reason: 'tiktok_0',
    event: events.join(' '),
    count: events.length,
    duration_ms: 90,
    ...fields,
  });

export const waits = (atMs: number, events: readonly string[], fields: Fields = {}): JournalLine =>
  journalLine(atMs, 'message waits', {
    destination: 'default',
    outcome: 'hold',
    reason: 'tiktok_40105',
    event: events.join(' '),
    count: events.length,
    wait_s: events.map(() => 30).join(' '),
    receives: events.map(() => 1).join(' '),
    ...fields,
  });

export const parked = (atMs: number, id: string, fields: Fields = {}): JournalLine =>
  journalLine(atMs, 'message parked', {
    reason: 'tiktok_40002',
    outcome: 'refused',
    destination: 'default',
    source: 'api',
    event: id,
    event_name: 'Purchase',
    message_id: `message-${id}`,
    receives: 1,
    ...fields,
  });
