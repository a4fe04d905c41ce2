/** `dead-letters export`: writes the events of dead letters as NDJSON. The letters stay where they are. */

import { readDepth } from '../../../lib/queue/queue-depth.ts';
import { exitCodes } from '../../errors/exit-codes.ts';
import { openStage } from '../../stage/stage.ts';
import { endWith } from '../../terminal/io.ts';
import { note, showResult } from '../../terminal/output.ts';
import { startProgress } from '../../terminal/progress.ts';
import { untilInterrupted } from '../../terminal/until-interrupted.ts';
import type { DeadLetter } from '../dead-letter.ts';
import { type FilterOptions, filterOf, matches } from '../filter/letter-filter.ts';
import { type Hand, walkLetters } from '../walk.ts';
import { openExportFile } from './export-file.ts';
import { type ExportReport, exportText } from './export-text.ts';
import { exportedLine } from './flat-event.ts';

interface ExportOptions extends FilterOptions {
  readonly output?: string | undefined;
}

const readers = 4;
/** How long TikTok treats a second copy of an event as the same one. */
const deduplicationMs = 48 * 3_600_000;

export async function exportLetters(options: ExportOptions): Promise<void> {
  const stage = openStage(options);
  const [sqs, queueUrl] = [await stage.sqs(), await stage.deadLetterQueueUrl()];
  const { visible, inFlight: hidden } = await readDepth(sqs, queueUrl);
  const startedAtMs = Date.now();
  const file = openExportFile(options.output);
  try {
    const progress = startProgress({ unit: 'dead letter', total: visible || undefined });
    const filter = filterOf(options);
    const seen = createCount(startedAtMs);
    const take = async ({ letters }: Hand) => {
      const wanted = letters.filter((letter) => matches(letter, filter));
      file.write(wanted.map((letter) => seen.add(letter)));
      seen.skip(letters.length - wanted.length);
      progress.update(seen.looked());
      return letters;
    };
    const isComplete = await untilInterrupted('Stopping; making the letters visible again …', (signal) =>
      walkLetters({ sqs, queueUrl, signal, workers: readers }, take),
    ).finally(() => progress.stop());
    if (isComplete) await file.finish();
    const report = { ...seen.report(), hidden, complete: isComplete, output: options.output ?? null };
    show(report, options, exportText(report, { stage: stage.name, filter, startedAtMs }));
  } finally {
    file.close();
  }
}

/** Standard output is the events' own, unless they go to a file. */
function show(report: ExportReport, { json, output }: ExportOptions, text: string): void {
  if (json === true && output !== undefined) showResult(true, report, () => text);
  else note(text);
  if (!report.complete) endWith(exitCodes.interrupted);
}

function createCount(nowMs: number) {
  const counts = { exported: 0, undecodable: 0, may_count_twice: 0, others: 0 };
  return {
    /** @returns the line of the letter */
    add(letter: DeadLetter): string {
      const { text, isEvent } = exportedLine(letter);
      counts.exported += 1;
      if (!isEvent) counts.undecodable += 1;
      if (letter.outcome === 'unknown' && nowMs - letter.firstSentAtMs > deduplicationMs)
        counts.may_count_twice += 1;
      return text;
    },
    skip: (count: number): void => {
      counts.others += count;
    },
    looked: () => counts.exported + counts.others,
    report: () => ({ ...counts }),
  };
}
