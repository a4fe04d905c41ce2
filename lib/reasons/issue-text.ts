/** What docs/errors.md says about the code of a field. */
import type { CodeText } from '../errors/code-text.ts';

/** What a code of a field costs: the event, the value, or nothing. */
export type Effect = 'rejected' | 'omitted' | 'warning';

export interface IssueText extends Omit<CodeText, 'example'> {
  /** More than one where it depends on the field. */
  readonly effects: readonly [Effect, ...Effect[]];
  /**
   * Fields of an event that have the code: with `event_name` a whole event, else what is added to a right one. A test
   * sends them. A text where no event alone leads to the code.
   */
  readonly example: Readonly<Record<string, unknown>> | string;
}
