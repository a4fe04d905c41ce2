/** What an expression gives, as plain JSON without what means "absent". */

/** Removes nulls, empty texts and empty lists, which all mean "absent". The result contains only JSON types. */
export function plain(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = value.map(plain).filter((item) => item !== undefined);
    return items.length > 0 ? items : undefined;
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value)
      .map(([name, entry]) => [name, plain(entry)] as const)
      .filter(([, entry]) => entry !== undefined);
    return entries.length > 0 ? Object.fromEntries(entries) : undefined;
  }
  if (typeof value === 'string') return value.trim() === '' ? undefined : value;
  return typeof value === 'number' || typeof value === 'boolean' ? value : undefined;
}
