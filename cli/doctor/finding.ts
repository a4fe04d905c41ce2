/** One result of a check by `doctor` or `verify`, in plain words, with a remedy. */

export interface Finding {
  /** `unchecked`: the check could not run, so nothing is known. */
  readonly level: 'ok' | 'warning' | 'problem' | 'unchecked';
  /** The thing checked, such as `token default`. */
  readonly subject: string;
  readonly text: string;
  /** Contains a command that can be pasted as it is, or a link to a section of the documentation. */
  readonly remedy?: string;
  /** Findings of the same cause become one (`merge-causes.ts`). */
  readonly cause?: string;
  /** The text when it follows another finding of the same cause, which says the cause already. */
  readonly inShort?: string;
  /** The subject of the check that the cause kept from running. */
  readonly blocks?: string;
}

export const fine = (subject: string, text: string): Finding => ({ level: 'ok', subject, text });

const withRemedy =
  (level: Finding['level']) =>
  (subject: string, text: string, remedy: string): Finding => ({ level, subject, text, remedy });

export const warning = withRemedy('warning');
export const problem = withRemedy('problem');
export const unchecked = withRemedy('unchecked');

/** @param cause the same text for all findings that one fix ends */
export const caused = (cause: string, finding: Finding): Finding => ({ ...finding, cause });
