/** Turns Trino's SQL into DuckDB's, where the two differ in form. Functions are macros: `macros.ts`. */
import { type Token, tokensOf } from '../statements.ts';

/** The change of a token; undefined leaves it as it is. */
type Rule = (tokens: readonly Token[], index: number) => Change | undefined;
interface Change {
  readonly text: string;
  /** How many of the next tokens it replaces too. */
  readonly skip: number;
}

const zone = /\s*(?:Z|UTC|GMT|[+-]\d{1,2}(?::?\d{2})?|\p{L}+\/[\p{L}_/]+)'$/iu;

export function duckdbSql(sql: string): string {
  const tokens = withOtherFormats(withoutJsonCasts(tokensOf(sql)));
  const parts: string[] = [];
  for (let index = 0; index < tokens.length; index += 1) {
    const change = rules.map((rule) => rule(tokens, index)).find((found) => found !== undefined);
    parts.push(change?.text ?? tokens[index]?.text ?? '');
    index += change?.skip ?? 0;
  }
  return parts.join('');
}

/** Athena reads `1.5` as a double, DuckDB as a decimal. */
const doubleLiteral: Rule = (tokens, index) => {
  const token = tokens[index];
  if (token?.kind !== 'number' || !token.text.includes('.') || /e/i.test(token.text)) return undefined;
  return { text: `${token.text}e0`, skip: 0 };
};

/** `DECIMAL '1.50'` has the digits that it shows. */
const decimalLiteral: Rule = (tokens, index) => {
  const literal = typedLiteral(tokens, index, 'decimal');
  if (literal === undefined) return undefined;
  const [, whole = '', fraction = ''] = /^'\s*[+-]?(\d*)\.?(\d*)\s*'$/.exec(literal.text) ?? [];
  const precision = Math.max(1, whole.replace(/^0+/, '').length + fraction.length);
  return { text: `cast(${literal.text} as decimal(${precision}, ${fraction.length}))`, skip: literal.skip };
};

/** A timestamp with a zone is of another type. */
const timestampLiteral: Rule = (tokens, index) => {
  const literal = typedLiteral(tokens, index, 'timestamp');
  return literal && zone.test(literal.text) ? { ...literal, text: `timestamptz ${literal.text}` } : undefined;
};

const binaryLiteral: Rule = (tokens, index) => {
  const text = tokens[index + 1];
  if (tokens[index]?.text.toLowerCase() !== 'x' || text?.kind !== 'text') return undefined;
  return { text: `from_hex(${text.text.replaceAll(/\s/g, '')})`, skip: 1 };
};

const rules: readonly Rule[] = [doubleLiteral, decimalLiteral, timestampLiteral, binaryLiteral];

/** The literal of a type, such as `DECIMAL '1.5'`, as the change that replaces type, space and text. */
function typedLiteral(tokens: readonly Token[], index: number, type: string): Change | undefined {
  if (tokens[index]?.text.toLowerCase() !== type) return undefined;
  const skip = tokens[index + 1]?.kind === 'space' ? 2 : 1;
  const literal = tokens[index + skip];
  return literal?.kind === 'text' ? { text: literal.text, skip } : undefined;
}

/** DuckDB's `cast(x as json)` reads a text as JSON, Trino's makes a JSON text of it. */
function withoutJsonCasts(given: readonly Token[]): Token[] {
  const tokens = [...given];
  for (const [index, token] of tokens.entries()) {
    const open = nextCode(tokens, index);
    if (token.text.toLowerCase() !== 'cast' || tokens[open]?.text !== '(') continue;
    const close = closingOf(tokens, open);
    const json = previousCode(tokens, close);
    const as = previousCode(tokens, json);
    if (tokens[json]?.text.toLowerCase() !== 'json' || tokens[as]?.text.toLowerCase() !== 'as') continue;
    tokens[index] = { kind: 'word', text: 'trino_json' };
    for (let cleared = as; cleared <= json; cleared += 1) tokens[cleared] = { kind: 'space', text: ' ' };
  }
  return tokens;
}

const formatFunctions: Readonly<Record<string, string>> = { date_parse: 'strptime', date_format: 'strftime' };
/** The form of a time is MySQL's in Trino and C's in DuckDB. */
const formatLetters: Readonly<Record<string, string>> = {
  '%i': '%M',
  '%s': '%S',
  '%T': '%H:%M:%S',
  '%M': '%B',
  '%W': '%A',
  '%h': '%I',
  '%e': '%-d',
};

function withOtherFormats(given: readonly Token[]): Token[] {
  const tokens = [...given];
  for (const [index, { text }] of given.entries()) {
    const name = formatFunctions[text.toLowerCase()];
    const open = nextCode(tokens, index);
    if (name === undefined || tokens[open]?.text !== '(') continue;
    tokens[index] = { kind: 'word', text: name };
    const last = previousCode(tokens, closingOf(tokens, open));
    const form = tokens[last];
    if (form?.kind !== 'text') continue;
    const other = form.text.replaceAll(/%[A-Za-z]/g, (letter) => formatLetters[letter] ?? letter);
    tokens[last] = { kind: 'text', text: other };
  }
  return tokens;
}

const nextCode = (tokens: readonly Token[], index: number): number =>
  tokens.findIndex(({ kind }, at) => at > index && kind !== 'space');

const previousCode = (tokens: readonly Token[], index: number): number =>
  tokens.findLastIndex(({ kind }, at) => at < index && kind !== 'space');

function closingOf(tokens: readonly Token[], open: number): number {
  let depth = 0;
  return tokens.findIndex(({ text }, index) => {
    if (index < open) return false;
    if (text === '(') depth += 1;
    if (text === ')') depth -= 1;
    return depth === 0;
  });
}
