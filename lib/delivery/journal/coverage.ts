/** Counts what delivered events have that TikTok can match or use: one line for each source, event name and destination. */
import { countMatchKeys } from '../../events/match-keys.ts';
import type { CoverageCount } from '../../journal/line.ts';
import type { Telemetry } from '../../telemetry/telemetry.ts';
import type { Message, OutgoingEvent, SettledMessage } from '../message.ts';

/**
 * TikTok merges an event with the pixel's copy that arrives within 5 minutes (help: event deduplication). The pixel sends its
 * copy when the event happens.
 */
export const mergeWindowMs = 5 * 60_000;

export function logCoverage(settled: readonly SettledMessage[], nowMs: number, telemetry: Telemetry): void {
  const delivered = settled.flatMap(({ message, disposition }) =>
    disposition.kind === 'delivered' && message.event !== undefined
      ? [{ message, event: message.event }]
      : [],
  );
  for (const group of Map.groupBy(delivered, ({ message }) =>
    Object.values(namesOf(message)).join(' '),
  ).values()) {
    const [first] = group;
    const events = group.map(({ event }) => event);
    if (first === undefined) continue;
    const { eventSource } = first.event.destination;
    const keys = countMatchKeys(
      events.map(({ canonical }) => canonical),
      eventSource,
    );
    telemetry.info('coverage', { ...namesOf(first.message), ...keys, ...countsOf(events, nowMs) });
  }
}

/** None of the three contains a space. */
const namesOf = ({ facts: { source, name }, destinationName }: Message) => ({
  source,
  event_name: name,
  destination: destinationName,
});

function countsOf(events: readonly OutgoingEvent[], nowMs: number): Partial<Record<CoverageCount, number>> {
  const counts: Partial<Record<CoverageCount, number>> = { events: events.length };
  const add = (name: CoverageCount): void => {
    counts[name] = (counts[name] ?? 0) + 1;
  };
  for (const { coverage, happenedAtMs, testEventCode } of events) {
    coverage.forEach(add);
    if (nowMs - happenedAtMs <= mergeWindowMs) add('in_time');
    if (testEventCode !== undefined) add('test');
  }
  return counts;
}
