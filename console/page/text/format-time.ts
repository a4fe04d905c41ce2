/** Times in the zone and language of the person who looks, and durations in words. */

const clock = new Intl.DateTimeFormat(undefined, {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});
const minute = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const day = new Intl.DateTimeFormat(undefined, { month: 'short', day: 'numeric' });
const absolute = new Intl.DateTimeFormat(undefined, {
  dateStyle: undefined,
  year: 'numeric',
  month: 'short',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
  hourCycle: 'h23',
  timeZoneName: 'short',
});

/** `17:49:03`. */
export const clockTime = (ms: number): string => clock.format(ms);

/** `17:49`, with the day when it is not today. */
export const shortTime = (ms: number, nowMs: number): string =>
  isSameDay(ms, nowMs) ? minute.format(ms) : `${day.format(ms)}, ${minute.format(ms)}`;

/** `Nov 25`; empty for today. */
export const dayUnlessToday = (ms: number, nowMs: number): string =>
  isSameDay(ms, nowMs) ? '' : day.format(ms);

/** `Nov 26, 2026, 17:49:03.204 GMT+1`. */
export const absoluteTime = (ms: number): string => absolute.format(ms);

const isSameDay = (one: number, other: number): boolean =>
  new Date(one).toDateString() === new Date(other).toDateString();

/** `0.02 s`, `1.1 s`, `14 s`, `3 min`, `1 h 5 min`, `2 d 3 h`. */
export function durationText(ms: number): string {
  const seconds = Math.max(0, ms) / 1000;
  if (seconds < 1) return `${Number(seconds.toFixed(2))} s`;
  if (seconds < 10) return `${Number(seconds.toFixed(1))} s`;
  if (seconds < 59.5) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  if (minutes < 24 * 60) return pair(Math.floor(minutes / 60), 'h', minutes % 60, 'min');
  const hours = Math.round(minutes / 60);
  return pair(Math.floor(hours / 24), 'd', hours % 24, 'h');
}

const pair = (large: number, largeUnit: string, small: number, smallUnit: string): string =>
  small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;

/** `in 14 s`, or `now` when the time has come. */
export function countdown(atMs: number, nowMs: number): string {
  const seconds = Math.ceil((atMs - nowMs) / 1000);
  return seconds <= 0 ? 'now' : `in ${durationText(seconds * 1000)}`;
}
