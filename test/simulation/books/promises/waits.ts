/**
 * Promises 4 and 11 rest on the ladder: each wait is the step of its receive, up to 20 % longer by chance, and the last receive
 * but one parks the message.
 */
import type { FactCheck } from '../check.ts';
import type { Ladder, ReportedLine, RunReport } from '../run-report.ts';

const mostJitter = 1.2;

export const promise4WaitsAreOfTheLadder: FactCheck<'ended'> = ({ report }) => {
  const wrong = waitsOf(report).find(
    ({ seconds, step }) => !(seconds >= step && seconds <= step * mostJitter),
  );
  return (
    wrong &&
    `promise 4: the wait after receive ${wrong.receives} is ${wrong.seconds} s; the ladder says ${wrong.step} s`
  );
};

export const promise1ParkedBeforeTheLastReceive: FactCheck<'ended'> = ({ report }) => {
  const { records, failures, ladder } = report;
  const last = ladder.maxReceiveCount - 1;
  const parked = parkedReceives(report).find((receives) => receives > last);
  if (parked !== undefined)
    return `promise 1: a message was parked at receive ${parked}; ${last} is the last`;
  // A letter that SQS did not store gives its message one more receive.
  if (report.attemptedLetters > report.letters.length) return undefined;
  const waiting = records.find(({ messageId, receives }) => receives >= last && failures.includes(messageId));
  return (
    waiting &&
    `promise 1: message ${waiting.messageId} waits at receive ${waiting.receives} in place of being parked`
  );
};

/** Waits that are drawn for each message are all equal once in 10^11 runs, when there are so many: 12 of a minute, 6 of 900 s. */
const isTelling = ({ length }: readonly Wait[], step: number): boolean =>
  (length - 1) * Math.log(step * (mostJitter - 1)) > 25;

export const promise4WaitsAreSpread: FactCheck<'ended'> = ({ invocation, report }) => {
  const bySteps = Map.groupBy(waitsOf(report), ({ step }) => step);
  for (const [step, waits] of bySteps)
    if (isTelling(waits, step) && isOneWait(waits))
      return `promise 4: run ${invocation} lets ${waits.length} messages wait for ${waits[0]?.seconds} s each: they come back at once`;
  return undefined;
};

const isOneWait = (waits: readonly Wait[]): boolean =>
  new Set(waits.map(({ seconds }) => seconds)).size === 1;

export interface Wait {
  readonly receives: number;
  readonly seconds: number;
  readonly step: number;
}

/** @returns the waits of a run, each with the step of the ladder that it should have */
export const waitsOf = ({ lines, ladder }: RunReport): Wait[] =>
  lines.filter(({ message }) => message === 'message waits').flatMap((line) => waitsIn(line, ladder));

function waitsIn({ fields }: ReportedLine, { retry, hold }: Ladder): Wait[] {
  const steps = fields.outcome === 'hold' ? hold : retry;
  const receives = numbers(fields.receives);
  return numbers(fields.wait_s).map((seconds, index) => {
    const count = receives[index] ?? 0;
    return { receives: count, seconds, step: steps[Math.min(count, steps.length) - 1] ?? 0 };
  });
}

const parkedReceives = ({ lines }: RunReport): number[] =>
  lines.filter(({ message }) => message === 'message parked').map(({ fields }) => Number(fields.receives));

const numbers = (text: unknown): number[] => String(text).split(' ').map(Number);
