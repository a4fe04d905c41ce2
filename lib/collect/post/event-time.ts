/**
 * When an event happened. Only the browser knows, and its clock can be wrong by years, so its times are never taken as they
 * are: an implausible one becomes the time of receipt, and never costs the event.
 */
import { maxAheadSeconds } from '../../events/fields/parsers/time.ts';
import { readTime } from '../../events/time/read-time.ts';
import { lifetimeMs } from '../../queue/message.ts';

/**
 * The difference of two readings of one clock is right even where the clock is not, so with `sentAt` only the age counts.
 * An age above 47 h is taken for a change of the clock: TikTok drops a second copy within 48 h only.
 * @param calledAt when the page made the call, in Unix milliseconds by the browser's clock: anything
 * @param sentAt when the browser sent the request, by the same clock: anything
 * @returns Unix milliseconds, at most `receivedAtMs`
 */
export function happenedAtMs(calledAt: unknown, sentAt: unknown, receivedAtMs: number): number {
  if (!isTime(calledAt)) return receivedAtMs;
  const age = (isTime(sentAt) ? sentAt : receivedAtMs) - calledAt;
  // Without `sentAt`, a clock that runs a little ahead makes the age negative.
  return age > 0 && age <= lifetimeMs ? receivedAtMs - age : receivedAtMs;
}

const isTime = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);

/** @param time the `event_time` of an event in the form of the API; a text that is no time stays for the decoder to judge */
export function isPlausible(time: unknown, receivedAtMs: number): boolean {
  if (typeof time !== 'number' && typeof time !== 'string') return true;
  const reading = readTime(time);
  if ('problem' in reading) return true;
  const age = receivedAtMs - reading.ms;
  return age >= -maxAheadSeconds * 1000 && age <= lifetimeMs;
}
