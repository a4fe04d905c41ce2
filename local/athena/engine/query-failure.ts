/** DuckDB's errors as Athena reports them: `COLUMN_NOT_FOUND: line 1:8: Column 'x' cannot be resolved`. */
import { type Query, QueryError } from '../query-engine.ts';

interface Kind {
  readonly form: RegExp;
  readonly name: string;
  /** https://docs.aws.amazon.com/athena/latest/ug/error-reference.html */
  readonly type: number;
  readonly say: (found: readonly string[], query: Query) => string;
}

const isNoTable = /^Catalog Error: Table with name ([^!]+?) does not exist/;

const kinds: readonly Kind[] = [
  {
    form: isNoTable,
    name: 'TABLE_NOT_FOUND',
    type: 1301,
    say: ([, table = ''], { catalog, database }) =>
      `Table '${catalog.toLowerCase()}.${database ?? ''}.${table.toLowerCase()}' does not exist`,
  },
  {
    form: /^(?:Catalog|Binder) Error: [^\n]*(?:[Ss]chema|Catalog) [^\n]*?"?([\w.]+)"? does not exist/,
    name: 'SCHEMA_NOT_FOUND',
    type: 1301,
    say: ([, schema]) => `Schema '${schema}' does not exist`,
  },
  {
    form: /^Catalog Error: [A-Za-z ]*Function with name "?([^\s"]+)"? does not exist/,
    name: 'FUNCTION_NOT_FOUND',
    type: 1303,
    say: ([, name]) => `Function '${name}' not registered`,
  },
  {
    form: /^Binder Error: Referenced column "([^"]*)" not found/,
    name: 'COLUMN_NOT_FOUND',
    type: 1006,
    say: ([, column]) => `Column '${column}' cannot be resolved`,
  },
  { form: /^Binder Error: ([^\n]*)/, name: 'TYPE_MISMATCH', type: 1002, say: ([, text = '']) => text },
  {
    form: /^Conversion Error: ([^\n]*)/,
    name: 'INVALID_CAST_ARGUMENT',
    type: 1100,
    say: ([, text = '']) => text,
  },
];

/** @param hasDatabase false when the database of the query does not exist */
export function queryFailure(error: unknown, query: Query, hasDatabase = true): QueryError {
  const message = messageOf(error);
  if (!hasDatabase && isNoTable.test(message)) {
    const reason = `SCHEMA_NOT_FOUND: ${placeIn(message)}Schema '${query.database}' does not exist`;
    return new QueryError(reason, { category: 2, type: 1301, retryable: false });
  }
  for (const { form, name, type, say } of kinds) {
    const found = form.exec(message);
    if (found === null) continue;
    const text = `${name}: ${placeIn(message)}${say(found, query)}`;
    return new QueryError(text, { category: 2, type, retryable: false });
  }
  const [line = ''] = message.split('\n', 1);
  return new QueryError(`GENERIC_USER_ERROR: ${line}`, { category: 2, type: 1000, retryable: false });
}

/** @returns the sentence for a query that cannot be read */
export function syntaxFailure(error: unknown): string {
  const message = messageOf(error);
  const [, near] = /at or near "([^"]*)"/.exec(message) ?? [];
  const place = placeIn(message) || 'line 1:1: ';
  return `${place}mismatched input '${near ?? '<EOF>'}'`;
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** DuckDB shows the line and puts a caret below the place. */
function placeIn(message: string): string {
  const [, label = '', line, caret = ''] = /\n(LINE (\d+): )[^\n]*\n( *)\^/.exec(message) ?? [];
  return line === undefined ? '' : `line ${line}:${Math.max(1, caret.length - label.length + 1)}: `;
}
