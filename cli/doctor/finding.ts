/** One thing that `doctor` or `verify` found out, in plain words, with what to do about it. */

export interface Finding {
  /** `unchecked`: it could not be looked at, so that it is neither right nor wrong. */
  readonly level: 'ok' | 'warning' | 'problem' | 'unchecked';
  /** What was looked at, such as `token default`. */
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
