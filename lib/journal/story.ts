/**
 * The story of one event, or of one request that became no event: the lines of the journal as steps in the order in which
 * they happened. Pure: times are Unix milliseconds, and the reasons in words come in as `explain`.
 */
import type { JournalLine, OperatorLine, ReceivedLine } from './line.ts';
import type { Part } from './parts.ts';
import { answerStep, operatorStep, parkStep, waitStep } from './steps/delivery.ts';
import { eventStep, requestStep } from './steps/received.ts';
import type { Explain, StepOfAttempt, StoryStep } from './steps/step.ts';

/**
 * @param event the fingerprint
 * @param lines any lines in any order: lines that do not name the event are left out
 */
export function tellStory(event: string, lines: readonly JournalLine[], explain: Explain): StoryStep[] {
  return collapse(eventSteps(event, inOrder(lines.filter((line) => isAbout(line, event))), explain));
}

/** The story of what has no fingerprint, which ended when it was received. */
export const tellPart = ({ line, event }: Part, explain: Explain): StoryStep[] => [
  event === undefined ? requestStep(line, explain) : eventStep(line, event, 0, explain),
];

/** The story of a dead letter that cannot be read, and therefore has no fingerprint. */
export function tellLetter(messageId: string, lines: readonly JournalLine[], explain: Explain): StoryStep[] {
  const own = inOrder(lines.filter((line) => 'messageId' in line && line.messageId === messageId));
  return own.flatMap((line, index) =>
    stepsOf(line, { event: '', earlier: own.slice(0, index), explain }).map(
      ({ attempt: _, ...step }) => step,
    ),
  );
}

/** True when the line says something about the event with this fingerprint. */
export function isAbout(line: JournalLine, event: string): boolean {
  switch (line.kind) {
    case 'received':
    case 'waits':
      return line.events.some((each) => each.event === event);
    case 'answered':
      return line.events.includes(event);
    case 'coverage':
      return false;
    default:
      return line.event === event;
  }
}

const eventSteps = (event: string, lines: readonly JournalLine[], explain: Explain): StepOfAttempt[] =>
  lines.flatMap((line, index) => stepsOf(line, { event, earlier: lines.slice(0, index), explain }));

interface Context {
  readonly event: string;
  readonly earlier: readonly JournalLine[];
  readonly explain: Explain;
}

function stepsOf(line: JournalLine, { event, earlier, explain }: Context): StepOfAttempt[] {
  const receipts = earlier.filter((other) => accepts(other, event));
  switch (line.kind) {
    case 'received':
      return line.events
        .filter((each) => each.event === event)
        .map((each) => eventStep(line, each, receipts.length, explain));
    case 'answered':
      return [answerStep(line, event, receipts[0]?.atMs, explain)];
    case 'waits':
      return [waitStep(line, event, explain)];
    case 'parked':
      return [parkStep(line, earlier.findLast(isReplay), explain)];
    case 'replayed':
    case 'discarded':
      return [operatorStep(line)];
    default:
      return [];
  }
}

const accepts = (line: JournalLine, event: string): boolean =>
  line.kind === 'received' &&
  !line.isDryRun &&
  line.events.some((each) => each.event === event && each.errors.length === 0);

const isReplay = (line: JournalLine): line is OperatorLine => line.kind === 'replayed';

const ranks: readonly JournalLine['kind'][] = [
  'received',
  'answered',
  'waits',
  'parked',
  'replayed',
  'discarded',
];

function inOrder(lines: readonly JournalLine[]): JournalLine[] {
  const times = new Map(
    lines.map((line) => [line, line.kind === 'received' ? startOf(line, lines) : line.atMs]),
  );
  const timeOf = (line: JournalLine): number => times.get(line) ?? line.atMs;
  return lines.toSorted(
    (one, other) =>
      timeOf(one) - timeOf(other) ||
      ranks.indexOf(one.kind) - ranks.indexOf(other.kind) ||
      one.atMs - other.atMs,
  );
}

const earlyMs = 10_000;

/** A request is logged when it ends, and its message can be delivered before that: then the receipt comes first all the same. */
function startOf(line: ReceivedLine, lines: readonly JournalLine[]): number {
  const early = lines.filter(
    ({ kind, atMs, traces }) =>
      kind !== 'received' &&
      atMs < line.atMs &&
      atMs >= line.atMs - earlyMs &&
      traces.some((trace) => line.traces.includes(trace)),
  );
  return Math.min(line.atMs, ...early.map(({ atMs }) => atMs));
}

/** A day of attempts with the same result would fill screens, so only the first and the last attempt of each are shown. */
const shownAtEnds = 2;

function collapse(steps: readonly StepOfAttempt[]): StoryStep[] {
  const shown: StoryStep[] = [];
  for (let start = 0; start < steps.length; ) {
    let end = start + 1;
    while (steps[start]?.attempt !== undefined && steps[end]?.attempt === steps[start]?.attempt) end += 1;
    shown.push(...shortened(steps.slice(start, end)).map(({ attempt: _, ...step }: StepOfAttempt) => step));
    start = end;
  }
  return shown;
}

function shortened(run: readonly StepOfAttempt[]): readonly StepOfAttempt[] {
  const hidden = run.slice(shownAtEnds, -shownAtEnds);
  const [first] = hidden;
  if (first === undefined || hidden.length < shownAtEnds) return run;
  const attempts = hidden.filter(({ title }) => title === first.title).length;
  const title = `${attempts} more attempt${attempts === 1 ? '' : 's'} with the same result`;
  const between: StepOfAttempt = { atMs: first.atMs, tone: 'warning', title, details: [] };
  return [...run.slice(0, shownAtEnds), between, ...run.slice(-shownAtEnds)];
}
