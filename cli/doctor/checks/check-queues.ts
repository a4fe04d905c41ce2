/** The queues: the number and age of waiting events, and the dead letters by reason, each with a remedy. */

import { readDepth } from '../../../lib/queue/queue-depth.ts';
import { browseDeadLetters } from '../../dead-letters/browse.ts';
import { hiddenText } from '../../dead-letters/letter-report.ts';
import { commandLine } from '../../terminal/command-line.ts';
import { durationText } from '../../terminal/duration-text.ts';
import { printable } from '../../terminal/output.ts';
import { plural } from '../../terminal/plural.ts';
import type { DoctorCheck } from '../context.ts';
import { type Finding, fine, warning } from '../finding.ts';
import { oldestMessageMs } from './cloudwatch-facts.ts';

const lateMs = 15 * 60_000;

export const checkQueue: DoctorCheck = async ({ stage, now }) => {
  const { visible, inFlight, delayed } = await readDepth(await stage.sqs(), await stage.queueUrl());
  const ageMs = await oldestMessageMs(stage, now());
  const age = ageMs === undefined ? '' : `, the oldest for ${durationText(ageMs)}`;
  const text = `${plural(visible + delayed, 'event')} wait, ${inFlight} are being sent or wait for their next attempt${age}.`;
  if ((ageMs ?? 0) < lateMs && inFlight < 80_000) return [fine('queue', text)];
  return [
    warning(
      'queue',
      text,
      'Look at the token and at TikTok above: events come back while either is out of order, and go out by themselves afterwards. See docs/operations.md#queue-age-warning.',
    ),
  ];
};

/** The reasons show long before this many letters, so the rest is not read. */
const maxLetters = 2_000;

export const checkDeadLetters: DoctorCheck = async ({ stage, signal }) => {
  const [sqs, queueUrl] = [await stage.sqs(), await stage.deadLetterQueueUrl()];
  const { inFlight: hidden } = await readDepth(sqs, queueUrl);
  const reasons = new Map<string, number>();
  const isWhole = await browseDeadLetters({ sqs, queueUrl, signal, maxLetters }, ({ reason }) =>
    reasons.set(reason, (reasons.get(reason) ?? 0) + 1),
  );
  if (reasons.size === 0) return [fine('dead letters', hiddenText(hidden) || 'There are none.')];
  const found = [...reasons].toSorted(([, a], [, b]) => b - a);
  return found.map(([reason, count]): Finding => {
    const number = isWhole ? `${count}` : `${count} or more`;
    return warning(
      'dead letters',
      `${number} parked as ${printable(reason, 64)}.`,
      remedyFor(reason, stage.name),
    );
  });
};

function remedyFor(reason: string, stage: string): string {
  const list = commandLine(`dead-letters list --stage ${stage}`);
  const replay = `Then put them back: ${commandLine(`dead-letters replay --stage ${stage}`)}.`;
  if (reason === 'invalid_event')
    return `Fields are missing or wrong: each event needs event_name and a field that identifies the person, such as email or hashed_email. ${list} names the fields; check the mapping.`;
  if (reason === 'undecodable')
    return `A producer writes something other than events to the queue: ${list} shows which. See docs/pipelines.md.`;
  if (reason === 'expired')
    return `They waited longer than 47 hours. Fix what held them up. ${commandLine(`dead-letters replay --stage ${stage} --renew`)} puts back those that TikTok refused.`;
  if (reason === 'exhausted')
    return `The consumer crashed on them repeatedly: docs/operations.md#deliver-errors. ${replay}`;
  if (reason === 'not_queued')
    return `EventBridge or SNS could not put them into the queue: fix the policy of the queue or of its key. ${replay}`;
  if (/^tiktok_(401|4011)/.test(reason))
    return `TikTok refused the token: connect again with ${commandLine(`connect --stage ${stage}`)}. ${replay}`;
  if (reason === 'tiktok_40001')
    return `The account may not report to the pixel: ask for Operator or Admin. ${replay}`;
  if (reason.startsWith('tiktok_'))
    return `TikTok refused them for their content, or for the pixel code: ${list} names the fields. Fix the source; the pixel code is in the stage file. ${replay}`;
  return `${list} says more. ${replay}`;
}
