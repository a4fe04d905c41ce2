/** The name of an error, which is all that a log may have of it: messages of libraries can repeat what was sent. */

const form = /^(?=.*[A-Za-z])[A-Za-z0-9_.]{1,64}$/;

/** @returns the name, or `unknown` for what does not look like one */
export const loggableName = (name: unknown): string =>
  typeof name === 'string' && form.test(name) ? name : 'unknown';

/** @returns such as `AccessDeniedException` or `TimeoutError`; for a fault of the network its code, such as `ECONNREFUSED` */
export function errorName(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  // Node names its own errors all alike and says in `code` what happened.
  const isNamed = error.name !== 'Error' && error.name !== 'AggregateError';
  return loggableName(isNamed || !('code' in error) ? error.name : error.code);
}
