/** What docs/errors.md says about the code of an HTTP answer. */
import type { CodeText } from '../errors/code-text.ts';

export interface ProblemText extends CodeText {
  readonly status: 400 | 401 | 403 | 404 | 413 | 415 | 422 | 500 | 503;
}

/** Webhooks: the platform sends the delivery again. */
export const retry = 'Nothing, if the platform retries. Otherwise send the delivery again.';
