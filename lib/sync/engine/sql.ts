/** SQL around a query that somebody else wrote. */

/** The name of the column that carries the cursor as text. */
export const cursorColumn = '__tiktok_events_cursor';

/** A name in any dialect that follows the standard. */
export const quoteName = (name: string): string => `"${name.replaceAll('"', '""')}"`;

export const quoteText = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** The query as a table; a comment at its end must not swallow what follows. */
export const asTable = (query: string): string => `(${query.trim().replace(/;+\s*$/, '')}\n) as source_rows`;
