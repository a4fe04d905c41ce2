/** JSON with sorted keys: two values of the same content have the same text, whatever the order of their fields. */

/** @param scalar writes everything that is neither a list nor an object; JSON by default */
export function canonicalJson(value: unknown, scalar: (value: unknown) => string = JSON.stringify): string {
  if (Array.isArray(value)) return `[${value.map((entry) => canonicalJson(entry, scalar)).join(',')}]`;
  if (typeof value !== 'object' || value === null) return scalar(value);
  // No two keys are equal.
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const fields = entries.map(([key, entry]) => `${JSON.stringify(key)}:${canonicalJson(entry, scalar)}`);
  return `{${fields.join(',')}}`;
}
