/** The name of an error. Logs contain no other part of it: a library's message can repeat what was sent. */

const form = /^(?=.*[A-Za-z])[A-Za-z0-9_.]{1,64}$/;

/** @returns the name, or `unknown` when the value does not look like a name */
export const loggableName = (name: unknown): string =>
  typeof name === 'string' && form.test(name) ? name : 'unknown';

/** @returns a name such as `AccessDeniedException`, or the code of a network error, such as `ECONNREFUSED` */
export function errorName(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  // Node gives all its network errors one name, and their kind in `code`.
  const isNamed = error.name !== 'Error' && error.name !== 'AggregateError';
  return loggableName(isNamed || !('code' in error) ? error.name : error.code);
}
