/**
 * Runs the commands of CloudWatch Logs Insights that the product uses on stored lines: `fields`, `filter` (`=`, `!=`, `in`,
 * `like` with a text or a regular expression, `and`, `or`), `stats` (`sum`, `count` by fields and `bin(1d)`), `sort` and
 * `limit`. Anything else is refused as the service refuses a malformed query.
 */
import { AwsFailure } from './aws-failure.ts';

export interface StoredLine {
  readonly id: string;
  readonly atMs: number;
  readonly message: string;
  /** The fields that CloudWatch discovers in a line of JSON. */
  readonly fields: Readonly<Record<string, unknown>>;
}

type Cells = Readonly<Record<string, string>>;
interface Rows {
  readonly rows: readonly Cells[];
  readonly shown: readonly string[];
}

export function runInsights(query: string, lines: readonly StoredLine[]): Rows {
  const commands = splitOutside(query, '|').map((text) => text.trim());
  let selected = lines;
  let state: Rows | undefined;
  let shown: readonly string[] = ['@timestamp', '@message'];
  let sorts: readonly [field: string, isDescending: boolean] | undefined;
  let limit = Number.POSITIVE_INFINITY;
  for (const command of commands) {
    const [word = '', rest = ''] = /^(\w+)\s+([\s\S]+)$/.exec(command)?.slice(1) ?? malformed(command);
    if (word === 'fields') shown = names(rest);
    else if (word === 'filter') selected = selected.filter(condition(rest));
    else if (word === 'stats') state = stats(rest, selected);
    else if (word === 'sort') sorts = sorting(rest);
    else if (word === 'limit') limit = Number(/^\d+$/.exec(rest)?.[0] ?? malformed(command));
    else malformed(command);
  }
  const result = state ?? {
    shown,
    rows: sortLines(selected, sorts).map((line) => ({
      ...Object.fromEntries(shown.map((name) => [name, cellOf(line, name)])),
      '@ptr': line.id,
    })),
  };
  return { shown: result.shown, rows: result.rows.slice(0, limit) };
}

/** Without a command to sort, the newest lines come first. */
function sortLines(
  lines: readonly StoredLine[],
  [field, isDescending]: readonly [string, boolean] = ['@timestamp', true],
): StoredLine[] {
  if (field !== '@timestamp') malformed(`sort ${field}`);
  return lines.toSorted((one, other) => (isDescending ? other.atMs - one.atMs : one.atMs - other.atMs));
}

function sorting(text: string): readonly [string, boolean] {
  const [, field = '', order] = /^([@\w]+)(?:\s+(asc|desc))?$/.exec(text) ?? malformed(text);
  return [field, order !== 'asc'];
}

function names(text: string): string[] {
  const list = splitOutside(text, ',').map((name) => name.trim());
  for (const name of list) if (!/^[@\w.]+$/.test(name)) malformed(name);
  return list;
}

function valueIn(line: StoredLine, name: string): unknown {
  if (name === '@message') return line.message;
  if (name === '@timestamp') return timeText(line.atMs);
  return line.fields[name];
}

/** CloudWatch shows a true of JSON as 1. */
const cellOf = (line: StoredLine, name: string): string => {
  const value = valueIn(line, name);
  return value === true ? '1' : value === false ? '0' : String(value ?? '');
};

const timeText = (atMs: number): string => new Date(atMs).toISOString().replace('T', ' ').replace('Z', '');

type Test = (line: StoredLine) => boolean;

function condition(text: string): Test {
  const alternatives = splitWords(text, 'or').map((part) => splitWords(part, 'and').map(comparison));
  return (line) => alternatives.some((tests) => tests.every((test) => test(line)));
}

