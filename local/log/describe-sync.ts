/** Says in a few words what a run of a sync did, and what an operator would be told of it. Pure. */
import type { LogEntry, Step } from './log-entry.ts';

/** The line `sync ended`. */
export function describeSyncRun({ source, status, count, accepted, rejected }: LogEntry): Step {
  const isFailed = status === 'failed';
  const hasRejected = Number(rejected) > 0;
  const parts = [
    `sync ${source}${isFailed ? ' failed' : ''}: ${plural(count, 'row')} read`,
    `${plural(accepted, 'event')} queued`,
    ...(hasRejected ? [`${rejected} rejected`] : []),
  ];
  return {
    symbol: isFailed ? '✗' : hasRejected ? '!' : '✓',
    color: isFailed ? 'red' : hasRejected ? 'yellow' : 'green',
    text: parts.join(', '),
    fields: ['error', 'trace'],
  };
}

/** A notice: deployed, it would be an e-mail. Its text repeats the subject. */
export function describeNotice({ subject, text }: LogEntry): Step {
  const lines = String(text ?? '').split('\n');
  const details = lines.filter((line) => line !== '' && line !== subject);
  return { symbol: '!', color: 'yellow', text: `notice: ${subject}`, fields: [], details };
}

export function describeFailedQuery({ text }: LogEntry): Step {
  return { symbol: '✗', color: 'red', text: `Athena: ${text}`, fields: ['query'] };
}

function plural(value: unknown, noun: string): string {
  const number = Number(value ?? 0);
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
