/** The result of preparing a row: an event that is ready to post, or the reason why there is none. */
import type { FieldIssue } from '../../../lib/events/issue.ts';
import type { SourceRow } from '../rows/source-row.ts';
import type { Member } from '../state/members.ts';
import type { Entry } from '../state/sync-state.ts';
import type { RowEvent } from './fit-event.ts';

export interface ReadyEvent {
  readonly kind: 'ready';
  readonly source: SourceRow;
  readonly json: string;
  readonly bytes: number;
  readonly event: Readonly<RowEvent>;
  readonly warnings: readonly FieldIssue[];
  /** Fields for which the row has a value that the mapping could not read. */
  readonly omissions: readonly FieldIssue[];
  readonly entry: Entry | undefined;
  readonly member: Member | undefined;
}

export interface RejectedRow {
  readonly kind: 'rejected';
  readonly source: SourceRow;
  readonly errors: readonly FieldIssue[];
  readonly entry: Entry | undefined;
}

export type PreparedRow =
  | ReadyEvent
  | RejectedRow
  /** `filtered` by the mapping, `already_sent` by an earlier run, or a member `already_added`. */
  | {
      readonly kind: 'skipped';
      readonly why: 'filtered' | 'already_sent' | 'already_added';
      readonly entry: Entry | undefined;
    };
