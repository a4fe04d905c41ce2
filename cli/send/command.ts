/** `send`: checks one event from flags, a file or standard input, posts it, and follows it with --wait. */
import { Option } from 'commander';
import { createEventCheck } from '../../lib/rows/check-event.ts';
import { CliError, unavailable } from '../errors/cli-error.ts';
import { exitCodes } from '../errors/exit-codes.ts';
import { type PostError, postEvents, type Receipt } from '../gateway/post-events.ts';
import { knownRules } from '../gateway/stage-rules.ts';
import { reasonWords } from '../held/reason-words.ts';
import { openStage, type Stage } from '../stage/stage.ts';
import { apiCommand, type SharedOptions } from '../stage/stage-command.ts';
import { commandLine } from '../terminal/command-line.ts';
import { confirmChange } from '../terminal/confirm.ts';
import { durationText } from '../terminal/duration-text.ts';
import { endWith } from '../terminal/io.ts';
import { note, printable, showResult } from '../terminal/output.ts';
import { parseCount } from '../terminal/parse-options.ts';
import { untilInterrupted } from '../terminal/until-interrupted.ts';
import { addEventFlags, eventFromFlags, requestGroup } from './event-flags.ts';
import type { DeliveryResult } from './follow-event.ts';
import { readEventFile } from './read-event-file.ts';

interface SendOptions extends SharedOptions {
  readonly file?: string | undefined;
  readonly wait?: true | undefined;
  readonly waitSeconds: number;
  readonly strict?: true | undefined;
}

export function sendCommand() {
  const command = apiCommand('send', 'Send one event and show its receipt', [
    'send --event-name Purchase --event-id order-1001 --email ada@example.com --value 20 --currency USD --wait',
    'send --file event.json --stage prod',
    'send --file - < event.json',
  ])
    .option('-f, --file <file>', 'JSON of the event; - is standard input. Flags override its fields')
    .option('--strict', 'reject the event if the gateway would leave out a value that it cannot use')
    .option('-w, --wait', 'follow the event until it is delivered or parked')
    .option('--wait-seconds <seconds>', 'how long to follow it', parseCount, 180);
  for (const option of command.options) option.helpGroup(requestGroup);
  command.addHelpOption(new Option('-h, --help', 'display help for command').helpGroup(requestGroup));
  addEventFlags(command);
  return command.action((options) => send(options));
}

async function send(options: SendOptions): Promise<void> {
  const stage = openStage(options);
  const event = {
    ...(options.file === undefined ? {} : await readEventFile(options.file)),
    ...eventFromFlags({ ...options }),
  };
  const isJson = options.json === true;
  const isStrict = options.strict === true;
  const check = createEventCheck({ rules: await knownRules(stage), now: Date.now, isStrict });
  const checked = check(event);
  if (!checked.ok) return showRejection(isJson, checked.errors);

  const isLoopback = await stage.isOnThisMachine();
  await confirmChange({
    isLoopback,
    yes: options.yes === true,
    action: `send this event to stage ${stage.name}`,
  });
  const receipt = await post(stage, event, isStrict);
  if (receipt.status === 'rejected') return showRejection(isJson, receipt.errors);
  if (receipt.status === 'retry') throw unavailable('The event could not be queued: retry.');
  const fate = options.wait === true ? await follow(stage, receipt.event_id, options) : undefined;
  showResult(isJson, { ...receipt, ...(fate && { fate }) }, () => describe(receipt, fate, stage.name));
  endWith(exitCodeOf(fate));
}

async function post(stage: Stage, event: unknown, isStrict: boolean): Promise<Receipt> {
  const gateway = { url: await stage.apiUrl(), key: await stage.apiKey(), isStrict };
  const answer = await postEvents(gateway, JSON.stringify(event));
  if (answer.kind === 'receipts' && answer.receipts[0] !== undefined) return answer.receipts[0];
  if (answer.kind === 'rejected')
    return { index: 0, status: 'rejected', errors: answer.errors.map(({ index: _, ...error }) => error) };
  if (answer.kind === 'refused')
    throw unavailable(`The gateway refused the request (HTTP ${answer.status}): ${printable(answer.detail)}`);
  const reason = answer.kind === 'later' ? answer.reason : 'no receipt';
  throw unavailable(
    `The gateway did not accept the event (${reason}): is it running? Sending again is safe.`,
  );
}

function showRejection(isJson: boolean, errors: readonly PostError[]): void {
  showResult(isJson, { status: 'rejected', errors }, () =>
    [
      'Rejected:',
      ...errors.map(({ field, code, message }) => `  ${field || 'event'}: ${message} (${code})`),
    ].join('\n'),
  );
  endWith(exitCodes.failed);
}

async function follow(stage: Stage, eventId: string, { waitSeconds }: SendOptions): Promise<DeliveryResult> {
  note(`Accepted as ${printable(eventId)}; waiting for its delivery …`);
  const { followEvent } = await import('./follow-event.ts');
  try {
    return await untilInterrupted('Not waiting any longer.', (signal) =>
      followEvent(stage, eventId, { waitMs: waitSeconds * 1000, now: Date.now, signal }),
    );
  } catch (error) {
    throw new CliError(
      exitCodes.unknown,
      'The event is accepted, but its queues cannot be read, so its delivery is unknown.',
      { cause: error },
    );
  }
}

function describe(
  receipt: Extract<Receipt, { status: 'accepted' }>,
  fate: DeliveryResult | undefined,
  stage: string,
): string {
  const warnings = receipt.warnings.map(({ field, message }) => `  Warning, ${field}: ${message}`);
  return [
    `Accepted: ${printable(receipt.event_id)}`,
    ...warnings,
    ...(fate ? [describeFate(fate, stage)] : []),
  ].join('\n');
}

function describeFate(fate: DeliveryResult, stage: string): string {
  if (fate.outcome === 'parked') {
    return `Parked: ${printable(fate.reason)}${fate.detail ? ` (${printable(fate.detail)})` : ''}`;
  }
  if (fate.outcome === 'unknown')
    return `Not known yet: ${whyText(fate)} Look again with ${commandLine(`dead-letters list --stage ${stage}`)} and ${commandLine(`doctor --stage ${stage}`)}.`;
  return fate.certainty === 'seen'
    ? 'Delivered.'
    : 'Probably delivered: the queue is empty and no dead letter is this event.';
}

function whyText({ why, waiting }: Extract<DeliveryResult, { outcome: 'unknown' }>): string {
  if (why === undefined) return `${waiting} waiting in the queue.`;
  const { outcome, reason, detail, nextAttemptMs, requestId } = why;
  const leftMs = nextAttemptMs === undefined ? 0 : nextAttemptMs - Date.now();
  const next = leftMs > 0 ? ` Next attempt in ${durationText(leftMs)}.` : '';
  return `the event is ${outcome === 'hold' ? 'held' : 'retried'}. ${reasonWords(reason, detail, requestId)}${next}`;
}

function exitCodeOf(fate: DeliveryResult | undefined): number {
  if (fate?.outcome === 'parked') return exitCodes.failed;
  return fate?.outcome === 'unknown' ? exitCodes.unknown : exitCodes.ok;
}
