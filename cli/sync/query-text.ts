/** SQL around the user's query: what both DuckDB and PostgreSQL understand. */
import type { CursorRange } from './source-row.ts';

/** The name of the column that carries the cursor as text. */
export const cursorColumn = '__tiktok_events_cursor';

export const quoteName = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** The query as a table; a comment at its end must not swallow what follows. */
export const asTable = (query: string): string => `(${query.trim().replace(/;+\s*$/, '')}\n) as source_rows`;

/**
 * Rows in the order of the cursor, from a value on. Rows without one come last, so that they can be told.
 * @param textType the type that shows any value as text
 * @param parameter the placeholder of the value, with the cast that it needs
 */
export function cursorQuery(
  query: string,
  { column, from }: CursorRange,
  { textType, parameter }: { readonly textType: string; readonly parameter: string },
): string {
  const name = `source_rows.${quoteName(column)}`;
  const where = from === undefined ? '' : ` where ${name} >= ${parameter} or ${name} is null`;
  return `select source_rows.*, cast(${name} as ${textType}) as ${quoteName(cursorColumn)} from ${asTable(query)}${where} order by ${name} nulls last`;
}