function comparison(text: string): Test {
  const [, name = '', operator = '', operand = ''] =
    /^\s*([@\w]+)\s*(=|!=|\bin\b|\blike\b)\s*([\s\S]+?)\s*$/.exec(text) ?? malformed(text);
  if (operator === 'in') {
    const [, list = ''] = /^\[([\s\S]*)\]$/.exec(operand) ?? malformed(text);
    const values = splitOutside(list, ',').map((value) => literal(value.trim()));
    return (line) => values.includes(String(valueIn(line, name) ?? ''));
  }
  if (operator === 'like') {
    const pattern = /^\/((?:[^/\\]|\\.)+)\/$/.exec(operand)?.[1];
    if (pattern === undefined) {
      const part = literal(operand);
      return (line) => String(valueIn(line, name) ?? '').includes(part);
    }
    const expression = new RegExp(pattern);
    return (line) => expression.test(String(valueIn(line, name) ?? ''));
  }
  const value = literal(operand);
  return (line) => (String(valueIn(line, name) ?? '') === value) === (operator === '=');
}

const literal = (text: string): string => {
  if (/^"(?:[^"\\]|\\.)*"$/.test(text)) return JSON.parse(text) as string;
  return /^\d+$/.test(text) ? text : malformed(text);
};

function stats(text: string, lines: readonly StoredLine[]): Rows {
  const [sums = '', by = ''] = splitWords(text, 'by');
  const keys = splitOutside(by, ',')
    .map((key) => key.trim())
    .filter(Boolean);
  for (const key of keys) if (!/^(bin\(1d\)|\w+)$/.test(key)) malformed(key);
  const totals = splitOutside(sums, ',').map((each) => aggregate(each.trim()));
  const keyOf = (line: StoredLine, key: string) =>
    key === 'bin(1d)' ? `${timeText(line.atMs).slice(0, 10)} 00:00:00.000` : cellOf(line, key);
  const groups = Map.groupBy(lines, (line) => JSON.stringify(keys.map((key) => keyOf(line, key))));
  const rows = [...groups.values()].map((group) => {
    const [first] = group;
    const values = keys.map((key) => [key, first === undefined ? '' : keyOf(first, key)]);
    // A group without a field has no cell for it.
    return Object.fromEntries([
      ...values.filter(([, value]) => value !== ''),
      ...totals.map(({ name, of }) => [name, String(of(group))]),
    ]);
  });
  return { rows, shown: [...keys, ...totals.map(({ name }) => name)] };
}

function aggregate(text: string) {
  const [, kind = '', field = '', name = ''] =
    /^(sum|count)\((\*|\w+)\)\s+as\s+(\w+)$/.exec(text) ?? malformed(text);
  if ((kind === 'sum') === (field === '*')) malformed(text);
  const of = (lines: readonly StoredLine[]): number =>
    kind === 'count' ? lines.length : lines.reduce((sum, line) => sum + (Number(line.fields[field]) || 0), 0);
  return { name, of };
}

/** Splits at a character that is in no text, list or regular expression. */
const splitOutside = (text: string, separator: string): string[] =>
  split(text, (rest) => (rest.startsWith(separator) ? separator.length : 0));

/** Splits at a word between spaces. */
const splitWords = (text: string, word: string): string[] =>
  split(text, (rest) => new RegExp(`^\\s${word}\\s`).exec(rest)?.[0].length ?? 0);

const closers: Readonly<Record<string, string>> = { '"': '"', '/': '/', '[': ']', '(': ')' };

function split(text: string, separatorAt: (rest: string) => number): string[] {
  const parts = [''];
  let closing = '';
  for (let at = 0; at < text.length; ) {
    const length = closing === '' ? separatorAt(text.slice(at)) : 0;
    if (length > 0) {
      parts.push('');
      at += length;
      continue;
    }
    // An escaped character closes nothing.
    const piece = closing !== '' && text[at] === '\\' ? text.slice(at, at + 2) : (text[at] ?? '');
    if (closing === '') closing = closers[piece] ?? '';
    else if (piece === closing) closing = '';
    parts[parts.length - 1] += piece;
    at += piece.length;
  }
  if (closing !== '') malformed(text);
  return parts;
}

function malformed(text: string): never {
  throw new AwsFailure('MalformedQueryException', `unexpected symbol found in: ${text.slice(0, 60)}`);
}
