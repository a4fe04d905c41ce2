/** Labels of a log line, such as `email:invalid_email@1,4`, in the way that a person reads them. */
import { decodeLabels } from '../../lib/journal/positions.ts';
import type { LogEntry } from './log-entry.ts';

/** @returns each label once, with how many events of the line have it */
export function labelCounts(entry: LogEntry, field: string): ReadonlyMap<string, number> {
  const text = entry[field];
  const events = typeof entry.event === 'string' ? entry.event.split(' ').length : 1;
  const counts = new Map<string, number>();
  for (const label of typeof text === 'string' ? decodeLabels(text, events).flat() : [])
    counts.set(label, (counts.get(label) ?? 0) + 1);
  return counts;
}

/** @returns such as `warnings email:invalid_email ×2, ip:private_ip`; undefined without a label */
export function showLabels(entry: LogEntry, field: string, title = field): string | undefined {
  const shown = [...labelCounts(entry, field)].map(([label, count]) =>
    count === 1 ? label : `${label} ×${count}`,
  );
  return shown.length === 0 ? undefined : `${title} ${shown.join(', ')}`;
}
