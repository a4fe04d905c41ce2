/** Times in the zone of the person who runs the command. */

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
