/**
 * Keeps texts that DuckDB would change by guessing the types of files named in a query. In a CSV, a `0049…` behind the rows
 * that it looks at would lose its zeros, and a spelling such as `12e4` would become a number. In JSON, it takes texts for
 * times, and loses whether they had a zone.
 */
import type { DuckDBConnection } from '@duckdb/node-api';
import { fieldNames, fields } from '../../../../lib/events/fields/table.ts';
import { quoteName } from '../../../../lib/sync/engine/sql.ts';

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
  readonly type: string;
}

async function csvReader(path: string, connection: DuckDBConnection): Promise<string> {
  const described = await connection.runAndReadAll(`describe from ${readCsv(path)}`);
  const columns = described
    .getRowObjects()
    .map(({ column_name: name, column_type: type }) => ({ name: String(name), type: String(type) }));
  const guessed = columns.filter(isWronglyGuessed).map(({ name }) => name);
  const numeric = columns.filter(({ type }) => /INT|DOUBLE|FLOAT|DECIMAL/.test(type));
  const lossy = numeric.length > 0 ? await columnsThatAreText(path, numeric, connection) : [];
  const texts = [...guessed, ...lossy];
  if (texts.length === 0) return readCsv(path);
  const types = texts.map((name) => `${quoteText(name)}: 'VARCHAR'`);
  return readCsv(path, `types = {${types.join(', ')}}`);
}

/** Norway's `NO` is no truth value, and an id that looks like a time is still an id. */
const isWronglyGuessed = ({ name, type }: Column): boolean =>
  /^(?:BOOLEAN|DATE|TIME)/.test(type) && (textFields.has(name.toLowerCase()) || /country/i.test(name));

const textFields: ReadonlySet<string> = new Set(
  fieldNames.filter((name) => name !== 'event_time' && !('isFlag' in fields[name])),
);

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

/**
 * Zeros or a plus in front are lost in any number. So is a spelling with letters: DuckDB reads `0x1F` and `12e4` as numbers,
 * and a spreadsheet makes `1.21337E+10` of a phone number. A double keeps 15 digits.
 */
const lostSpelling = '^\\s*([+]|-?0[0-9])|[A-DF-Za-df-z_]|[Ee][+]?[0-9]';

const isLossy = ({ name, type }: Column): string => {
  const column = quoteName(name);
  const isRespelled = `regexp_matches(${column}, '${lostSpelling}')`;
  return /INT/.test(type) ? isRespelled : `(${isRespelled} or length(trim(${column})) > 16)`;
};
