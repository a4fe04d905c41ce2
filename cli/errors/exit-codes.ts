/** What the exit code of every command means. The table in docs/cli.md is the same. */
export const exitCodes = {
  /** All that was asked for is done. */
  ok: 0,
  /** Done in part: events refused or parked, a check that found a problem, a fault of the program itself. */
  failed: 1,
  /** The command, an option or an input file is wrong; nothing was done. */
  usage: 2,
  /** The stage cannot be reached, is not configured, or does not take the key or the AWS credentials. */
  unavailable: 3,
  /** `send --wait` ended before it was known what became of the event. */
  unknown: 4,
  /** Ended by Ctrl-C or SIGTERM; what was done is told, and can be gone on with. */
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
