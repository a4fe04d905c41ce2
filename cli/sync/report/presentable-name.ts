/** Which names may be shown. A name can be a cell of a file without a header, or a literal in the wrong quotes. */

const nameForm = /^(?!.*\d{5})[A-Za-z_][A-Za-z0-9_ -]{0,63}$/;

/** True for what looks like the name of a column, table or function: no address, no phone number, no date. */
export const isPresentableName = (name: string): boolean => nameForm.test(name);

/** The name in quotes when the query itself has it and it is presentable; else `otherwise`. Never a cell's text. */
export function nameOf(name: string | undefined, query: string, otherwise: string): string {
  const isShown = name !== undefined && isPresentableName(name) && hasWord(query, name);
  return isShown ? `"${name}"` : otherwise;
}

/** Whether the author of the query wrote the name, as a whole word outside of texts. @param name is presentable */
export function hasWord(query: string, name: string): boolean {
  const identifiers = query.replaceAll(/'(?:[^']|'')*'/g, ' ');
  return new RegExp(`(?<![A-Za-z0-9_])${name}(?![A-Za-z0-9_])`, 'i').test(identifiers);
}

export interface ColumnNames {
  /** True when a column has a name that is used, and that the query did not write itself. */
  readonly hasHeader: boolean;
  /** False for a name that can be a cell of a file without a header. */
  readonly isShown: (name: string) => boolean;
}

/** @param isUsed says whether the name is that of a field, of the cursor, or is in the mapping */
export function createColumnNames(
  names: readonly string[],
  isUsed: (name: string) => boolean,
  query: string,
): ColumnNames {
  const isOfQuery = (name: string): boolean => isPresentableName(name) && hasWord(query, name);
  const hasHeader = names.some((name) => isUsed(name) && !isOfQuery(name));
  return { hasHeader, isShown: (name) => (hasHeader ? isPresentableName(name) : isOfQuery(name)) };
}
