/** The part of a stage's journal that `dead-letters` writes. */
import type { OperatorLine } from '../../../lib/journal/line.ts';
import { unavailable } from '../../errors/cli-error.ts';
import type { Stage } from '../../stage/stage.ts';
import type { JournalWriter } from './operator-lines.ts';

/** The rights that it needs, as a sentence for the operator. */
export const journalRights = (stage: string): string =>
  `You need logs:CreateLogStream and logs:PutLogEvents on the log group /tiktok-events/${stage}/operator.`;

const timeoutMs = 5_000;

/** Nothing is opened before the first line. */
export const operatorJournal = (stage: Stage): JournalWriter => ({
  write: (lines) => (stage.isLocal ? post(stage, lines) : refuse()),
});

async function refuse(): Promise<never> {
  throw unavailable('The journal of a deployed stage cannot be written yet.');
}

async function post(stage: Pick<Stage, 'apiUrl'>, lines: readonly OperatorLine[]): Promise<void> {
  const response = await fetch(`${await stage.apiUrl()}/_sandbox/journal`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ lines: lines.map(toJson) }),
    signal: AbortSignal.timeout(timeoutMs),
    redirect: 'error',
  });
  await response.body?.cancel();
  if (!response.ok)
    throw unavailable(`The local gateway answered ${response.status} to lines of its journal.`);
}

const toJson = ({ kind, atMs, traces, event, destination, reason, messageId }: OperatorLine) => ({
  message: `message ${kind}`,
  timestamp: new Date(atMs).toISOString(),
  event,
  destination,
  reason,
  message_id: messageId,
  trace: traces.join(' ') || undefined,
});
