/** The time of a conversion: from the forms that callers use to whole Unix seconds in UTC, as TikTok wants. */
import { readTime } from '../../time/read-time.ts';
import type { FieldParser } from '../field.ts';

const secondsPerDay = 86_400;
/** TikTok matches and reports nothing older (its longest attribution window). */
const maxAgeSeconds = 28 * secondsPerDay;
/** Beyond a week TikTok's view-through window is over: the event is accepted with a warning. */
const doubtfulAgeSeconds = 7 * secondsPerDay;
/** Tolerance for clocks that run ahead. */
export const maxAheadSeconds = 600;

export const parseEventTime: FieldParser<string | number, number> = (value, context, field) => {
  const reading = readTime(value);
  if ('problem' in reading) return context.reject('invalid_time', reading.problem, field);
  const seconds = Math.floor(reading.ms / 1000);
  const age = context.receivedAtMs / 1000 - seconds;
  if (age > maxAgeSeconds)
    return context.reject('too_old', 'older than 28 days: TikTok does not match it any more', field);
  if (age < -maxAheadSeconds)
    return context.reject('in_future', 'more than 10 minutes ahead: check the clock and the zone', field);
  if (age > doubtfulAgeSeconds)
    context.warn('old_event', 'older than 7 days: TikTok may not attribute it', field);
  return seconds;
};
