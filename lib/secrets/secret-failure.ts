/** What may be said of a secret that could not be read: which, and why, and no value. */
import { errorName } from '../privacy/error-name.ts';
import { MalformedSecretError } from './secret-values.ts';
import type { SecretsClient } from './secrets-manager.ts';

export interface SecretFailure {
  /** Name of the error, such as `AccessDeniedException`. */
  readonly error: string;
  /** The secret, and the field when it holds something else than it should. */
  readonly detail: string;
  /** An older value is used meanwhile. */
  readonly isStale: boolean;
}

/** Told of every read that fails, also while an older value hides it from those who ask. */
export type ReportSecretFailure = (failure: SecretFailure) => void;

/** What a cached reader of a secret needs from outside. */
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
