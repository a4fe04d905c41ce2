/** Everything that is known about one dead letter, as data. */
import { decodeMessage } from '../../../lib/queue/message.ts';
import type { EventCheck } from '../../../lib/rows/check-event.ts';
import type { DeadLetter } from '../dead-letter.ts';
import { explain } from '../explain-letter.ts';
import { type LetterLine, toLine } from '../letter-report.ts';
import { letterFields, type ShownField } from './letter-fields.ts';

export interface ShownLetter extends LetterLine {
  readonly remedy: string;
  /** False when the content itself is the cause. */
  readonly replay_helps: boolean;
  readonly trace: string | null;
  /** Oldest first. */
  readonly timeline: readonly { readonly at: string; readonly what: string }[];
  readonly fields: readonly ShownField[];
}

export interface Shown {
  readonly letter: ShownLetter;
  /** For the operator's own screen. */
  readonly eventId: string | undefined;
  readonly name: string | undefined;
}

/** @param check judges the event at the time of its receipt */
export function describeLetter(
  letter: DeadLetter,
  {
    check,
    showBody,
    nowMs,
  }: { check: (receivedAtMs: number) => EventCheck; showBody: boolean; nowMs: number },
): Shown {
  const { line, eventId, name } = toLine(letter, nowMs, showBody);
  const message = decodeMessage({
    body: letter.body,
    messageId: letter.messageId,
    sentAtMs: letter.firstSentAtMs,
  });
  const { remedy, isHopeless } = explain(letter);
  const base = { ...line, remedy, replay_helps: !isHopeless };
  if ('undecodable' in message)
    return { letter: { ...base, trace: null, timeline: timeline(letter), fields: [] }, eventId, name };
  const { event, receivedAtMs, notAfterMs, trace } = message;
  const checked = check(receivedAtMs)(event);
  const problems = { issues: checked.ok ? [] : checked.errors, mentioned: mentionedIn(letter) };
  return {
    letter: {
      ...base,
      trace: trace === letter.messageId ? null : trace,
      timeline: timeline(letter, { receivedAtMs, notAfterMs }),
      fields: letterFields(event, problems, showBody),
    },
    eventId,
    name,
  };
}

/** TikTok's names of fields; the gateway's own reasons have a code behind each name. */
const mentionedIn = ({ detail = '' }: DeadLetter): string[] =>
  detail.split(/[,;]\s*/).map((part) => part.replace(/:.*$/, '').trim());

function timeline(
  { firstSentAtMs, failedAtMs, replay, reason }: DeadLetter,
  received?: { receivedAtMs: number; notAfterMs: number },
) {
  const steps: (readonly [atMs: number, what: string])[] = [
    [firstSentAtMs, 'first taken from the queue'],
    [failedAtMs, `parked: ${reason}`],
  ];
  if (received !== undefined) {
    steps.push([received.receivedAtMs, 'received']);
    steps.push([received.notAfterMs, 'not sent after this time, unless it is replayed with --renew']);
  }
  if (replay !== undefined)
    steps.push([replay.atMs, `replayed (${replay.count}×), parked before as ${replay.reason}`]);
  return steps
    .toSorted(([a], [b]) => a - b)
    .map(([atMs, what]) => ({ at: new Date(atMs).toISOString(), what }));
}
