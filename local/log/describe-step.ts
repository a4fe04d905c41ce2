/** Says what a log line of a function means: a symbol, a color, a short text and the fields worth showing. Pure. */
import { judge } from '../../lib/tiktok/verdict.ts';
import { delivery } from '../stage.ts';
import { describeWebhook } from './describe-webhook.ts';
import type { LogEntry, Step } from './log-entry.ts';

const steps: Readonly<Record<string, (entry: LogEntry) => Step | undefined>> = {
  'events received': describeReceived,
  'webhook received': describeWebhook,
  'tiktok answered': describeAnswer,
  'events not sent': describeNotSent,
  'batch settled': describeBatch,
  'message parked': describeParked,
};

/** Fields that are the same on every line, or mean nothing on one machine. */
const noise =
  /^(level|message|timestamp|service|stage|cold_start|function_.*|sampling_rate|xray_trace_id|_aws)$/;

/** @returns undefined for a line that repeats what other lines have said */
export function describeStep(entry: LogEntry): Step | undefined {
  const describe = Object.hasOwn(steps, String(entry.message)) ? steps[String(entry.message)] : undefined;
  return describe ? describe(entry) : describeOther(entry);
}

function describeReceived(entry: LogEntry): Step {
  const { accepted, rejected, not_queued: notQueued, status } = entry;
  if (accepted === undefined && Number(status) >= 400) {
    return { symbol: '✗', color: 'red', text: `rejected with ${status}`, fields: ['reason', 'error'] };
  }
  const parts = [`accepted ${count(accepted ?? 0, 'event')}`];
  if (Number(rejected) > 0) parts.push(`rejected ${rejected}`);
  if (Number(notQueued) > 0) parts.push(`not queued ${notQueued}`);
  const color = parts.length === 1 ? 'cyan' : 'yellow';
  const fields = ['source', 'reason', 'detail', 'omitted', 'trace'];
  return { symbol: '→', color, text: parts.join(', '), fields };
}

function describeAnswer({ outcome, count: number, reason }: LogEntry): Step {
  const events = count(number, 'event');
  const fields = ['destination', 'reason', 'tiktok_request_id'];
  switch (outcome) {
    case 'delivered':
      return { symbol: '✓', color: 'green', text: `delivered ${events}`, fields };
    case 'reject':
      return { symbol: '✗', color: 'red', text: `TikTok refused ${events}`, fields };
    case 'hold': {
      const seconds = longest(delivery.holdStepsSeconds);
      const text = `Holding ${events}: ${describeHold(String(reason))}. Next try in ${seconds} s`;
      return { symbol: '‖', color: 'yellow', text, fields };
    }
    case 'retry': {
      const seconds = longest(delivery.retryStepsSeconds);
      const text = `${describeTrouble(String(reason))}, retrying ${events} within ${seconds} s`;
      return { symbol: '↻', color: 'yellow', text, fields };
    }
    default:
      return { symbol: '·', color: 'dim', text: `TikTok answered ${outcome}: ${events}`, fields };
  }
}

/** The log does not contain the delay of a message, so the text states the longest step of the stage. */
const longest = (stepsSeconds: readonly number[]): number => Math.max(...stepsSeconds);

function describeHold(reason: string): string {
  const code = tiktokCode(reason);
  if (code === undefined) return describeTrouble(reason);
  const verdict = judge({ kind: 'answer', status: 200, code }, 1);
  const isToken = verdict.kind === 'hold' && verdict.isTokenTrouble;
  return `TikTok refused ${isToken ? 'the token' : 'the request'} (${code})`;
}

function describeTrouble(reason: string): string {
  if (reason === 'network' || reason === 'timeout') return 'TikTok unreachable';
  const answer = tiktokCode(reason) ?? /^http_(\d+)$/.exec(reason)?.[1]?.replace(/^/, 'HTTP ');
  return answer === undefined ? "TikTok's answer is unreadable" : `TikTok answered ${answer}`;
}

function tiktokCode(reason: string): number | undefined {
  const digits = /^tiktok_(\d+)$/.exec(reason)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** Without a token, or without time, the gateway made no call. */
function describeNotSent({ outcome, count: events }: LogEntry): Step {
  return {
    symbol: outcome === 'hold' ? '‖' : '↻',
    color: 'yellow',
    text: `not sent yet: ${count(events, 'event')}`,
    fields: ['destination', 'reason'],
  };
}

/** Delivered and parked messages already have lines of their own. */
function describeBatch({ held, retried }: LogEntry): Step | undefined {
  if (Number(held) > 0)
    return { symbol: '‖', color: 'yellow', text: `${count(held, 'event')} on hold`, fields: [] };
  if (!(Number(retried) > 0)) return undefined;
  return { symbol: '↻', color: 'yellow', text: `${count(retried, 'event')} to retry`, fields: [] };
}

function describeParked(): Step {
  const fields = ['reason', 'detail', 'destination', 'receives', 'event'];
  return { symbol: '✗', color: 'red', text: 'parked', fields };
}

/** Shows a line of any other kind with all its fields. */
function describeOther(entry: LogEntry): Step {
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

const count = (value: unknown, noun: string) => `${Number(value)} ${noun}${Number(value) === 1 ? '' : 's'}`;
