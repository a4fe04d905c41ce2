/** The numbers of a sync so far; problems by field and code, never by value. */
import type { FieldIssue } from '../../../lib/events/issue.ts';
import { isOpen, type PreparedRow, type ReadyEvent } from '../../../lib/rows/prepared-row.ts';
import type { SourceRow } from '../../../lib/rows/source-row.ts';
import type { Rejects } from './rejects.ts';

export interface Problem extends FieldIssue {
  count: number;
  /** The first row that has it. */
  readonly row: number;
}

export interface SyncCount {
  rows: number;
  accepted: number;
  rejected: number;
  already_sent: number;
  already_added: number;
  filtered: number;
  /** Ready, but the gateway did not accept them. */
  not_sent: number;
  /** Why, after the last attempt; null when all were sent, or none was tried. */
  not_sent_reason: string | null;
  /** Rows that the cursor does not pass: their time is wrong, or their cursor is later than now. */
  cursor_blocked: number;
  state_full: boolean;
  readonly problems: Map<string, Problem>;
  readonly omissions: Map<string, Problem>;
  readonly warnings: Map<string, Problem>;
}

export const createSyncCount = (): SyncCount => ({
  rows: 0,
  accepted: 0,
  rejected: 0,
  already_sent: 0,
  already_added: 0,
  filtered: 0,
  not_sent: 0,
  not_sent_reason: null,
  cursor_blocked: 0,
  state_full: false,
  problems: new Map(),
  omissions: new Map(),
  warnings: new Map(),
});

/** Field names are few, but a caller can invent any number. */
const maxKinds = 200;

export function countIssues(kinds: Map<string, Problem>, issues: readonly FieldIssue[], row: number): void {
  for (const { field, code, message } of issues) {
    const name = field.replaceAll(/\[\d+\]/g, '[]');
    const key = `${name} ${code}`;
    const known = kinds.get(key);
    if (known !== undefined) known.count += 1;
    else if (kinds.size < maxKinds) kinds.set(key, { field: name, code, message, count: 1, row });
  }
}

/** Counts a row before anything is sent, and writes a rejected one to the rejects at once. */
export function countRow(
  prepared: readonly PreparedRow[],
  source: SourceRow,
  count: SyncCount,
  rejects: Rejects,
): void {
  count.rows += 1;
  const fault = prepared[0]?.entry?.fault;
  if (fault !== undefined) countIssues(count.problems, [fault], source.number);
  if (fault !== undefined || prepared.some(isOpen)) count.cursor_blocked += 1;
  for (const item of prepared) {
    if (item.kind === 'skipped') count[item.why] += 1;
    else if (item.kind === 'ready') {
      countIssues(count.omissions, item.omissions, source.number);
      countIssues(count.warnings, item.warnings, source.number);
    } else countRejected(source, item.errors, count, rejects);
  }
}

export function countRejected(
  source: SourceRow,
  errors: readonly FieldIssue[],
  count: SyncCount,
  rejects: Rejects,
): void {
  count.rejected += 1;
  countIssues(count.problems, errors, source.number);
  rejects.add(source, errors);
}

/**
 * Counts the warnings that only the gateway can give: without the stage file, this machine does not know the default country
 * of a destination, for example.
 */
export function countAnswered(event: ReadyEvent, warnings: readonly FieldIssue[], count: SyncCount): void {
  const known = [...event.omissions, ...event.warnings];
  const isNew = ({ field, code }: FieldIssue): boolean =>
    !known.some((issue) => issue.field === field && issue.code === code);
  const { true: omissions = [], false: others = [] } = Object.groupBy(warnings.filter(isNew), ({ message }) =>
    String(message.startsWith('omitted: ')),
  );
  countIssues(count.omissions, omissions, event.source.number);
  countIssues(count.warnings, others, event.source.number);
}
