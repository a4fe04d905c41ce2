/**
 * DuckDB's errors as sentences for the author of the query. DuckDB's own messages repeat cells, whole lines of a file and
 * column names, so none is shown: only what is listed here, with names that the query itself has.
 */
import * as z from 'zod/mini';
import { asTable } from '../../../../lib/sync/engine/sql.ts';
import { type CliError, usageError } from '../../../errors/cli-error.ts';
import { nameOf } from '../../report/presentable-name.ts';

/** What DuckDB throws when `errors_as_json` is set. */
const faultSchema = z.object({
  exception_type: z.string().check(z.regex(/^[A-Za-z ]{1,40}$/)),
  exception_message: z._default(z.string(), ''),
  error_subtype: z.optional(z.string()),
  name: z.optional(z.string()),
  type: z.optional(z.string()),
  position: z.optional(z.string()),
});
type Fault = z.infer<typeof faultSchema>;

export interface FailedQuery {
  /** The user's own query. */
  readonly query: string;
  /** What was run; its positions say something up to where it differs from the query. */
  readonly sql?: string | undefined;
}

export function duckdbFault(error: unknown, failed: FailedQuery): CliError {
  const fault = decode(error instanceof Error ? error.message : '');
  if (fault === undefined) return usageError('The query failed in DuckDB.');
  const kind = `The query failed in DuckDB (${fault.exception_type} Error${placeOf(fault, failed)})`;
  return usageError(`${kind}: ${sentenceOf(fault, failed.query)}.`);
}

/** Errors of the parser have words before the JSON. */
function decode(message: string): Fault | undefined {
  try {
    return faultSchema.parse(JSON.parse(message.slice(message.indexOf('{'))));
  } catch {
    return undefined;
  }
}

/** What all SQL has before the query's own text. */
const tableStart = ' from (';

function placeOf({ position }: Fault, { query, sql = '' }: FailedQuery): string {
  const start = sql.indexOf(tableStart) + tableStart.length - 1;
  const at = Number(position) - start;
  const isAsGiven = sql.slice(start).slice(0, at) === asTable(query).slice(0, at);
  if (position === undefined || at < 1 || !isAsGiven) return '';
  const indent = query.length - query.trimStart().length;
  return `, character ${at + indent} of the query`;
}

function sentenceOf(fault: Fault, query: string): string {
  if (fault.error_subtype === 'COLUMN_NOT_FOUND')
    return `there is no column ${nameOf(fault.name, query, 'of a name that the query uses')}; texts are in single quotes`;
  if (fault.error_subtype === 'MISSING_ENTRY') {
    const files = fault.type === 'Table' ? "; files are in single quotes, such as 'orders.csv'" : '';
    return `there is no ${kindOf(fault.type)} ${nameOf(fault.name, query, 'of a name that the query uses')}${files}`;
  }
  const shape = shapes.find(
    ({ type, form }) =>
      (type === undefined || fault.exception_type === type) && form.test(fault.exception_message),
  );
  if (shape === undefined) return 'see docs/sync.md for what a query can do';
  return shape.say(shape.form.exec(fault.exception_message)?.[1] ?? '');
}

const kindOf = (type = ''): string => (/^[A-Za-z ]{1,30}$/.test(type) ? type.toLowerCase() : 'entry');

interface Shape {
  /** undefined for any. */
  readonly type?: string;
  /** Its one group, where it has one, can match digits or a word of DuckDB only. */
  readonly form: RegExp;
  readonly say: (found: string) => string;
}

const cannotConvert = (type: string): string =>
  `a value cannot become ${type || 'the type that the query asks for'}; try_cast makes such values NULL`;

/** The first that fits is shown. */
const shapes: readonly Shape[] = [
  {
    form: /^CSV Error on Line: (\d{1,15})\n/,
    say: (line) =>
      `line ${line} of a CSV file does not fit the lines before it; read_csv has options for its form`,
  },
  {
    form: /^Malformed JSON in file ".*", at byte \d+ in (?:line|record\/value) (\d{1,15}): /s,
    say: (line) => `line or record ${line} of a JSON file is not valid JSON`,
  },
  {
    form: /^JSON transform error in file ".*", in (?:line|record\/value) (\d{1,15}): /s,
    say: (line) => `line or record ${line} of a JSON file has another form than those before it`,
  },
  {
    type: 'Conversion',
    form: /^Could not convert string '.*' to (U?INT\d{1,3}|DOUBLE|FLOAT|BOOL|DATE|TIMESTAMP|TIME|INTERVAL)(?: when |$)/s,
    say: cannotConvert,
  },
  { type: 'Conversion', form: /^/, say: cannotConvert },
  { type: 'Parser', form: /^/, say: () => 'the SQL cannot be read' },
  {
    type: 'Binder',
    form: /^No function matches/,
    say: () => 'a function or operator does not accept these types; cast its arguments',
  },
  { type: 'Binder', form: /^/, say: () => 'names or types in the SQL do not fit together' },
  {
    type: 'Invalid Input',
    form: /^/,
    say: () => 'a function of the query does not accept one of its values',
  },
  { type: 'Out of Range', form: /^/, say: () => 'a number is too large for its type' },
  {
    type: 'IO',
    form: /^No files found that match the pattern/,
    say: () =>
      'a file that the query names does not exist; names are relative to the folder in which the command runs',
  },
  { type: 'IO', form: /^/, say: () => 'a file cannot be read, or the temporary folder is full' },
  {
    type: 'Out of Memory',
    form: /^/,
    say: () =>
      'it needs more memory than a sync gives it; write the result to a Parquet file first, or sort less',
  },
  {
    type: 'Extension Autoloading',
    form: /required extension '([a-z_]{1,32})'/,
    say: (name) =>
      `it needs DuckDB's extension ${name}, which is not installed; --allow-extensions lets DuckDB download it`,
  },
  {
    type: 'Missing Extension',
    form: /^/,
    say: () =>
      'it needs an extension of DuckDB that is not installed; --allow-extensions lets DuckDB download it',
  },
  { type: 'HTTP', form: /^/, say: () => 'a file on the network cannot be read' },
];
