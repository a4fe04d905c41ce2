/**
 * Corrects two things that DuckDB's guessing does to files named in a query. Of a CSV it looks at the first 20,480 rows:
 * a later `0049…` in a column that looked like numbers would lose its zeros. In JSON it takes texts for times, and
 * loses whether they had a zone.
 */
import type { DuckDBConnection } from '@duckdb/node-api';
import { quoteName } from '../query-text.ts';

const quoteText = (text: string): string => `'${text.replaceAll("'", "''")}'`;

const file = /\b(from|join)(\s+)'((?:[^']|'')+\.(csv|tsv|json|ndjson|jsonl)(?:\.gz|\.zst)?)'/gi;

/** The query with each such file read by a function that keeps its texts; anything else in it stays as it is. */
export async function keepTexts(query: string, connection: DuckDBConnection): Promise<string> {
  let kept = '';
  let end = 0;
  for (const match of query.matchAll(file)) {
    const [whole, keyword, space, literal = '', kind = ''] = match;
    const path = literal.replaceAll("''", "'");
    const reader = /sv$/i.test(kind) ? await csvReader(path, connection) : jsonReader(path);
    kept += `${query.slice(end, match.index)}${keyword}${space}${reader}`;
    end = match.index + whole.length;
  }
  return kept + query.slice(end);
}

/** A format that no text has, so DuckDB reads nothing as a time. */
const jsonReader = (path: string): string =>
  `read_json(${quoteText(path)}, timestampformat = '[%Y', dateformat = '[%Y')`;

/** DuckDB's own buffers of 32 MB, several at a time, would take more memory than all the rest. */
const bufferBytes = 4 * 1024 * 1024;

const readCsv = (path: string, option?: string): string =>
  `read_csv(${[quoteText(path), `buffer_size = ${bufferBytes}`, ...(option ? [option] : [])].join(', ')})`;

interface Column {
  readonly name: string;
  readonly isFloating: boolean;
}

async function csvReader(path: string, connection: DuckDBConnection): Promise<string> {
  const described = await connection.runAndReadAll(`describe from ${readCsv(path)}`);
  const columns = described.getRowObjects().map(({ column_name: name, column_type: type }) => ({
    name: String(name),
    isFloating: /DOUBLE|FLOAT|DECIMAL/.test(String(type)),
    isNumeric: /INT|DOUBLE|FLOAT|DECIMAL/.test(String(type)),
  }));
  const numeric = columns.filter(({ isNumeric }) => isNumeric);
  const texts = numeric.length > 0 ? await columnsThatAreText(path, numeric, connection) : [];
  if (texts.length === 0) return readCsv(path);
  const types = texts.map((name) => `${quoteText(name)}: 'VARCHAR'`);
  return readCsv(path, `types = {${types.join(', ')}}`);
}

async function columnsThatAreText(
  path: string,
  columns: readonly Column[],
  connection: DuckDBConnection,
): Promise<string[]> {
  const tests = columns.map((column) => `bool_or(${isLossy(column)}) as ${quoteName(column.name)}`);
  const found = await connection.runAndReadAll(
    `select ${tests.join(', ')} from ${readCsv(path, 'all_varchar = true')}`,
  );
  const [row = {}] = found.getRowObjects();
  return columns.flatMap(({ name }) => (row[name] === true ? [name] : []));
}

/** Zeros or a plus in front are lost in any number; a double holds 15 digits. */
const isLossy = ({ name, isFloating }: Column): string => {
  const zeros = `regexp_matches(${quoteName(name)}, '^\\s*([+]|-?0[0-9])')`;
  return isFloating ? `(${zeros} or length(trim(${quoteName(name)})) > 16)` : zeros;
};
