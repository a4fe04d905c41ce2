/** Puts one line of the journal into the facts of each event, or each request, that it speaks of. */
import { fingerprint } from '../privacy/sha256.ts';
import type {
  AnsweredLine,
  JournalLine,
  OperatorLine,
  ParkedLine,
  ReceivedEvent,
  ReceivedLine,
  WaitsLine,
} from './line.ts';
import { partsOf, skipReasonOf } from './parts.ts';
import {
  advance,
  type EventFacts,
  type Failure,
  firstOf,
  lastOf,
  type Origin,
  remember,
} from './row-facts.ts';

/** Changes the facts of a row; `event` is its fingerprint when the row is an event. */
export type Change = (id: string, event: string | undefined, fold: (facts: EventFacts) => void) => void;

export function foldLine(line: JournalLine, change: Change): void {
  switch (line.kind) {
    case 'received':
      foldReceived(line, change);
      break;
    case 'answered':
      for (const event of line.events) change(event, event, (facts) => addAnswer(facts, line));
      break;
    case 'waits':
      for (const { event, nextAttemptMs } of line.events)
        if (event !== undefined) change(event, event, (facts) => addWait(facts, line, nextAttemptMs));
      break;
    case 'parked':
      change(letterId(line), line.event, (facts) => addPark(facts, line));
      break;
    case 'replayed':
    case 'discarded':
      change(letterId(line), line.event, (facts) => addFinish(facts, line));
      break;
    default:
  }
}

function foldReceived(line: ReceivedLine, change: Change): void {
  for (const event of line.events)
    if (event.event !== undefined)
      change(event.event, event.event, (facts) => addReceipt(facts, line, event));
  for (const { id, event } of partsOf(line))
    change(id, undefined, (facts) =>
      event === undefined ? addRequest(facts, line) : addReceipt(facts, line, event),
    );
}

/** A message that cannot be read has no event. */
export const letterId = ({ event, messageId }: ParkedLine | OperatorLine): string =>
  event ?? fingerprint(`message ${messageId}`);

/** A request is logged when it ends, and its first message can be delivered before that by another Lambda's clock. */
const earlyMs = 10_000;

function addReceipt(facts: EventFacts, line: ReceivedLine, event: ReceivedEvent): void {
  const origin = originOf(line, event);
  const skipped = skipReasonOf(line, event) ?? (line.isDryRun ? 'dry_run' : undefined);
  const reason = skipped ?? event.errors[0]?.replace(/^:/, '');
  if (reason !== undefined) {
    const outcome = skipped === undefined ? 'rejected' : 'skipped';
    addFailure(facts, { ...origin, outcome, reason, detail: undefined });
    return;
  }
  facts.receipt = firstOf(facts.receipt, origin);
  remember(facts.receiptTimes, line.atMs);
  advance(facts, {
    effectiveMs: line.atMs - earlyMs,
    outcome: 'accepted',
    reason: undefined,
    detail: undefined,
    nextAttemptMs: undefined,
  });
}

/** For a line that says of a request, or of a part of a webhook, that it became no event. */
function addRequest(facts: EventFacts, line: ReceivedLine): void {
  const isRefused = line.via === 'api' || (line.status ?? 200) >= 400;
  addFailure(facts, {
    ...originOf(line, { orders: line.orders, name: undefined, warnings: [] }),
    outcome: isRefused ? 'rejected' : 'skipped',
    reason: line.reason,
    detail: line.detail,
  });
}

const addFailure = (facts: EventFacts, failure: Failure): void => {
  facts.failure = firstOf(facts.failure, failure);
};

const originOf = (
  { atMs, source, topic, channel }: ReceivedLine,
  { orders, name, warnings }: Pick<ReceivedEvent, 'orders' | 'name' | 'warnings'>,
): Origin => ({ atMs, source, topic, channel, name, orders, warnings });

function addAnswer(facts: EventFacts, line: AnsweredLine): void {
  facts.answer = lastOf(facts.answer, line);
  facts.destination = lastOf(facts.destination, { atMs: line.atMs, name: line.destination });
  remember(facts.attemptTimes, line.atMs);
  if (line.verdict !== 'delivered') return;
  facts.delivery = firstOf(facts.delivery, { atMs: line.atMs });
  advance(facts, {
    effectiveMs: line.atMs,
    outcome: 'delivered',
    reason: line.isPartial ? line.reason : undefined,
    detail: undefined,
    nextAttemptMs: undefined,
  });
}

function addWait(facts: EventFacts, line: WaitsLine, nextAttemptMs: number): void {
  addDestination(facts, line);
  const { atMs: effectiveMs, reason, detail } = line;
  const outcome = line.outcome === 'hold' ? 'held' : 'waiting';
  advance(facts, { effectiveMs, outcome, reason, detail, nextAttemptMs });
}

function addPark(facts: EventFacts, line: ParkedLine): void {
  addDestination(facts, line);
  facts.park = lastOf(facts.park, line);
  remember(facts.parkTimes, line.atMs);
}

function addFinish(facts: EventFacts, line: OperatorLine): void {
  addDestination(facts, line);
  facts.finish = lastOf(facts.finish, line);
  remember(facts.finishTimes, line.atMs);
}

function addDestination(facts: EventFacts, line: { atMs: number; destination: string | undefined }): void {
  if (line.destination === undefined) return;
  facts.destination = lastOf(facts.destination, { atMs: line.atMs, name: line.destination });
}
