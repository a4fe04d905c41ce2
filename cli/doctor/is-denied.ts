/** Recognizes that AWS denied a check: each service has its own name for that error. */
const names: ReadonlySet<string> = new Set([
  'AccessDenied',
  'AccessDeniedException',
  'AuthorizationErrorException',
  'AuthorizationError',
]);

export const isDenied = (error: unknown): error is Error => error instanceof Error && names.has(error.name);
