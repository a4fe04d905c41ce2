/** The time of a conversion: from the forms that callers use to whole Unix seconds in UTC, as TikTok wants. */
import type { FieldParser } from '../field.ts';

const secondsPerDay = 86_400;
/** TikTok matches and reports nothing older (its longest attribution window). */
const maxAgeSeconds = 28 * secondsPerDay;
/** Beyond a week TikTok's view-through window is over: the event is accepted with a warning. */
const doubtfulAgeSeconds = 7 * secondsPerDay;
/** Tolerance for clocks that run ahead. */
const maxAheadSeconds = 600;

/** Unix seconds stay below this until the year 5138; milliseconds have been above it since 1973. */
const smallestMilliseconds = 100_000_000_000;

const isoWithOffset = /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(:\d\d(\.\d{1,9})?)?([Zz]|[+-]\d\d:?\d\d)$/;
const wholeNumber = /^\d{1,16}$/;

export const parseEventTime: FieldParser<string | number, number> = (value, context, field) => {
  const seconds = toUnixSeconds(value);
  if (seconds === undefined) {
    const remedy = 'expected Unix seconds or milliseconds, or ISO 8601 with Z or an offset';
    return context.reject('invalid_time', remedy, field);
  }
  const age = context.receivedAtMs / 1000 - seconds;
  if (age > maxAgeSeconds)
    return context.reject('too_old', 'older than 28 days: TikTok does not match it any more', field);
  if (age < -maxAheadSeconds)
    return context.reject('in_future', 'more than 10 minutes ahead: check the clock and the zone', field);
  if (age > doubtfulAgeSeconds)
    context.warn('old_event', 'older than 7 days: TikTok may not attribute it', field);
  return seconds;
};

/**
 * @param value Unix seconds or milliseconds (number, or digits in a text), or ISO 8601 with an offset
 * @returns whole Unix seconds; undefined when the value is none of these
 */
export function toUnixSeconds(value: string | number): number | undefined {
  if (typeof value === 'number') return fromNumber(value);
  const text = value.trim();
  if (wholeNumber.test(text)) return fromNumber(Number(text));
  if (!isoWithOffset.test(text) || !isCalendarDay(text.slice(0, 10))) return undefined;
  // Rewritten to the one form that the standard guarantees.
  const milliseconds = Date.parse(
    text
      .toUpperCase()
      .replace(' ', 'T')
      .replace(/(\d\d)(\d\d)$/, '$1:$2'),
  );
  return Number.isNaN(milliseconds) ? undefined : Math.floor(milliseconds / 1000);
}

/** Date.parse reads 30 February as 2 March: a day that does not exist is an error. */
function isCalendarDay(day: string): boolean {
  const parsed = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(parsed) && new Date(parsed).toISOString().startsWith(day);
}

function fromNumber(value: number): number | undefined {
  if (value < 0 || value > Number.MAX_SAFE_INTEGER) return undefined;
  return Math.floor(value >= smallestMilliseconds ? value / 1000 : value);
}
