/** The columns that may be written down: in a file without a header, the "names" are the cells of its first row. */
import { isFieldName } from '../../../lib/rows/field-names.ts';
import { usageError } from '../../errors/cli-error.ts';
import { createColumnNames, isPresentableName } from '../report/presentable-name.ts';
import { knownBy } from './propose.ts';

/** @throws a usage error when no name looks like that of a column */
export function shownColumns(
  names: readonly string[],
  { query = '', hasNames }: { readonly query: string | undefined; readonly hasNames: boolean },
): string[] {
  const known = names.filter((name) => knownBy(name) !== undefined);
  // One cell can be a word such as "total" by chance; two hardly.
  const isUsed = (name: string): boolean => isFieldName(name) || (known.length > 1 && known.includes(name));
  const { isShown } = createColumnNames(names, isUsed, query);
  const shown = names.filter(hasNames ? isPresentableName : isShown);
  if (shown.length > 0) return shown;
  throw usageError(
    "No column has a name that is known. If the file has no header, name its columns: select * from read_csv('orders.csv', header = false, names = ['email', 'value']). If it has one, name a column as a field: select mail as email, * from …",
  );
}
