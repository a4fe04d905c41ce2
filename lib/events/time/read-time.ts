/** Reads a time in each form that callers use. Any other value gets a sentence that says what is wrong with it. */
import { plainSpelling } from '../../privacy/clean-text.ts';
import { readIsoTime, readUsualTime, type WrittenTime } from './iso-time.ts';

/** Unix milliseconds, or the end of the sentence "event_time: …", which never repeats the value. */
export type TimeReading = { readonly ms: number } | { readonly problem: string };

const forms = 'expected Unix seconds or milliseconds, or ISO 8601 with Z or an offset';

const problems = {
  unknown: { problem: forms },
  impossible: { problem: 'expected a day and a time of day that exist' },
  microseconds: { problem: 'expected Unix seconds, not microseconds: divide by 1,000,000' },
  nanoseconds: { problem: 'expected Unix seconds, not nanoseconds: divide by 1,000,000,000' },
  zoneless: {
    problem: 'expected a time with its zone: add Z or an offset, such as 2026-11-26T05:17:25+01:00',
  },
  rounded: {
    problem:
      'expected all digits, not scientific notation: format the column of the spreadsheet as a whole number',
  },
} as const;

/**
 * @param value Unix seconds or milliseconds (number or numeric text, a fraction is cut), or any form of ISO 8601
 * @param zoneless the meaning of a time without a zone and of a date: an error, or UTC
 */
export function readTime(value: string | number, zoneless: 'error' | 'utc' = 'error'): TimeReading {
  if (typeof value === 'number') return fromNumber(value, String(value), zoneless);
  const usualMs = readUsualTime(value);
  if (usualMs !== undefined) return { ms: usualMs };
  const text = plainSpelling(value);
  if (digitsOnly.test(text)) return fromNumber(Number(text.replace(',', '.')), text, zoneless);
  const scientific = scientificForm.exec(text)?.groups;
  if (scientific !== undefined) return fromScientific(text, scientific);
  return fromWritten(readIsoTime(text), zoneless);
}

const digitsOnly = /^\d{1,40}(?:[.,]\d{0,40})?$/;
const scientificForm = /^\d[.,]?(?<fraction>\d{0,30})E\+?(?<exponent>\d{1,2})$/i;

function fromWritten(
  written: WrittenTime | 'impossible' | undefined,
  zoneless: 'error' | 'utc',
): TimeReading {
  if (written === undefined) return problems.unknown;
  if (written === 'impossible') return problems.impossible;
  const { wallMs, offsetMs } = written;
  if (offsetMs === undefined && zoneless === 'error') return problems.zoneless;
  return { ms: wallMs - (offsetMs ?? 0) };
}

/** Between these, Unix time has had its unit since 1973 and keeps it until the year 5138. */
export const firstMillisecond = 1e11;
const [firstMicrosecond, firstNanosecond, end] = [1e14, 1e17, 1e20] as const;

function fromNumber(value: number, digits: string, zoneless: 'error' | 'utc'): TimeReading {
  if (!(value >= 0 && value < end)) return problems.unknown;
  const written = compactForm.test(digits) ? fromCompact(digits) : undefined;
  if (written !== undefined) return fromWritten(written, zoneless);
  if (value >= firstNanosecond) return problems.nanoseconds;
  if (value >= firstMicrosecond) return problems.microseconds;
  return { ms: Math.floor(value >= firstMillisecond ? value : value * 1000) };
}

/** `20261126051725`: as Unix time, such digits are of 1970, 1976 or later than 2570. */
const compactForm = /^(?:19|20)\d{6}(?:\d{4}(?:\d\d(?:\d{3})?)?)?$/;

function fromCompact(digits: string): WrittenTime | undefined {
  const [day, clock, fraction] = [digits.slice(0, 8), digits.slice(8, 14), digits.slice(14)];
  const written = readIsoTime(`${day}${clock && `T${clock}`}${fraction && `.${fraction}`}`);
  return written === 'impossible' ? undefined : written;
}

/** A spreadsheet shows 1795669814 as 1.79567E+09: digits are lost unless all of them are there. */
function fromScientific(text: string, { fraction = '', exponent }: Record<string, string>): TimeReading {
  const value = Number(text.replace(',', '.'));
  return fraction.length >= Number(exponent) ? fromNumber(value, String(value), 'error') : problems.rounded;
}
