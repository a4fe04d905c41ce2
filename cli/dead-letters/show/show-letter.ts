/** `dead-letters show`: looks for one letter, and leaves all of them unchanged. */

import { readDepth } from '../../../lib/queue/queue-depth.ts';
import { createEventCheck } from '../../../lib/rows/check-event.ts';
import { CliError } from '../../errors/cli-error.ts';
import { exitCodes } from '../../errors/exit-codes.ts';
import { knownRules } from '../../gateway/stage-rules.ts';
import { openStage, type Stage } from '../../stage/stage.ts';
import type { SharedOptions } from '../../stage/stage-command.ts';
import { terminal } from '../../terminal/io.ts';
import { note, showResult } from '../../terminal/output.ts';
import { startProgress } from '../../terminal/progress.ts';
import { untilInterrupted } from '../../terminal/until-interrupted.ts';
import { browseDeadLetters } from '../browse.ts';
import type { DeadLetter } from '../dead-letter.ts';
import { idsOf, matches } from '../filter/letter-filter.ts';
import { hiddenText } from '../letter-report.ts';
import { showText } from './show-text.ts';
import { describeLetter } from './shown-letter.ts';

interface ShowOptions extends SharedOptions {
  readonly showBody?: true | undefined;
}

/** @param id of the message or of the event, or the fingerprint of the event */
export async function showLetter(id: string, options: ShowOptions): Promise<void> {
  const stage = openStage(options);
  const { letters, isComplete, hidden } = await find(stage, id);
  const [letter] = letters.toSorted((a, b) => b.failedAtMs - a.failedAtMs);
  if (letter === undefined) throw notFound(isComplete, hidden);
  const rules = await knownRules(stage);
  const check = (receivedAtMs: number) =>
    createEventCheck({ rules, now: () => receivedAtMs, isStrict: false });
  const shown = describeLetter(letter, {
    check,
    showBody: options.showBody === true,
    nowMs: Date.now(),
  });
  const others = letters.filter((other) => other !== letter).map(({ messageId }) => messageId);
  const isOwnScreen = terminal().stdout.isTTY === true;
  showResult(options.json === true, { ...shown.letter, other_letters: others }, () =>
    showText(shown, stage.name, isOwnScreen),
  );
  if (others.length > 0) note(`The same event has ${others.length} more: ${others.join(', ')}.`);
}

/** One event rarely has more letters than a person wants to see. */
const maxFound = 20;

async function find(stage: Stage, id: string) {
  const [sqs, queueUrl] = [await stage.sqs(), await stage.deadLetterQueueUrl()];
  const { visible, inFlight: hidden } = await readDepth(sqs, queueUrl);
  const progress = startProgress({ unit: 'dead letter', total: visible || undefined });
  const ids = idsOf([id]);
  const letters: DeadLetter[] = [];
  const found = new AbortController();
  let looked = 0;
  const isComplete = await untilInterrupted('Stopping; making the letters visible again …', (stop) =>
    browseDeadLetters({ sqs, queueUrl, signal: AbortSignal.any([stop, found.signal]) }, (letter) => {
      progress.update(++looked);
      if (!matches(letter, { ids })) return;
      letters.push(letter);
      // A message id is that of one letter.
      if (letter.messageId === id || letters.length >= maxFound) found.abort();
    }),
  ).finally(() => progress.stop());
  return { letters, isComplete, hidden };
}

function notFound(isComplete: boolean, hidden: number): CliError {
  if (!isComplete) return new CliError(exitCodes.interrupted, 'Interrupted: none was found so far.');
  const text = ['No dead letter has this id.', hiddenText(hidden)].filter(Boolean).join(' ');
  return new CliError(exitCodes.unknown, text);
}
