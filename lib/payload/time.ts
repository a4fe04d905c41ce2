/** Parses the times of platforms: ISO 8601 with an offset or, as in WooCommerce, in UTC without one, and date texts. */
import { toUnixSeconds } from '../events/fields/parsers/time.ts';

const isoWithoutZone = /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?$/;
const isoDate = /^\d{4}-\d\d-\d\d$/;
/** RFC 2822, such as `Tue, 20 Nov 2026 00:00:00 +0000`; the zone is required. */
const internetDate =
  /^(?:[A-Za-z]{3},? )?\d{1,2} [A-Za-z]{3} \d{4} \d\d:\d\d(?::\d\d)? (?:[+-]\d{4}|GMT|UTC|Z)$/;

/** The form of JavaScript's `Date.toString()`, which Salla sends too: `Fri Nov 20 2026 15:00:00 GMT+0300`. */
const scriptDate = /^[A-Za-z]{3} [A-Za-z]{3} \d{1,2} \d{4} \d\d:\d\d:\d\d GMT[+-]\d{4}(?: \([^()]{1,60}\))?$/;

/** @returns whole Unix seconds; undefined when the value is not a time, or is the zero date of a database */
export function asUnixSeconds(value: unknown): number | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const seconds = typeof value === 'string' ? fromText(value.trim()) : toUnixSeconds(value);
  return seconds !== undefined && seconds > 0 ? seconds : undefined;
}

function fromText(text: string): number | undefined {
  if (isoWithoutZone.test(text)) return toUnixSeconds(`${text}Z`);
  if (isoDate.test(text)) return toUnixSeconds(`${text}T00:00:00Z`);
  if (!internetDate.test(text) && !scriptDate.test(text)) return toUnixSeconds(text);
  const milliseconds = Date.parse(text);
  return Number.isNaN(milliseconds) ? undefined : Math.floor(milliseconds / 1000);
}
