/** One result of a check by `doctor` or `verify`, in plain words, with a remedy. */

export interface Finding {
  /** `unchecked`: the check could not run, so nothing is known. */
  readonly level: 'ok' | 'warning' | 'problem' | 'unchecked';
  /** The thing checked, such as `token default`. */
  readonly subject: string;
  readonly text: string;
  readonly remedy?: string;
}

export const fine = (subject: string, text: string): Finding => ({ level: 'ok', subject, text });

const withRemedy =
  (level: Finding['level']) =>
  (subject: string, text: string, remedy: string): Finding => ({ level, subject, text, remedy });

export const warning = withRemedy('warning');
export const problem = withRemedy('problem');
export const unchecked = withRemedy('unchecked');
