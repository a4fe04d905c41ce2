/**
 * What is wrong, or doubtful, about one field of an event. Never holds the value that was sent.
 * The issues of this release have the code `IssueCode`; an answer that the command line reads can come from a later one.
 */
export interface FieldIssue<Code extends string = string> {
  /** Path of the field, such as `email`, `contents[2].price`; `(field 3)` for a name not fit to repeat. */
  readonly field: string;
  /** Stable machine key, such as `invalid_email`. */
  readonly code: Code;
  /** One sentence for a person: what was expected and what to do. */
  readonly message: string;
}

/** A part of an event that was left out: the name of its field, and the code that says why. */
export type Omission = Pick<FieldIssue, 'field' | 'code'>;

/** At most this many issues are reported for one event or one answer: a reply must stay small. */
export const maxIssues = 20;
