/** Parsers of option values. Commander shows their errors beside the option. */
import { InvalidArgumentError } from 'commander';
import * as z from 'zod/mini';

export function parseCount(text: string): number {
  if (/^\d{1,9}$/.test(text) && Number(text) > 0) return Number(text);
  throw new InvalidArgumentError('Expected a whole number of 1 or more.');
}

export function parseRate(text: string): number {
  if (/^\d{1,6}(\.\d+)?$/.test(text) && Number(text) > 0) return Number(text);
  throw new InvalidArgumentError('Expected a number above 0.');
}

/** @returns 0 for any free port */
export function parsePort(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new InvalidArgumentError('Expected a port, 0 to 65535.');
}

const units: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400 };

const durationForm = /^(\d{1,7})([smhd])$/;

/** `90s`, `15m`, `36h`, `7d`. @returns milliseconds */
export function parseDuration(text: string): number {
  const match = durationForm.exec(text);
  const unit = units[match?.[2] ?? ''];
  if (unit !== undefined) return Number(match?.[1]) * unit * 1000;
  throw new InvalidArgumentError('Expected a number with s, m, h or d, such as 36h.');
}

const dateForm = z.union([z.iso.date(), z.iso.datetime({ offset: true })]);

/** `90d` from now, `2027-01-31` (its first moment in UTC), or a date with time and zone. @returns Unix milliseconds */
export function parseExpiry(text: string): number {
  const isDate = dateForm.safeParse(text).success;
  if (!isDate && !durationForm.test(text))
    throw new InvalidArgumentError('Expected 90d, 2027-01-31, or 2027-01-31T12:00:00Z.');
  const atMs = isDate ? Date.parse(text) : Date.now() + parseDuration(text);
  if (atMs > Date.now()) return atMs;
  throw new InvalidArgumentError('Expected a time in the future.');
}
