/** Makes one short, coloured line of a line that a function logged as JSON; metrics are left out. Pure but for colours. */
import pc from 'picocolors';

type Paint = (text: string) => string;
type Colors = Pick<typeof pc, 'cyan' | 'green' | 'yellow' | 'red' | 'dim' | 'bold'>;

/** What is the same on every line, or means nothing on one machine. */
const noise = new Set([
  'level',
  'message',
  'timestamp',
  'service',
  'stage',
  'cold_start',
  'function_arn',
  'function_memory_size',
  'function_name',
  'function_request_id',
  'sampling_rate',
  'xray_trace_id',
  'correlation_id',
]);

/** The first word of the message that is found says which step it is. */
const steps: readonly (readonly [RegExp, string, keyof Colors])[] = [
  [/\b(park|dead letter|undecodable|expired|exhausted)/i, '✗', 'red'],
  [/\b(held|hold)/i, '‖', 'yellow'],
  [/\b(retr(y|ied|ies))/i, '↻', 'yellow'],
  [/\b(reject|refus|fail|denied|unauthori)/i, '✗', 'red'],
  [/\bdeliver/i, '✓', 'green'],
  [/\b(accept|queued|received)/i, '→', 'cyan'],
];

function lookOf(level: string, message: string): readonly [string, keyof Colors] {
  const step = steps.find(([word]) => word.test(message));
  if (step) return [step[1], step[2]];
  if (level === 'ERROR' || level === 'CRITICAL') return ['✗', 'red'];
  return level === 'WARN' ? ['!', 'yellow'] : ['·', 'dim'];
}

function showValue(value: unknown): string | undefined {
  if (value === null || value === undefined || value === '') return undefined;
  if (typeof value === 'object') {
    const { name, message } = value as { name?: unknown; message?: unknown };
    return typeof message === 'string' ? `${name ?? 'Error'}: ${message}` : JSON.stringify(value);
  }
  return String(value);
}

/** Escape sequences of whoever wrote the text must not reach the terminal. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
const clean = (text: string) => text.replaceAll(/[\u0000-\u001f\u007f-\u009f]/g, ' ');

function parse(line: string): Record<string, unknown> | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** `undefined` for a line that is not to be shown: metrics (EMF). Lines that are not JSON stay as they are. */
export function prettyLine(line: string, colors: Colors = pc): string | undefined {
  const entry = parse(line);
  if (!entry) return line;
  if ('_aws' in entry) return undefined;
  const message = String(entry.message ?? '');
  const [symbol, color] = lookOf(String(entry.level ?? 'INFO'), message);
  const paint: Paint = colors[color];
  const time = /T(\d\d:\d\d:\d\d)/.exec(String(entry.timestamp ?? ''))?.[1] ?? '';
  const details = Object.entries(entry).flatMap(([name, value]) => {
    const text = noise.has(name) ? undefined : showValue(value);
    return text === undefined ? [] : [`${name}=${clean(text)}`];
  });
  const parts = [colors.dim(time), paint(symbol), paint(clean(message)), colors.dim(details.join('  '))];
  return parts.filter((part) => part !== '').join(' ');
}
