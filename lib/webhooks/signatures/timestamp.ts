/** The signed time of a request: without it, a recorded request could be sent again at any time. */

const digits = /^\d{1,20}$/;
const iso = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/;

/**
 * Unix seconds have at most 11 digits until the year 5138. Longer numbers are milliseconds, microseconds or nanoseconds.
 * @param text Unix time, or ISO 8601 with a zone, as Zendesk sends it
 * @returns whole Unix seconds; undefined when it cannot be read
 */
export function readTimestamp(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (digits.test(text))
    return Math.floor(Number(text) / 1000 ** Math.max(0, Math.ceil((text.length - 11) / 3)));
  const ms = iso.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(ms) ? undefined : Math.floor(ms / 1000);
}

/** Checks both directions: a timestamp from the future would stay valid for longer than the tolerance. */
export const isWithin = (seconds: number, nowSeconds: number, toleranceSeconds: number): boolean =>
  Math.abs(Math.floor(nowSeconds) - seconds) <= toleranceSeconds;
