/** Readers of option values. What they throw, commander shows beside the option. */
import { InvalidArgumentError } from 'commander';

export function parseCount(text: string): number {
  if (/^\d{1,9}$/.test(text) && Number(text) > 0) return Number(text);
  throw new InvalidArgumentError('Expected a whole number of 1 or more.');
}

export function parseRate(text: string): number {
  if (/^\d{1,6}(\.\d+)?$/.test(text) && Number(text) > 0) return Number(text);
  throw new InvalidArgumentError('Expected a number above 0.');
}

const units: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400 };

/** `90s`, `15m`, `36h`, `7d`. @returns milliseconds */
export function parseDuration(text: string): number {
  const match = /^(\d{1,7})([smhd])$/.exec(text);
  const unit = units[match?.[2] ?? ''];
  if (unit !== undefined) return Number(match?.[1]) * unit * 1000;
  throw new InvalidArgumentError('Expected a number with s, m, h or d, such as 36h.');
}
