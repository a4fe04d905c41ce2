/** True for what can be compared as a cursor. */
export const isText = (value: unknown): value is string | number =>
  typeof value === 'string' || typeof value === 'number';
