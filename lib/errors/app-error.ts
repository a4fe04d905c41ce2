/**
 * The family of errors: the class says whether a retry can help, and the code says what went wrong.
 * No code decides by a name or a message, and a message never contains personal data or a secret.
 */

import type { ProblemCode } from './problem-codes.ts';

/** Statuses of answers to a request that fails again when it is repeated unchanged. */
export type RejectionStatus = 400 | 403 | 404 | 413 | 415 | 422;

export class AppError<Code extends string = string> extends Error {
  override readonly name: string = 'AppError';
  /** Stable key for programs, such as `invalid_json`. */
  readonly code: Code;

  /** @param message one or two sentences for a person: the fault and the remedy; safe to log */
  constructor(code: Code, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** The request is wrong, and a retry fails the same way. `members` extend the body of the answer. */
export class RejectedInput extends AppError<ProblemCode> {
  override readonly name = 'RejectedInput';
  readonly status: RejectionStatus;
  readonly members: Readonly<Record<string, unknown>>;

  constructor(
    status: RejectionStatus,
    code: ProblemCode,
    message: string,
    members: Readonly<Record<string, unknown>> = {},
  ) {
    super(code, message);
    this.status = status;
    this.members = members;
  }
}

/** The caller has not proved who it is. */
export class Unauthenticated extends AppError<ProblemCode> {
  override readonly name = 'Unauthenticated';
}

/** AWS, TikTok or a shop platform failed: the same request can succeed after a pause. */
export class DependencyDown extends AppError<ProblemCode> {
  override readonly name = 'DependencyDown';
  readonly retryAfterSeconds: number;

  constructor(
    code: ProblemCode,
    message: string,
    options: ErrorOptions & { readonly retryAfterSeconds: number },
  ) {
    super(code, message, options);
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}

/** A setting is missing or wrong: the function or command refuses to start. */
export class Misconfigured extends AppError {
  override readonly name = 'Misconfigured';
  /** Path of the setting, such as `sources.shop.mapping.value`. */
  readonly setting: string;
  /** The rest of the sentence that the setting starts, such as `is missing`. Never the value. */
  readonly problem: string;

  constructor(setting: string, problem: string, options?: ErrorOptions) {
    super('invalid_setting', `setting ${setting} ${problem}`, options);
    this.setting = setting;
    this.problem = problem;
  }
}
