/** Quotes for a POSIX shell: a quote inside single quotes has to close and reopen them. */
export const shellQuote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
