/**
 * The 47 h rule: an event is sent only while its payment is younger than 47 hours. TikTok drops a copy within 48 h of
 * the first, so nothing counts twice even when a platform repeats a delivery for weeks, and no database is needed.
 */
import { lifetimeMs } from '../../queue/message.ts';

export const freshSeconds = lifetimeMs / 1000;
const daySeconds = 24 * 3600;

/** @returns the end of the time in which an event may be sent, in Unix milliseconds */
export const notAfterMs = (happenedAt: number): number => (happenedAt + freshSeconds) * 1000;

/** @param happenedAt Unix seconds @param nowMs Unix milliseconds */
export const isStale = (happenedAt: number, nowMs: number): boolean => nowMs >= notAfterMs(happenedAt);

/**
 * @returns when the order was placed, or when it was paid if that was more than a day later; Unix seconds
 * @param startedAt Unix seconds; undefined when the platform does not say
 */
export function conversionTime(startedAt: number | undefined, paidAt: number): number {
  if (startedAt === undefined || paidAt - startedAt > daySeconds) return paidAt;
  return startedAt;
}

/** A shop's clock may run ahead of ours, and TikTok would refuse an event from the future. */
export const notInFuture = (seconds: number, nowMs: number): number =>
  Math.min(seconds, Math.floor(nowMs / 1000));
