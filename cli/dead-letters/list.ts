/** `dead-letters list`: shows all dead letters and leaves them unchanged. */

import { readDepth } from '../../lib/queue/queue-depth.ts';
import { exitCodes } from '../errors/exit-codes.ts';
import { openStage } from '../stage/stage.ts';
import { endWith, terminal } from '../terminal/io.ts';
import { showResult } from '../terminal/output.ts';
import { startProgress } from '../terminal/progress.ts';
import { untilInterrupted } from '../terminal/until-interrupted.ts';
import { browseDeadLetters } from './browse.ts';
import { type FilterOptions, filterOf, matches } from './filter/letter-filter.ts';
import { type ListedLine, letterText, toLine } from './letter-report.ts';
import { createTally } from './tally.ts';

interface ListOptions extends FilterOptions {
  readonly limit: number;
  readonly showBody?: true | undefined;
}

export async function list(options: ListOptions): Promise<void> {
  const stage = openStage(options);
  const [sqs, queueUrl] = [await stage.sqs(), await stage.deadLetterQueueUrl()];
  const { visible, inFlight: hidden } = await readDepth(sqs, queueUrl);
  const progress = startProgress({ unit: 'dead letter', total: visible || undefined });
  const [filter, nowMs] = [filterOf(options), Date.now()];
  const reasons = createTally();
  let lines: ListedLine[] = [];
  let [looked, oldestMs] = [0, nowMs];
  const complete = await untilInterrupted('Stopping; making the letters visible again …', (signal) =>
    browseDeadLetters({ sqs, queueUrl, signal }, (letter) => {
      progress.update(++looked);
      if (!matches(letter, filter)) return;
      reasons.add(letter.reason);
      oldestMs = Math.min(oldestMs, letter.failedAtMs);
      if (lines.length < options.limit) lines.push(toLine(letter, nowMs, options.showBody === true));
    }),
  ).finally(() => progress.stop());
  lines = lines.toSorted((a, b) => b.line.age_seconds - a.line.age_seconds);
  const count = reasons.total();
  const report = {
    count,
    others: looked - count,
    hidden,
    complete,
    oldest_age_seconds: count > 0 ? Math.round((nowMs - oldestMs) / 1000) : null,
    reasons: reasons.counts(),
  };
  const isOwnScreen = terminal().stdout.isTTY === true;
  const withLines = { ...report, dead_letters: lines.map(({ line }) => line) };
  showResult(options.json === true, withLines, () => letterText(report, lines, isOwnScreen));
  if (!complete) endWith(exitCodes.interrupted);
}
