/** The calls of a run by group: the first call sends all messages of one destination and test code, further ones send parts. */
import { meaningOf, tiktokCode } from '../../../../../lib/tiktok/codes.ts';
import type { ReportedCall, RunReport } from '../../run-report.ts';

export type CallsOfGroup = readonly [ReportedCall, ...ReportedCall[]];

const known = new WeakMap<RunReport, readonly CallsOfGroup[]>();

/** @returns nothing for a run in which an event comes twice: its messages cannot be told apart at TikTok */
export function groupsOf(report: RunReport): readonly CallsOfGroup[] {
  const groups = known.get(report) ?? divide(report);
  known.set(report, groups);
  return groups;
}

function divide({ records, calls }: RunReport): readonly CallsOfGroup[] {
  if (new Set(records.map(({ key }) => key)).size < records.length) return [];
  const groups: [ReportedCall, ...ReportedCall[]][] = [];
  for (const call of calls) {
    // Every group of a destination gets its first call before one of them is isolated.
    const group = groups.find(([first]) => isPartOf(call, first));
    if (group === undefined) groups.push([call]);
    else group.push(call);
  }
  return groups;
}

const isPartOf = ({ destination, testCode, keys }: ReportedCall, whole: ReportedCall): boolean =>
  destination === whole.destination &&
  testCode === whole.testCode &&
  keys.every((key) => whole.keys.includes(key));

/**
 * What an answer is about: the content of an event, the size of the call, the token, or a setting. A limit is about nothing in
 * the call; after a doubtful answer, nobody knows.
 */
export type Subject = 'delivered' | 'content' | 'size' | 'token' | 'hold' | 'limit' | 'doubt';

/** From this receive on, TikTok's request to try again later counts as a refusal. */
export const refusedLaterFrom = 5;

/** @param fewestReceives of the messages of the call */
export function subjectOf(call: ReportedCall, fewestReceives: number): Subject {
  const { reason, isDelivered, isSent, setting } = call;
  if (isDelivered) return 'delivered';
  if (!isSent || reason === 'http_429') return 'limit';
  if (reason === 'http_413') return 'size';
  const code = tiktokCode(reason);
  if (code === undefined) return reason === 'http_404' ? 'hold' : 'doubt';
  const meaning = meaningOf(code);
  if (meaning === 'busy') return 'limit';
  if (meaning === 'hold' || meaning === 'token') return meaning;
  if (!meaning.startsWith('reject')) return 'doubt';
  if (setting !== undefined) return 'hold';
  return meaning === 'reject_later' && fewestReceives < refusedLaterFrom ? 'doubt' : 'content';
}

/** @returns the receives of the messages of a call */
export function receivesOf({ keys }: ReportedCall, { records }: RunReport): number[] {
  return records.filter(({ key }) => keys.includes(key)).map(({ receives }) => receives);
}
