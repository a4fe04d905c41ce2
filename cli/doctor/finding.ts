/** One thing that `doctor` found out, in plain words, with what to do about it. */

export interface Finding {
  readonly level: 'ok' | 'warning' | 'problem';
  /** What was looked at, such as `token default`. */
  readonly subject: string;
  readonly text: string;
  readonly remedy?: string;
}

export const fine = (subject: string, text: string): Finding => ({ level: 'ok', subject, text });
export const warning = (subject: string, text: string, remedy: string): Finding => ({
  level: 'warning',
  subject,
  text,
  remedy,
});
export const problem = (subject: string, text: string, remedy: string): Finding => ({
  level: 'problem',
  subject,
  text,
  remedy,
});
