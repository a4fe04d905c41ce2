/** `dead-letters list` and `dead-letters replay`: what was parked and why, and back into the queue with it. */
import { Command } from '@commander-js/extra-typings';
import { confirmChange } from '../confirm.ts';
import { browseDeadLetters } from '../dead-letters/browse.ts';
import { type LetterFilter, matches } from '../dead-letters/letter-filter.ts';
import { type LetterLine, letterText, toLine } from '../dead-letters/letter-report.ts';
import { readDepth } from '../dead-letters/queue-depth.ts';
import { replayDeadLetters } from '../dead-letters/replay.ts';
import { replayText } from '../dead-letters/replay-text.ts';
import { exitCodes } from '../exit-codes.ts';
import { showResult } from '../output.ts';
import { parseCount, parseDuration, parseRate } from '../parse-options.ts';
import { startProgress } from '../progress.ts';
import { openStage } from '../stage.ts';
import { type SharedOptions, stageCommand } from '../stage-command.ts';
import { untilInterrupted } from '../until-interrupted.ts';

interface FilterOptions extends SharedOptions {
  readonly reason?: string | undefined;
  readonly destination?: string | undefined;
  readonly olderThan?: number | undefined;
}

const filterCommand = (name: string, summary: string, examples: readonly string[]) =>
  stageCommand(name, summary, examples)
    .option('--reason <code>', 'only those parked for this reason, such as tiktok_40002')
    .option('--destination <name>', 'only those of this destination')
    .option('--older-than <duration>', 'only those parked at least so long ago, such as 36h', parseDuration);

export function deadLettersCommand(): Command {
  return new Command('dead-letters')
    .description('Look at parked messages, and put them back')
    .addCommand(listCommand())
    .addCommand(replayCommand()) as Command;
}

function listCommand() {
  return filterCommand('list', 'Show what was parked, why and when', [
    'dead-letters list',
    'dead-letters list --stage prod --reason tiktok_40002 --json',
  ])
    .option('--limit <number>', 'lines to show at most', parseCount, 100)
    .option('--show-body', 'show the messages themselves: they hold personal data')
    .action(list);
}

interface ListOptions extends FilterOptions {
  readonly limit: number;
  readonly showBody?: true | undefined;
}

async function list(options: ListOptions): Promise<void> {
  const stage = openStage(options);
  const [sqs, queueUrl] = [await stage.sqs(), await stage.deadLetterQueueUrl()];
  const { visible } = await readDepth(sqs, queueUrl);
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
    complete,
    oldest_age_seconds: seen.count > 0 ? seen.oldest : null,
    reasons: seen.reasons,
    dead_letters: seen.lines.toSorted((a, b) => b.age_seconds - a.age_seconds),
  };
  showResult(options.json === true, report, () => letterText(report));
  if (!complete) process.exitCode = exitCodes.interrupted;
}

function replayCommand() {
  return filterCommand('replay', 'Put parked messages back into the queue', [
    'dead-letters replay --reason tiktok_40002',
    'dead-letters replay --stage prod --older-than 1h --limit 100 --rate 20 --yes',
  ])
    .option('--limit <number>', 'messages at most', parseCount)
    .option('--rate <number>', 'messages a second', parseRate, 100)
    .option(
      '--include-unknown',
      'also messages that TikTok may have taken more than 48 hours ago: they may count twice',
    )
    .option('--renew', 'give messages that have expired another 47 hours')
    .action(replay);
}

interface ReplayOptions extends FilterOptions {
  readonly limit?: number | undefined;
  readonly rate: number;
  readonly includeUnknown?: true | undefined;
  readonly renew?: true | undefined;
}

async function replay(options: ReplayOptions): Promise<void> {
  const stage = openStage(options);
  const [sqs, queueUrl] = [await stage.sqs(), await stage.queueUrl()];
  const deadLetterQueueUrl = await stage.deadLetterQueueUrl();
  const { visible } = await readDepth(sqs, deadLetterQueueUrl);
  const limit = options.limit ?? Number.POSITIVE_INFINITY;
  const count = Math.min(limit, visible);
  await confirmChange({
    isLoopback: stage.isLocal,
    yes: options.yes === true,
    action: `put up to ${count} dead letters of stage ${stage.name} back into its queue`,
  });
  const progress = startProgress({ unit: 'messages', total: count || undefined });
  const report = await untilInterrupted('Stopping after the messages in hand …', (signal) =>
    replayDeadLetters({
      sqs,
      queueUrl,
      deadLetterQueueUrl,
      filter: filterOf(options),
      limit,
      rate: options.rate,
      includeUnknown: options.includeUnknown === true,
      renew: options.renew === true,
      signal,
      onProgress: progress.update,
    }),
  ).finally(() => progress.stop());
  showResult(options.json === true, report, () => replayText(report));
  process.exitCode = report.interrupted
    ? exitCodes.interrupted
    : report.left.not_sent + report.still_there > 0
      ? exitCodes.failed
      : exitCodes.ok;
}

const filterOf = ({ reason, destination, olderThan }: FilterOptions): LetterFilter => ({
  reason,
  destination,
  olderThanMs: olderThan,
});
