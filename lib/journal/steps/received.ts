/** How an event, or a request that became none, arrived. */
import type { ReceivedEvent, ReceivedLine } from '../line.ts';
import { skipReasonOf } from '../parts.ts';
import { type Explain, labeled, present, type StepOfAttempt, sentences } from './step.ts';

/** @param nth how often the event had been accepted before, from 0 */
export function eventStep(
  line: ReceivedLine,
  event: ReceivedEvent,
  nth: number,
  explain: Explain,
): StepOfAttempt {
  const skipped = skipReasonOf(line, event);
  if (skipped !== undefined) {
    const isFirst = skipped === line.reason;
    const [detail, channel] = isFirst ? [line.detail, line.channel] : [];
    return requestStep({ ...line, reason: skipped, detail, channel }, explain);
  }
  const [error] = event.errors;
  if (error !== undefined) return rejectedStep(line, event, explain);
  const { atMs } = line;
  const named = labeled('event', event.name);
  if (line.isDryRun)
    return {
      atMs,
      tone: 'neutral',
      title: `mapped in a dry run ${originOf(line)}`,
      details: present([named, ...sentences(explain, 'skipped', 'dry_run'), ...whereabouts(line)]),
    };
  const warnings = event.warnings.flatMap((warning) => warningText(warning, explain));
  const isRepeat = nth > 0;
  return {
    atMs,
    tone: warnings.length > 0 ? 'warning' : 'neutral',
    title: isRepeat
      ? `accepted again ${originOf(line)}: a duplicate`
      : `accepted and queued ${originOf(line)}`,
    details: present([
      named,
      isRepeat ? 'TikTok counts events with the same id and name once within 48 hours.' : undefined,
      ...warnings,
      ...whereabouts(line),
    ]),
  };
}

function rejectedStep(line: ReceivedLine, event: ReceivedEvent, explain: Explain): StepOfAttempt {
  const isUnqueued = event.errors.every((error) => error.endsWith(':queue_unavailable'));
  return {
    atMs: line.atMs,
    tone: 'bad',
    title: isUnqueued ? `not queued ${originOf(line)}` : `rejected ${originOf(line)}: ${event.errors[0]}`,
    details: present([
      labeled('event', event.name),
      ...event.errors.flatMap((error) => {
        const texts = sentences(explain, 'rejected', error);
        return texts.length === 0 ? [error] : texts;
      }),
      ...whereabouts(line),
    ]),
  };
}

/** A request that became no event, or the part of a webhook that became none. */
export function requestStep(line: ReceivedLine, explain: Explain): StepOfAttempt {
  const { atMs, reason, detail, channel } = line;
  const isRefused = line.via === 'api' || (line.status ?? 200) >= 400;
  const verb = isRefused ? 'rejected' : 'skipped';
  const texts = reason === undefined ? [] : sentences(explain, placeOf(line, isRefused), reason);
  return {
    atMs,
    tone: isRefused ? 'bad' : 'neutral',
    title: `${verb} ${originOf(line)}${reason === undefined ? '' : `: ${reason}`}`,
    details: present([
      ...texts,
      labeled('detail', detail),
      labeled('channel', channel),
      ...whereabouts(line),
    ]),
  };
}

/** A code can mean one thing in a webhook and another in a post of a page. */
function placeOf({ via }: ReceivedLine, isRefused: boolean): 'collected' | 'rejected' | 'skipped' {
  if (isRefused) return 'rejected';
  return via === 'collect' ? 'collected' : 'skipped';
}

function originOf({ via, source, topic }: ReceivedLine): string {
  if (via === 'api') return 'by the API';
  if (via === 'queue') return 'from another producer of the queue';
  if (via === 'collect') return 'from the browser';
  if (via === 'sync') return `by the sync ${source}`;
  return `from ${source}${topic === undefined ? '' : ` ${topic}`}`;
}

const whereabouts = ({ apiKey, status, traces }: ReceivedLine): string[] =>
  present([
    labeled('API key', apiKey),
    status === undefined ? undefined : `answered HTTP ${status}`,
    traces.length === 0 ? undefined : `trace ${traces.join(' ')}`,
  ]);

function warningText(warning: string, explain: Explain): string[] {
  const text = explain('rejected', warning);
  return [`warning ${warning}${text === undefined ? '' : `. ${text.meaning} ${text.fix}`}`];
}
