/** The moment of a conversion: reads the forms callers use, gives whole Unix seconds in UTC, as TikTok wants. */

const secondsPerDay = 86_400;
/** TikTok matches and reports nothing older (its longest attribution window). */
export const maxAgeSeconds = 28 * secondsPerDay;
/** Beyond a week TikTok's view-through window is over: the event is taken, the caller is warned. */
export const doubtfulAgeSeconds = 7 * secondsPerDay;
/** Room for clocks that run ahead. */
export const maxAheadSeconds = 600;

/** Unix seconds stay below this until the year 5138; milliseconds have been above it since 1973. */
const smallestMilliseconds = 100_000_000_000;

const isoWithOffset = /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(:\d\d(\.\d{1,9})?)?([Zz]|[+-]\d\d:?\d\d)$/;
const wholeNumber = /^\d{1,16}$/;

/**
 * @param value Unix seconds or milliseconds (number, or digits in a text), or ISO 8601 with an offset
 * @returns whole Unix seconds; undefined when the value is none of these
 */
export function toUnixSeconds(value: string | number): number | undefined {
  if (typeof value === 'number') return fromNumber(value);
  const text = value.trim();
  if (wholeNumber.test(text)) return fromNumber(Number(text));
  if (!isoWithOffset.test(text) || !isCalendarDay(text.slice(0, 10))) return undefined;
  // Node reads most of these forms as they are; the standard promises it for one only.
  const milliseconds = Date.parse(
    text
      .toUpperCase()
      .replace(' ', 'T')
      .replace(/(\d\d)(\d\d)$/, '$1:$2'),
  );
  return Number.isNaN(milliseconds) ? undefined : Math.floor(milliseconds / 1000);
}

/** Date.parse takes 30 February for 2 March: a day that does not exist is a fault, not another day. */
function isCalendarDay(day: string): boolean {
  const parsed = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(parsed) && new Date(parsed).toISOString().startsWith(day);
}

function fromNumber(value: number): number | undefined {
  if (value < 0 || value > Number.MAX_SAFE_INTEGER) return undefined;
  return Math.floor(value >= smallestMilliseconds ? value / 1000 : value);
}
