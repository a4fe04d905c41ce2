/** The value of `--days`. Logs are kept for 30 days in prod, and TikTok's statistics reach back as far. */
import { InvalidArgumentError } from 'commander';

const maxDays = 30;

export function parseDays(text: string): number {
  if (/^\d{1,2}$/.test(text) && Number(text) >= 1 && Number(text) <= maxDays) return Number(text);
  throw new InvalidArgumentError(`Expected a whole number from 1 to ${maxDays}.`);
}
