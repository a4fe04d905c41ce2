/** The exit codes of all commands. The table in docs/cli.md is the same. */
export const exitCodes = {
  /** Everything is done. */
  ok: 0,
  /** Done in part: events rejected or parked, a check that found a problem, a bug in the program. */
  failed: 1,
  /** The command, an option or an input file is wrong; nothing was done. */
  usage: 2,
  /** The stage cannot be reached, is not configured, or does not accept the key or the AWS credentials. */
  unavailable: 3,
  /** `send --wait`, `sync --wait` or `connect` ended before it knew the result; `events find` or `dead-letters show` knows nothing of the id. */
  unknown: 4,
  /** Stopped with Ctrl-C or SIGTERM. A summary shows what was done; run the command again to continue. */
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
