/** Reports errors of AWS: one log line for each kind of error, and one metric for the alarm `aws-errors`. */
import type { LogFields, Telemetry } from './telemetry.ts';

/** Calls to AWS, as the log names them. */
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
  telemetry.count('AwsErrors', names.length);
}

/** Reports which secret could not be read, why, and whether an older value is used. */
export const reportSecretFailures =
  (telemetry: Telemetry) =>
  (failure: { readonly error: string; readonly detail: string; readonly isStale: boolean }): void =>
    reportAwsErrors(telemetry, 'read_secret', [failure.error], {
      detail: failure.detail,
      stale: failure.isStale,
    });
