/** `dead-letters discard`: shows what it would delete, asks, and deletes exactly that. */

import { readDepth } from '../../../lib/queue/queue-depth.ts';
import { usageError } from '../../errors/cli-error.ts';
import { exitCodes } from '../../errors/exit-codes.ts';
import { knownRules } from '../../gateway/stage-rules.ts';
import { openStage, type Stage } from '../../stage/stage.ts';
import { confirmChange } from '../../terminal/confirm.ts';
import { endWith } from '../../terminal/io.ts';
import { note, showResult } from '../../terminal/output.ts';
import { startProgress } from '../../terminal/progress.ts';
import { readSecretInput } from '../../terminal/read-secret.ts';
import { untilInterrupted } from '../../terminal/until-interrupted.ts';
import type { DeadLetter } from '../dead-letter.ts';
import { type FilterOptions, filterOf, isEmptyFilter, matches } from '../filter/letter-filter.ts';
import { operatorJournal } from '../journal/operator-journal.ts';
import { discardDeadLetters, type Selection, selectLetters } from './discard.ts';
import { breakdown, type DiscardReport, discardText } from './discard-text.ts';
import { personMatcher } from './person.ts';

interface DiscardOptions extends FilterOptions {
  readonly all?: true | undefined;
  readonly person?: true | undefined;
}

export async function discardLetters(options: DiscardOptions): Promise<void> {
  const stage = openStage(options);
  const isWanted = await wantedBy(options, stage);
  const [sqs, queueUrl] = [await stage.sqs(), await stage.deadLetterQueueUrl()];
  const { visible, inFlight: hidden } = await readDepth(sqs, queueUrl);
  const selection = await watched(visible, (signal, onProgress) =>
    selectLetters({ sqs, queueUrl, signal, onProgress }, isWanted),
  );
  const count = selection.ids.size;
  if (count === 0 || !selection.isComplete) {
    show(options, reportOf(selection, undefined, { hidden, isInterrupted: !selection.isComplete }));
    return;
  }
  note(breakdown(selection));
  await confirm(stage, count, options);
  let isInterrupted = false;
  const discarded = await watched(count, async (signal, onProgress) => {
    const journal = operatorJournal(stage);
    const { ids } = selection;
    const done = await discardDeadLetters({
      sqs,
      queueUrl,
      signal,
      onProgress,
      journal,
      ids,
    });
    isInterrupted = signal.aborted;
    return done;
  });
  show(options, reportOf(selection, discarded, { hidden, isInterrupted }));
}

async function wantedBy(options: DiscardOptions, stage: Stage): Promise<(letter: DeadLetter) => boolean> {
  const filter = filterOf(options);
  if (isEmptyFilter(filter) && options.all !== true && options.person !== true)
    throw usageError(
      'Say which letters: --reason, --destination, --outcome, --older-than, --newer-than, --id, --person, or --all.',
    );
  if (options.person !== true) return (letter) => matches(letter, filter);
  const person = await readSecretInput('e-mail address, phone number or external id');
  const isOfPerson = personMatcher(person, await countriesOf(stage));
  return (letter) => matches(letter, filter) && isOfPerson(letter);
}

/** The countries in which phones of the stage may be written without a country code. */
async function countriesOf(stage: Stage): Promise<string[]> {
  const rules = await knownRules(stage);
  return [...new Set(Object.values(rules?.destinations ?? {}).flatMap(({ country = [] }) => country))];
}

const watched = async <T>(
  total: number,
  work: (signal: AbortSignal, onProgress: (done: number) => void) => Promise<T>,
): Promise<T> => {
  const progress = startProgress({ unit: 'dead letter', total: total || undefined });
  return untilInterrupted('Stopping; making the letters visible again …', (signal) =>
    work(signal, progress.update),
  ).finally(() => progress.stop());
};

const confirm = (stage: Stage, count: number, { yes }: DiscardOptions): Promise<void> =>
  confirmChange({
    isLoopback: stage.isLocal,
    yes: yes === true,
    action: `delete ${count} dead letter${count === 1 ? '' : 's'} of stage ${stage.name} for good`,
  });

function reportOf(
  selection: Selection,
  discarded: { ids: ReadonlySet<string>; stillThere: ReadonlySet<string> } | undefined,
  { hidden, isInterrupted }: { hidden: number; isInterrupted: boolean },
): DiscardReport {
  const [done, stuck] = [discarded?.ids.size ?? 0, discarded?.stillThere.size ?? 0];
  return {
    selected: selection.ids.size,
    reasons: selection.reasons,
    discarded: done,
    still_there: stuck,
    not_found: discarded === undefined || isInterrupted ? 0 : selection.ids.size - done - stuck,
    others: selection.others,
    hidden,
    interrupted: isInterrupted,
  };
}

function show({ json }: DiscardOptions, report: DiscardReport): void {
  showResult(json === true, report, () => discardText(report));
  const isPart = report.still_there + report.not_found > 0;
  endWith(report.interrupted ? exitCodes.interrupted : isPart ? exitCodes.failed : exitCodes.ok);
}
