/**
 * What a replayed message carries beside its body, as one message attribute: how often it was replayed, when and why. The
 * consumer copies it to the dead letter, so that a letter that comes back for the same reason is recognized.
 */

/** The name of the attribute. SQS takes ten of them on a message; a dead letter has seven others. */
export const replayAttribute = 'replayed';

/** Times are Unix milliseconds. */
export interface ReplayMark {
  /** From 1. */
  readonly count: number;
  /** The last time. */
  readonly atMs: number;
  /** Why it was parked before that. */
  readonly reason: string;
  /** When delivery was first tried: a replay is a new message to SQS, which forgets that. */
  readonly firstSentAtMs: number;
}

const longestReason = 64;

/** @returns the reason in the form that a mark has: letters, digits and `_` only */
export const markedReason = (reason: string): string =>
  reason
    .toLowerCase()
    .replaceAll(/[^a-z0-9_]/g, '_')
    .replace(/^(?![a-z])/, 'r')
    .slice(0, longestReason);

const form = /^([1-9]\d{0,5}) (\S{1,32}) ([a-z][a-z0-9_]{0,63}) (\S{1,32})$/;

/** @returns such as `2 2026-11-26T20:00:00.000Z tiktok_40002 2026-11-25T08:00:00.000Z` */
export function encodeReplay({ count, atMs, reason, firstSentAtMs }: ReplayMark): string {
  const words = [
    count,
    new Date(atMs).toISOString(),
    markedReason(reason),
    new Date(firstSentAtMs).toISOString(),
  ];
  return words.join(' ');
}

/** @returns undefined for any other text: producers can write attributes, too */
export function decodeReplay(text: string | undefined): ReplayMark | undefined {
  const [, count, at = '', reason, first = ''] = form.exec(text ?? '') ?? [];
  const [atMs, firstSentAtMs] = [Date.parse(at), Date.parse(first)];
  if (reason === undefined || Number.isNaN(atMs) || Number.isNaN(firstSentAtMs)) return undefined;
  return { count: Number(count), atMs, reason, firstSentAtMs };
}
