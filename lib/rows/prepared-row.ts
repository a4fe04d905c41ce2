/** The result of preparing a row: an event that is ready to post, or the reason why there is none. */
import type { Event } from '../events/event.ts';
import type { FieldIssue } from '../events/issue.ts';
import type { RowEvent } from './fit-event.ts';
import type { Member } from './member.ts';
import type { Entry } from './position.ts';
import type { SourceRow } from './source-row.ts';

export interface ReadyEvent {
  readonly kind: 'ready';
  readonly source: SourceRow;
  readonly json: string;
  readonly bytes: number;
  readonly event: Readonly<RowEvent>;
  /** Its canonical form; undefined when only the gateway can make it. */
  readonly canonical: Event | undefined;
  /** The row gave the event id. */
  readonly hasOwnId: boolean;
  /** Warnings about what is left out of the event, by the mapping or by the gateway. */
  readonly omissions: readonly FieldIssue[];
  /** Warnings about what is sent. */
  readonly warnings: readonly FieldIssue[];
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

/** True for a rejected row that the next run must read again. */
export const isOpen = (item: PreparedRow): boolean =>
  item.kind === 'rejected' && item.entry !== undefined && hasWrongTime(item.errors);

/** True for a time that can be right later, or with another mapping or clock. A row that is too old is so for ever. */
export const hasWrongTime = (errors: readonly FieldIssue[]): boolean =>
  errors.some(({ field, code }) => field === 'event_time' && code !== 'too_old');
