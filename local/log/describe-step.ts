/** Says what a log line of a function means: a symbol, a color, a short text and the fields worth showing. Pure. */
import { tiktokCode } from '../../lib/tiktok/codes.ts';
import { judge } from '../../lib/tiktok/verdict.ts';
import { describeFailedQuery, describeNotice, describeSyncRun } from './describe-sync.ts';
import { describeWebhook } from './describe-webhook.ts';
import { showLabels } from './labels.ts';
import type { LogEntry, Step } from './log-entry.ts';

const steps: Readonly<Record<string, (entry: LogEntry) => Step | undefined>> = {
  'events received': describeReceived,
  'webhook received': describeWebhook,
  'tiktok answered': describeAnswer,
  'message waits': describeWaiting,
  'message parked': describeParked,
  'sync ended': describeSyncRun,
  notice: describeNotice,
  'query failed': describeFailedQuery,
  // It counts what the lines of the calls delivered.
  coverage: () => undefined,
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
  const { accepted, rejected, not_queued: notQueued, status, source } = entry;
  if (accepted === undefined && Number(status) >= 400) {
    return { symbol: '✗', color: 'red', text: `rejected with ${status}`, fields: ['reason', 'error'] };
  }
  const parts = [`accepted ${count(accepted ?? 0, 'event')}`];
  if (Number(rejected) > 0) parts.push(`rejected ${rejected}`);
  if (Number(notQueued) > 0) parts.push(`not queued ${notQueued}`);
  const color = parts.length === 1 ? 'cyan' : 'yellow';
  const fields = [...(source === 'api' ? [] : ['source']), 'reason', 'detail', 'trace'];
  const details = [showLabels(entry, 'errors', 'errors  '), showLabels(entry, 'warnings')];
  return {
    symbol: '→',
    color,
    text: parts.join(', '),
    fields,
    details: details.filter((line) => line !== undefined),
  };
}

function describeAnswer({ outcome, count: number, reason, partial }: LogEntry): Step {
  const events = count(number, 'event');
  const fields = ['destination', 'reason', 'detail', 'tiktok_request_id'];
  switch (outcome) {
    case 'delivered':
      return partial === true
        ? { symbol: '!', color: 'yellow', text: `TikTok accepted only part of ${events}`, fields }
        : { symbol: '✓', color: 'green', text: `delivered ${events}`, fields };
    case 'reject':
      return { symbol: '✗', color: 'red', text: `TikTok refused ${events}`, fields };
    case 'hold':
      return { symbol: '‖', color: 'yellow', text: `${describeHold(String(reason))}: ${events}`, fields };
    case 'retry':
      return { symbol: '↻', color: 'yellow', text: `${describeTrouble(String(reason))}: ${events}`, fields };
    default:
      return { symbol: '·', color: 'dim', text: `TikTok answered ${outcome}: ${events}`, fields };
  }
}

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

function describeWaiting({ outcome, count: number, wait_s: waits }: LogEntry): Step {
  const events = count(number, 'event');
  const next = `Next try in ${spanOf(String(waits))} s`;
  const fields = ['destination', 'reason', 'detail'];
  return outcome === 'hold'
    ? { symbol: '‖', color: 'yellow', text: `Holding ${events}. ${next}`, fields }
    : { symbol: '↻', color: 'yellow', text: `Retrying ${events}. ${next}`, fields };
}

/** @returns such as `5`, or `30 to 36` for messages with different delays */
function spanOf(waits: string): string {
  const seconds = waits.split(' ').map(Number);
  const [shortest, longest] = [Math.min(...seconds), Math.max(...seconds)];
  return shortest === longest ? `${shortest}` : `${shortest} to ${longest}`;
}

function describeParked(): Step {
  const fields = ['reason', 'detail', 'source', 'event_name', 'destination', 'receives', 'event'];
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
