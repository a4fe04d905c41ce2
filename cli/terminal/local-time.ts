/** Times in the zone of the person at the terminal. */

const date = new Intl.DateTimeFormat('en-US', { year: 'numeric', month: 'short', day: 'numeric' });
const zone = new Intl.DateTimeFormat('en-US', { timeZoneName: 'shortOffset' });
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });

/** `Nov 26, 2026 (GMT+1)`. */
export function dateText(ms: number): string {
  const name = zone.formatToParts(ms).find(({ type }) => type === 'timeZoneName')?.value ?? 'UTC';
  return `${date.format(ms)} (${name})`;
}

/** `09:00:03`. */
export const clockText = (ms: number): string => clock.format(ms);

/** `2026-11-26 20:41:07`, to line up in a table. */
export const sortableTime = (ms: number): string => new Date(ms).toLocaleString('sv-SE');

/** `20:41`, with the date when it is not today: `2026-11-25 20:41`. */
export function shortTime(ms: number, nowMs: number): string {
  const text = sortableTime(ms).slice(0, -':00'.length);
  const today = sortableTime(nowMs).slice(0, '2026-11-26 '.length);
  return text.startsWith(today) ? text.slice(today.length) : text;
}

/** `Europe/Berlin`. */
export const timeZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;
