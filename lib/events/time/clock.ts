/** A time of day in milliseconds: the part behind the date. */

export interface ClockParts {
  readonly hour?: string | undefined;
  readonly minute?: string | undefined;
  readonly second?: string | undefined;
  /** Decimal digits of the last part that is given. */
  readonly fraction?: string | undefined;
}

/**
 * @returns milliseconds since midnight; 24:00 is the end of the day, and second 60 the first of the next minute;
 * undefined when there is no such time of day
 */
export function clockMs(parts: ClockParts): number | undefined {
  const [hour, minute, second] = [
    Number(parts.hour ?? 0),
    Number(parts.minute ?? 0),
    Number(parts.second ?? 0),
  ];
  if (hour > 24 || minute > 59 || second > 60) return undefined;
  const ms = ((hour * 60 + minute) * 60 + second) * 1000 + fractionMs(parts);
  return hour === 24 && ms > 24 * 3_600_000 ? undefined : ms;
}

function fractionMs({ minute, second, fraction }: ClockParts): number {
  if (fraction === undefined) return 0;
  if (second !== undefined) return Number(fraction.slice(0, 3).padEnd(3, '0'));
  return Math.floor(Number(`0.${fraction}`) * (minute === undefined ? 3_600_000 : 60_000));
}
