/** `dead-letters list`: shows all dead letters and leaves them unchanged. */

import { readDepth } from '../../lib/queue/queue-depth.ts';
import { exitCodes } from '../errors/exit-codes.ts';
import { openStage } from '../stage/stage.ts';
import { endWith } from '../terminal/io.ts';
import { showResult } from '../terminal/output.ts';
import { startProgress } from '../terminal/progress.ts';
import { untilInterrupted } from '../terminal/until-interrupted.ts';
import { browseDeadLetters } from './browse.ts';
import { type FilterOptions, filterOf, matches } from './letter-filter.ts';
import { type LetterLine, letterText, toLine } from './letter-report.ts';

interface ListOptions extends FilterOptions {
  readonly limit: number;
  readonly showBody?: true | undefined;
}

export async function list(options: ListOptions): Promise<void> {
  const stage = openStage(options);
  const [sqs, queueUrl] = [await stage.sqs(), await stage.deadLetterQueueUrl()];
  const { visible, inFlight: hidden } = await readDepth(sqs, queueUrl);
  const progress = startProgress({ unit: 'dead letters', total: visible || undefined });
  const nowMs = Date.now();
  const seen = { count: 0, oldest: 0, reasons: {} as Record<string, number>, lines: [] as LetterLine[] };
  let looked = 0;
  const complete = await untilInterrupted('Stopping; making the letters visible again …', (signal) =>
    browseDeadLetters({ sqs, queueUrl, signal }, (letter) => {
      progress.update(++looked);
      if (!matches(letter, filterOf(options), nowMs)) return;
      const line = toLine(letter, nowMs, options.showBody === true);
      seen.count += 1;
      seen.oldest = Math.max(seen.oldest, line.age_seconds);
      seen.reasons[line.reason] = (seen.reasons[line.reason] ?? 0) + 1;
      if (seen.lines.length < options.limit) seen.lines.push(line);
    }),
  ).finally(() => progress.stop());
  const report = {
    count: seen.count,
    others: looked - seen.count,
    hidden,
    complete,
    oldest_age_seconds: seen.count > 0 ? seen.oldest : null,
    reasons: seen.reasons,
    dead_letters: seen.lines.toSorted((a, b) => b.age_seconds - a.age_seconds),
  };
  showResult(options.json === true, report, () => letterText(report));
  if (!complete) endWith(exitCodes.interrupted);
}
