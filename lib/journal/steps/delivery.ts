/** What the consumer, TikTok and the operator did with an event. */
import type { AnsweredLine, OperatorLine, ParkedLine, WaitsLine } from '../line.ts';
import {
  type Explain,
  labeled,
  present,
  type StepOfAttempt,
  sentences,
  shortReason,
  spanText,
} from './step.ts';

/** @param acceptedAtMs when the event was accepted first, if that is known */
export function answerStep(
  line: AnsweredLine,
  event: string,
  acceptedAtMs: number | undefined,
  explain: Explain,
): StepOfAttempt {
  const { atMs, verdict, reason = '', isPartial } = line;
  const facts = [
    acceptedAtMs === undefined || verdict !== 'delivered' || acceptedAtMs > atMs
      ? undefined
      : `${spanText(atMs - acceptedAtMs)} after it was accepted`,
    othersText(line, 'in one call'),
    positionText(line, event),
    labeled('destination', line.destination),
    labeled('TikTok request', line.requestId),
    `answered in ${spanText(line.durationMs)}`,
  ];
  if (verdict === 'delivered') {
    const title = reason === 'tiktok_40050' ? 'delivered: TikTok had it already' : 'delivered';
    if (!isPartial) return { atMs, tone: 'good', title, details: present(facts) };
    const texts = sentences(explain, 'waiting', reason);
    const partly = 'delivered, but TikTok accepted only part of the call';
    return { atMs, tone: 'warning', title: partly, details: present([...texts, ...facts]) };
  }
  const isAlone = line.events.length === 1;
  const refused = isAlone
    ? 'TikTok refused the event'
    : `TikTok refused a call of ${line.events.length} events`;
  return {
    atMs,
    tone: verdict === 'reject' && isAlone ? 'bad' : 'warning',
    title: `${verdict === 'reject' ? refused : answered(reason)}${verdict === 'reject' ? `: ${shortReason(reason)}` : ''}`,
    details: present([...sentences(explain, 'waiting', reason, line.detail).slice(0, 1), ...facts]),
    ...(verdict !== 'reject' && { attempt: reason }),
  };
}

const answered = (reason: string): string => {
  if (reason === 'timeout') return 'TikTok did not answer';
  if (reason === 'network') return 'TikTok could not be reached';
  return `TikTok answered ${shortReason(reason)}`;
};

function othersText({ events }: AnsweredLine | WaitsLine, how: string): string | undefined {
  const others = events.length - 1;
  return others > 0 ? `with ${others} other${others === 1 ? '' : 's'} ${how}` : undefined;
}

function positionText({ position, events }: AnsweredLine, event: string): string | undefined {
  if (position === undefined) return undefined;
  return events[position] === event
    ? `TikTok named this event (position ${position})`
    : `TikTok named another event of the call (position ${position})`;
}

export function waitStep(line: WaitsLine, event: string, explain: Explain): StepOfAttempt {
  const { atMs, outcome, reason } = line;
  const own = line.events.find((each) => each.event === event);
  return {
    atMs,
    tone: 'warning',
    title: `${outcome === 'hold' ? 'held' : 'waits'}: ${shortReason(reason)}`,
    details: present([
      ...sentences(explain, 'waiting', reason, line.detail),
      own && `attempt ${own.receives}; the next one after ${spanText(own.nextAttemptMs - atMs)}`,
      othersText(line, 'for the same reason'),
      labeled('destination', line.destination),
    ]),
    attempt: reason,
  };
}

/** A replay that was refused within this time was refused at once: the batch waits for seconds, a call takes 8 s at most. */
const atOnceMs = 10 * 60_000;

/** @param replayed the last replay before it, of a dead letter with the same reason */
export function parkStep(
  line: ParkedLine,
  replayed: OperatorLine | undefined,
  explain: Explain,
): StepOfAttempt {
  const isLoop =
    replayed !== undefined && replayed.reason === line.reason && line.atMs - replayed.atMs <= atOnceMs;
  return {
    atMs: line.atMs,
    tone: 'bad',
    title: isLoop
      ? `replayed, and refused again at once: ${shortReason(line.reason)}`
      : `parked as a dead letter: ${shortReason(line.reason)}`,
    details: present([
      ...sentences(explain, 'parked', line.reason, line.detail),
      isLoop
        ? 'Another replay ends the same way. Fix the cause, send the event again, then discard this dead letter.'
        : undefined,
      line.outcome === 'unknown' ? 'TikTok may have accepted it all the same: no answer says so.' : undefined,
      line.receives > 1 ? `after ${line.receives} attempts` : undefined,
      labeled('destination', line.destination),
      labeled('TikTok request', line.requestId),
      labeled('message', line.messageId || undefined),
    ]),
  };
}

export const operatorStep = ({ atMs, kind, reason, messageId }: OperatorLine): StepOfAttempt => ({
  atMs,
  tone: 'neutral',
  title: `${kind} by an operator`,
  details: present([`it was parked as ${reason}`, labeled('message', messageId || undefined)]),
});
