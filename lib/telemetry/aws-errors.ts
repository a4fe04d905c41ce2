/** Makes errors of AWS visible: one log line for each kind of error, and one metric to alarm on. */
import type { LogFields, Telemetry } from './telemetry.ts';

/** What the gateway asks of AWS. A closed list: each is a value of the dimension `operation` of `AwsErrors`. */
export type AwsOperation = 'send' | 'delay' | 'park' | 'read_secret' | 'write_secret';

/**
 * @param names names of the errors, one for each message or secret that is not as it should be; never their messages
 * @param fields what else the line says
 */
export function reportAwsErrors(
  telemetry: Telemetry,
  operation: AwsOperation,
  names: readonly string[],
  fields: LogFields = {},
): void {
  if (names.length === 0) return;
  for (const [name, those] of Map.groupBy(names, (each) => each))
    telemetry.warn('aws call failed', { ...fields, operation, aws_error: name, count: those.length });
  countAwsErrors(telemetry, operation, names.length);
}

/** Only counts, where another log line has `operation` and `aws_error`. */
export const countAwsErrors = (telemetry: Telemetry, operation: AwsOperation, count = 1): void =>
  telemetry.count('AwsErrors', count, { operation });

/** What the readers of secrets report: which secret could not be read, why, and whether an older value is used. */
export const reportSecretFailures =
  (telemetry: Telemetry) =>
  (failure: { readonly error: string; readonly detail: string; readonly isStale: boolean }): void =>
    reportAwsErrors(telemetry, 'read_secret', [failure.error], {
      detail: failure.detail,
      stale: failure.isStale,
    });
