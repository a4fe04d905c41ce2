/** Makes one short, coloured line of a line that a function logged as JSON; metrics are left out. Pure but for colours. */
import pc from 'picocolors';

type Colors = Pick<typeof pc, 'cyan' | 'green' | 'yellow' | 'red' | 'dim'>;
type Entry = Readonly<Record<string, unknown>>;

interface Step {
  readonly symbol: string;
  readonly color: keyof Colors;
  readonly text: string;
  /** Fields that stand behind the text; those that are not there are left out. */
  readonly fields: readonly string[];
}

const count = (value: unknown, noun: string) => `${Number(value)} ${noun}${Number(value) === 1 ? '' : 's'}`;

function received(entry: Entry): Step {
  const { accepted, rejected, not_queued: notQueued, status } = entry;
  if (accepted === undefined && Number(status) >= 400) {
    return { symbol: '✗', color: 'red', text: `refused with ${status}`, fields: ['reason', 'error'] };
  }
  const parts = [`accepted ${count(accepted ?? 0, 'event')}`];
  if (Number(rejected) > 0) parts.push(`rejected ${rejected}`);
  if (Number(notQueued) > 0) parts.push(`not queued ${notQueued}`);
  const isFine = parts.length === 1;
  return {
    symbol: '→',
    color: isFine ? 'cyan' : 'yellow',
    text: parts.join(', '),
    fields: ['source', 'trace'],
  };
}

const outcomes: Readonly<Record<string, readonly [string, keyof Colors, string]>> = {
  delivered: ['✓', 'green', 'delivered'],
  retry: ['↻', 'yellow', 'TikTok is not reached, later again:'],
  hold: ['‖', 'yellow', 'TikTok holds back'],
  reject: ['✗', 'red', 'TikTok refused'],
};

function answered({ outcome, count: events }: Entry): Step {
  const [symbol, color, verb] = outcomes[String(outcome)] ?? ['·', 'dim', `TikTok answered ${outcome}:`];
  const fields = ['destination', 'reason', 'tiktok_request_id'];
  return { symbol, color, text: `${verb} ${count(events, 'event')}`, fields };
}

/** What was delivered or parked has had its line. */
function settled({ held, retried }: Entry): Step | undefined {
  if (Number(held) > 0)
    return { symbol: '‖', color: 'yellow', text: `held ${count(held, 'event')}`, fields: [] };
  if (!(Number(retried) > 0)) return undefined;
  return { symbol: '↻', color: 'yellow', text: `${count(retried, 'event')} will be sent again`, fields: [] };
}

/** No token, no time: TikTok was not asked. */
const notSent = ({ outcome, count: events }: Entry): Step => ({
  symbol: outcome === 'hold' ? '‖' : '↻',
  color: 'yellow',
  text: `not sent yet: ${count(events, 'event')}`,
  fields: ['destination', 'reason'],
});

const parked = (): Step => ({
  symbol: '✗',
  color: 'red',
  text: 'parked',
  fields: ['reason', 'detail', 'destination', 'receives', 'event'],
});

const steps: Readonly<Record<string, (entry: Entry) => Step | undefined>> = {
  'events received': received,
  'webhook received': received,
  'tiktok answered': answered,
  'events not sent': notSent,
  'batch settled': settled,
  'message parked': parked,
};

/** What is the same on every line, or means nothing on one machine. */
const noise =
  /^(level|message|timestamp|service|stage|cold_start|function_.*|sampling_rate|xray_trace_id|_aws)$/;

/** A line of another kind is shown with all its fields. */
function anyStep(entry: Entry): Step {
  const level = String(entry.level ?? 'INFO');
  const isError = level === 'ERROR' || level === 'CRITICAL';
  const [symbol, color] = isError ? (['✗', 'red'] as const) : (['·', 'dim'] as const);
  const isWarning = level === 'WARN';
  return {
    symbol: isWarning ? '!' : symbol,
    color: isWarning ? 'yellow' : color,
    text: String(entry.message ?? ''),
    fields: Object.keys(entry).filter((name) => !noise.test(name)),
  };
}

/** Escape sequences of whoever wrote the text must not reach the terminal. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
const clean = (text: string) => text.replaceAll(/[\u0000-\u001f\u007f-\u009f]/g, ' ');

function showValue(value: unknown): string | undefined {
  if (value === null || value === undefined || value === '') return undefined;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function parse(line: string): Entry | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** `undefined` for a line that says nothing new. Lines that are not JSON stay as they are. */
export function prettyLine(line: string, colors: Colors = pc): string | undefined {
  const entry = parse(line);
  if (!entry) return line;
  if ('_aws' in entry) return undefined;
  const known = Object.hasOwn(steps, String(entry.message)) ? steps[String(entry.message)] : undefined;
  const step = known ? known(entry) : anyStep(entry);
  if (!step) return undefined;
  const time = /T(\d\d:\d\d:\d\d)/.exec(String(entry.timestamp ?? ''))?.[1] ?? '';
  const details = step.fields.flatMap((name) => {
    const text = showValue(entry[name]);
    return text === undefined ? [] : [`${name}=${clean(text)}`];
  });
  const paint = colors[step.color];
  const parts = [
    colors.dim(time),
    paint(`${step.symbol} ${clean(step.text)}`),
    colors.dim(details.join('  ')),
  ];
  return parts.filter((part) => part !== '').join(' ');
}
