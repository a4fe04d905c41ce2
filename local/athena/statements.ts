/** The parts of SQL text: what is a text, a name or a comment, and what is not. */

export interface Token {
  readonly kind: 'space' | 'text' | 'name' | 'number' | 'word' | 'sign';
  readonly text: string;
}

const forms: readonly (readonly [Token['kind'], RegExp])[] = [
  ['space', /(?:\s+|--[^\n]*|\/\*[\s\S]*?\*\/)+/y],
  ['text', /'(?:[^']|'')*'?/y],
  ['name', /"(?:[^"]|"")*"?/y],
  ['number', /(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y],
  ['word', /[\p{L}_][\p{L}\p{N}_$]*/uy],
  ['sign', /[\s\S]/uy],
];

export function tokensOf(sql: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < sql.length) {
    const token = tokenAt(sql, at);
    tokens.push(token);
    at += token.text.length;
  }
  return tokens;
}

function tokenAt(sql: string, at: number): Token {
  for (const [kind, form] of forms) {
    form.lastIndex = at;
    const [text] = form.exec(sql) ?? [];
    if (text) return { kind, text };
  }
  return { kind: 'sign', text: sql.slice(at, at + 1) };
}

/** @returns the statements between semicolons, without spaces and comments around them */
export function splitStatements(sql: string): string[] {
  const statements: Token[][] = [[]];
  for (const token of tokensOf(sql)) {
    if (token.text === ';') statements.push([]);
    else statements.at(-1)?.push(token);
  }
  return statements.map(trimmed).filter((statement) => statement !== '');
}

function trimmed(tokens: readonly Token[]): string {
  const isCode = ({ kind }: Token) => kind !== 'space';
  const start = tokens.findIndex(isCode);
  const end = tokens.findLastIndex(isCode);
  const code = start < 0 ? [] : tokens.slice(start, end + 1);
  return code.map(({ text }) => text).join('');
}
