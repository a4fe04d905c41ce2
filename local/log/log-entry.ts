/** A log line of a function, and how the terminal shows it. */

export type LogEntry = Readonly<Record<string, unknown>>;

export interface Step {
  readonly symbol: string;
  readonly color: 'cyan' | 'green' | 'yellow' | 'red' | 'dim';
  readonly text: string;
  /** Fields to show after the text; absent ones are skipped. */
  readonly fields: readonly string[];
  /** Lines below it. */
  readonly details?: readonly string[];
}
