/** Reports errors of AWS: one log line for each kind of error, and one metric for the alarm. */
import type { LogFields, Telemetry } from './telemetry.ts';

/** Calls to AWS. A closed list: each is a value of the dimension `operation` of `AwsErrors`. */
export type AwsOperation = 'send' | 'delay' | 'park' | 'read_secret' | 'write_secret';

/**
 * @param names of the errors, never their messages: one for each message or secret that failed
 * @param fields added to the line
 */
export function reportAwsErrors(
  telemetry: Telemetry,
  operation: AwsOperation,
  names: readonly string[],
  fields: LogFields = {},
): void {
  if (names.length === 0) return;
  for (const [name, { length }] of Map.groupBy(names, (each) => each))
    telemetry.warn('aws call failed', { ...fields, operation, aws_error: name, count: length });
  countAwsErrors(telemetry, operation, names.length);
}

/** Counts without a log line, for callers whose own line has `operation` and `aws_error`. */
export const countAwsErrors = (telemetry: Telemetry, operation: AwsOperation, count = 1): void =>
  telemetry.count('AwsErrors', count, { operation });

/** Reports which secret could not be read, why, and whether an older value is used. */
export const reportSecretFailures =
  (telemetry: Telemetry) =>
  (failure: { readonly error: string; readonly detail: string; readonly isStale: boolean }): void =>
    reportAwsErrors(telemetry, 'read_secret', [failure.error], {
      detail: failure.detail,
      stale: failure.isStale,
    });
