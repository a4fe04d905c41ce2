/**
 * The 47 h rule: an event is sent only in the 47 hours after its order was placed. TikTok drops a copy within 48 h of
 * the first, so nothing counts twice even when a platform repeats a delivery for weeks, and no database is needed.
 */
import { readPlatformTime } from '../../payload/time.ts';
import type { Payload } from '../../payload/values.ts';
import { lifetimeMs } from '../../queue/message.ts';
import { type SkippedWebhook, skip } from '../webhook-outcome.ts';

export const freshSeconds = lifetimeMs / 1000;
const daySeconds = 24 * 3600;

/** Unix seconds; undefined for a time that the platform does not give. */
export interface SaleTimes {
  readonly placedAt: number | undefined;
  /** Of the payment, or of the step that makes the order a conversion. */
  readonly paidAt?: number | undefined;
}

export interface Fresh {
  readonly kind: 'fresh';
  /** When the order was placed, or paid if that was more than a day later; Unix seconds. */
  readonly happenedAt: number;
  /** The end of the time in which the event may be sent, in Unix milliseconds. */
  readonly notAfterMs: number;
}

/**
 * @param latePayment `skip` counts the 47 hours from the order and leaves out payments that came later: the pixel
 * counted the order when it was placed. `send` counts them from the payment.
 */
export function judgeAge(
  { placedAt, paidAt }: SaleTimes,
  latePayment: 'skip' | 'send',
  nowMs: number,
): Fresh | SkippedWebhook {
  const paid = paidAt ?? placedAt;
  const placed = placedAt ?? paidAt;
  if (paid === undefined || placed === undefined) return skip('no_time');
  if (latePayment === 'skip' && paid - placed > freshSeconds) return skip('late_payment', 'latePayment');
  const from = latePayment === 'send' ? paid : placed;
  if (isStale(from, nowMs)) return skip('stale');
  return {
    kind: 'fresh',
    happenedAt: notInFuture(conversionTime(placed, paid), nowMs),
    notAfterMs: notAfterMs(notInFuture(from, nowMs)),
  };
}

/**
 * @param fields names of fields with a time
 * @returns a skip that names the first field whose value is there and cannot be read; an event without it would be dated now
 */
export function skipUnreadableTime(
  body: Payload,
  fields: readonly string[],
  nowMs: number,
): SkippedWebhook | undefined {
  const unreadable = fields.find((field) => isUnreadableTime(body[field], nowMs));
  return unreadable === undefined ? undefined : skip('no_time', unreadable);
}

/** @returns true for a value that is no time, or one that no clock running ahead explains; false for none */
export function isUnreadableTime(value: unknown, nowMs: number): boolean {
  const time = readPlatformTime(value);
  return time !== 'absent' && ('problem' in time || time.seconds > nowMs / 1000 + daySeconds);
}

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
