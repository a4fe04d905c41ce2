/** The context of an expression: the request's headers and query, and the whole payload inside `source.each`. */

export interface MappingRequest {
  /** One header of the webhook; undefined when absent or repeated. */
  readonly header?: (name: string) => string | undefined;
  /** One query parameter of the webhook URL. */
  readonly query?: (name: string) => string | undefined;
  /** ISO 3166-1 alpha-2 for phones without a country: the destination's default. */
  readonly country?: string | undefined;
}

export interface EvaluationScope extends MappingRequest {
  readonly payload: unknown;
}

const noScope: EvaluationScope = { payload: null };
let current: EvaluationScope = noScope;

/** The JMESPath library passes no context to functions. Evaluation is synchronous, so one variable is enough. */
export function withScope<T>(scope: EvaluationScope, evaluate: () => T): T {
  const outer = current;
  current = scope;
  try {
    return evaluate();
  } finally {
    current = outer;
  }
}

export const currentScope = (): EvaluationScope => current;
