/** Runs as text for a person. */
import type { Run } from '../../lib/sync/state/record.ts';
import { durationText } from '../terminal/duration-text.ts';
import { printable, table } from '../terminal/output.ts';

const count = (value: number): string => value.toLocaleString('en-US');

/** Bytes in the units in which Athena charges. */
function bytesText(bytes: number): string {
  if (bytes < 1e6) return `${count(Math.ceil(bytes / 1e3))} kB`;
  return bytes < 1e9 ? `${count(Math.round(bytes / 1e6))} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}

export function runsTable(runs: readonly Run[]): string {
  const heading = ['started', 'status', 'rows', 'sent', 'omitted', 'rejected', 'took', 'scanned', 'run'];
  const rows = runs.map((run) => [
    run.started_at.slice(0, 19).replace('T', ' '),
    run.status,
    count(run.rows),
    count(run.sent),
    count(run.omitted),
    count(run.rejected),
    run.duration_ms === undefined ? '-' : durationText(run.duration_ms),
    bytesText(run.bytes_scanned),
    run.id,
  ]);
  return table([heading, ...rows]);
}

/** Everything that a run has to say beside its numbers. */
export function runDetails(run: Run): string[] {
  return [
    ...(run.error === undefined ? [] : [`Failed (${run.error.code}): ${printable(run.error.message, 500)}`]),
    ...(run.cursor_blocked === 0 ? [] : [`${count(run.cursor_blocked)} rows that the cursor does not pass`]),
    ...columnChange('New columns', run.columns_added),
    ...columnChange('Columns that are gone', run.columns_removed),
    ...issues('Problems', run.problems),
    ...issues('Omitted', run.omissions),
  ];
}

const columnChange = (label: string, names: readonly string[] | undefined): string[] =>
  names === undefined ? [] : [`${label}: ${printable(names.join(', '), 300)}`];

function issues(label: string, kinds: Run['problems']): string[] {
  if (kinds.length === 0) return [];
  const rows = kinds.map(({ count: times, row, field, code, message }) => [
    count(times),
    `row ${row}`,
    printable(field || '-', 60),
    code,
    printable(message, 120),
  ]);
  return ['', `${label}, how often and where first:`, table(rows)];
}
