/** Reads the value of `--timezone`. */
import { InvalidArgumentError } from 'commander';

/** @returns the IANA name; throws for one that is not known */
export function parseTimezone(name: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    throw new InvalidArgumentError('Expected the name of a time zone, such as Europe/Berlin.');
  }
}
