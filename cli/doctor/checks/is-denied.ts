/** Whether AWS refused a look for lack of rights: each service has a name of its own for that. */
const names: ReadonlySet<string> = new Set([
  'AccessDenied',
  'AccessDeniedException',
  'AuthorizationErrorException',
  'AuthorizationError',
]);

export const isDenied = (error: unknown): error is Error => error instanceof Error && names.has(error.name);
