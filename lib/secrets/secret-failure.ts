/** The facts about a failed read of a secret that logs may contain: its name and the error, never a value. */
import { errorName } from '../privacy/error-name.ts';
import { MalformedSecretError } from './secret-values.ts';
import type { SecretsClient } from './secrets-manager.ts';

export interface SecretFailure {
  /** Name of the error, such as `AccessDeniedException`. */
  readonly error: string;
  /** The secret, and its field when the field is malformed. */
  readonly detail: string;
  /** An older value stays in use. */
  readonly isStale: boolean;
}

/** Called for every failed read, even when callers still get an older value. */
export type ReportSecretFailure = (failure: SecretFailure) => void;

/** The dependencies of a cached reader of a secret. */
export interface SecretReading {
  readonly client: SecretsClient;
  readonly report: ReportSecretFailure;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

export const secretFailure = (name: string, error: unknown, isStale: boolean): SecretFailure => ({
  error: errorName(error),
  detail: error instanceof MalformedSecretError ? error.message : `secret ${name}`,
  isStale,
});
