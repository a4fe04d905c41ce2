/** Adds what became of rows to the numbers of a run; problems by field and code, never by value. */
import type { FieldIssue } from '../../events/issue.ts';
import { isOpen, type PreparedRow } from '../../rows/prepared-row.ts';
import type { SourceRow } from '../../rows/source-row.ts';
import type { Problem, Run } from '../state/record.ts';

/** Field names are few, but a query can invent any number. */
const maxKinds = 50;

export function addProblems(kinds: Problem[], issues: readonly FieldIssue[], row: number): void {
  for (const { field, code, message } of issues) {
    const name = field.replaceAll(/\[\d+\]/g, '[]');
    const known = kinds.find((kind) => kind.field === name && kind.code === code);
    if (known !== undefined) known.count += 1;
    else if (kinds.length < maxKinds) kinds.push({ field: name, code, message, count: 1, row });
  }
}

/** Counts a row that was read; what is ready counts as sent when the queue has it. */
export function countRow(run: Run, prepared: readonly PreparedRow[], source: SourceRow): void {
  const isKnown = prepared.some((item) => item.kind === 'skipped' && item.why === 'already_sent');
  if (!isKnown) run.rows += 1;
  const fault = prepared[0]?.entry?.fault;
  if (fault !== undefined) addProblems(run.problems, [fault], source.number);
  if (fault !== undefined || prepared.some(isOpen)) run.cursor_blocked += 1;
  for (const item of prepared) {
    if (item.kind === 'skipped') run[item.why] += 1;
    if (item.kind === 'rejected') countRejected(run, item.errors, source);
    if (item.kind !== 'ready' || item.omissions.length === 0) continue;
    run.omitted += 1;
    addProblems(run.omissions, item.omissions, source.number);
  }
}

export function countRejected(run: Run, errors: readonly FieldIssue[], source: SourceRow): void {
  run.rejected += 1;
  addProblems(run.problems, errors, source.number);
}
