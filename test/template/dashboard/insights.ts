/** Reads the part of the query language of CloudWatch Logs Insights that the dashboard uses. */

export interface Query {
  readonly sources: readonly string[];
  readonly commands: readonly string[];
  /** Names of fields that the query takes from log lines. */
  readonly fields: readonly string[];
  /** Texts of `message` that it selects. */
  readonly messages: readonly string[];
}

/** Of the language, not of our lines. */
const words = new Set(
  'filter stats parse sort fields limit by as and or in like desc asc sum count avg max pct bin ispresent strlen'.split(
    ' ',
  ),
);
const commands = new Set(['filter', 'stats', 'parse', 'sort', 'fields', 'limit']);

/** @throws Error for a command that no query of ours should need */
export function readQuery(text: string): Query {
  const parts = text.split(' | ');
  const isSource = (part: string) => part.startsWith('SOURCE ');
  const sources = parts
    .filter(isSource)
    .map((part) => /^SOURCE '([^']+)'$/.exec(part)?.[1] ?? `unreadable: ${part}`);
  const rest = parts.filter((part) => !isSource(part));
  for (const part of rest)
    if (!commands.has(part.split(' ')[0] ?? '')) throw new Error(`the model does not know ${part}`);
  return { sources, commands: rest, fields: fieldsOf(rest), messages: messagesOf(rest) };
}

function fieldsOf(parts: readonly string[]): string[] {
  const text = parts.join(' | ');
  const aliases = new Set(
    [...text.matchAll(/\bas (?:`([^`]+)`|(\w+))|\(\?<(\w+)>/g)].map(
      ([, quoted, plain, group]) => quoted ?? plain ?? group,
    ),
  );
  const bare = text
    .replaceAll(/"[^"]*"/g, ' ')
    .replaceAll(/ \/\S.*?\/(?= |$)/g, ' ')
    .replaceAll(/\bas (`[^`]+`|\w+)/g, ' ');
  const names = [...bare.matchAll(/`([^`]+)`|(?<!\w)(@?[a-zA-Z_]\w*)/g)].flatMap(([, quoted, plain = '']) =>
    quoted !== undefined ? [quoted] : words.has(plain) ? [] : [plain],
  );
  return [...new Set(names)].filter((name) => !aliases.has(name));
}

const messagesOf = (parts: readonly string[]): string[] =>
  parts.flatMap((part) => {
    const [, list = ''] = /message (?:=|in) ("[^"]*"|\[[^\]]*\])/.exec(part) ?? [];
    return [...list.matchAll(/"([^"]*)"/g)].map(([, text = '']) => text);
  });
