/**
 * Events that wait, by destination and reason, with TikTok's last answer and since when. The journal says it; on this
 * machine also the sandbox, and for a deployed stage also its metrics, which need fewer rights.
 */
import { readDepth } from '../../../lib/queue/queue-depth.ts';
import { CliError } from '../../errors/cli-error.ts';
import { isDenied } from '../../errors/denied.ts';
import { explainError, isAwsRefusal } from '../../errors/explain-error.ts';
import { reasonWords } from '../../held/reason-words.ts';
import { isTokenReason, remedyFor } from '../../held/remedy.ts';
import { type JournalState, readWaiting, type Waiting } from '../../held/waiting.ts';
import { waitingInSandbox } from '../../held/waiting-in-sandbox.ts';
import { sandboxRequests } from '../../stage/sandbox.ts';
import { hasSandbox } from '../../stage/tiktok-api-url.ts';
import { commandLine } from '../../terminal/command-line.ts';
import { durationText } from '../../terminal/duration-text.ts';
import { shortTime } from '../../terminal/local-time.ts';
import { plural } from '../../terminal/plural.ts';
import type { DoctorCheck, DoctorContext } from '../context.ts';
import { caused, type Finding, fine, problem, unchecked, warning } from '../finding.ts';
import { readTokenState } from '../token-state.ts';
import { recentCount } from './cloudwatch-facts.ts';

const subject = 'held events';
/** An event that waits has one line for each attempt: the window is longer than the longest pause between two. */
const shortestWindowMs = 15 * 60_000;
const slackMs = 5 * 60_000;

export const checkHeld: DoctorCheck = async (context) => {
  const read = await readJournal(context);
  const unread = 'level' in read ? [read] : [];
  const state = 'level' in read ? { waiting: [], hasLines: false } : read;
  const waiting = state.waiting.length > 0 ? state.waiting : await fromSandbox(context);
  if (waiting.length > 0)
    return [...unread, ...(await Promise.all(waiting.map((group) => describe(group, context))))];
  if (context.stage.isLocal || state.hasLines) return [fine(subject, 'No event waits for another attempt.')];
  return [...unread, ...(await fromMetrics(context))];
};

const rights = 'See docs/cli.md#doctor for the rights that this command needs. The metrics say less.';

/** @returns what the journal says, or why a deployed stage's cannot be read */
async function readJournal(context: DoctorContext): Promise<JournalState | Finding> {
  const { now, signal } = context;
  try {
    const { longestStepSeconds = 0 } = await context.settings();
    const windowMs = Math.max(shortestWindowMs, longestStepSeconds * 1000 + slackMs);
    const toMs = now();
    return await readWaiting(await context.journal(), { fromMs: toMs - windowMs, toMs }, signal);
  } catch (error) {
    const cause = error instanceof CliError ? (error.cause ?? error) : error;
    if (isDenied(cause)) return unchecked('journal', explainError(error), rights);
    if (isAwsRefusal(cause)) throw error;
    // A stage without logs yet, or an older gateway of `npm start`: the sandbox and the metrics say the same.
    return { waiting: [], hasLines: false };
  }
}

async function fromSandbox({ stage, settings }: DoctorContext): Promise<readonly Waiting[]> {
  if (!(await hasSandbox(stage))) return [];
  const { visible, inFlight, delayed } = await readDepth(await stage.sqs(), await stage.queueUrl());
  const requests = await sandboxRequests(await stage.apiUrl(), 1_000);
  return waitingInSandbox(requests, (await settings()).destinations, visible + inFlight + delayed);
}

async function describe(waiting: Waiting, context: DoctorContext): Promise<Finding> {
  const { destination = 'default', reason, outcome } = waiting;
  const { stage, now } = context;
  const inShort = waitingText(waiting, now());
  const text = `${inShort} ${reasonWords(reason, waiting.detail, waiting.requestId)}`;
  if (isTokenReason(reason) && (await isAccepted(context, destination)))
    return warning(
      subject,
      `${text} TikTok accepts the stored token: the events go out at their next attempt.`,
      `Look again then: ${commandLine(`doctor --stage ${stage.name}`)}.`,
    );
  const found = outcome === 'hold' ? problem : warning;
  const faults = stage.isLocal
    ? ` If it is a fault of the sandbox, end it: \`curl -X DELETE ${await stage.apiUrl()}/_sandbox/faults\`.`
    : '';
  const remedy = `${remedyFor(waiting, stage.name, destination)}${faults}`;
  return { ...caused(`${destination} ${reason}`, found(subject, text, remedy)), inShort };
}

const isAccepted = async (context: DoctorContext, destination: string): Promise<boolean> =>
  readTokenState(context, destination).then(
    ({ kind }) => kind === 'accepted',
    () => false,
  );

function waitingText(waiting: Waiting, nowMs: number): string {
  const { destination, outcome, count, sinceMs, isOlder, nextAttemptMs } = waiting;
  const verb = outcome === 'hold' ? 'held' : 'retried';
  const be = count === 1 ? 'is' : 'are';
  const since = `${isOlder ? 'before ' : ''}${shortTime(sinceMs, nowMs)} (${isOlder ? 'more than ' : ''}${durationText(nowMs - sinceMs)})`;
  const whose = destination === undefined ? '' : ` of destination ${destination}`;
  const next =
    nextAttemptMs === undefined || nextAttemptMs <= nowMs
      ? ''
      : ` Next attempt in ${durationText(nextAttemptMs - nowMs)}.`;
  return `${plural(count, 'event')}${whose} ${be} ${verb} since ${since}.${next}`;
}

async function fromMetrics({ stage, now }: DoctorContext): Promise<readonly Finding[]> {
  const count = (name: string) => recentCount(stage, name, now());
  const [held, retried, delivered] = await Promise.all(
    ['EventsHeld', 'EventsRetried', 'EventsDelivered'].map(count),
  );
  return [judge(held ?? 0, retried ?? 0, delivered ?? 0)];
}

const remedy =
  'The log of the function deliver has the reason: docs/operations.md#held-events. Held events go out by themselves once the cause is gone.';

function judge(held: number, retried: number, delivered: number): Finding {
  const text = `In the last 15 minutes ${delivered} events were delivered, ${held} attempts held, ${retried} to be retried.`;
  if (held + retried === 0) return fine(subject, text);
  if (delivered === 0) return problem(subject, `${text} Nothing gets through.`, remedy);
  if (held > 0 || retried > delivered) return warning(subject, text, remedy);
  return fine(subject, text);
}
