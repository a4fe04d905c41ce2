/** Reads one value for a function of a mapping: absent values are absent, and a value that cannot be read is reported. */
import { queryParameter } from '../payload/click-ids.ts';
import { fromMinorUnits } from '../payload/money.ts';
import { readPayload } from '../payload/read-payload.ts';
import { readPlatformTime } from '../payload/time.ts';
import { asAmount, asText } from '../payload/values.ts';
import { phoneCountry } from '../privacy/country.ts';
import { toE164 } from '../privacy/phone.ts';
import { isAbsent } from '../schema/is-absent.ts';
import { noteUnreadable, noteZeroDate } from './unreadable.ts';

type Nothing = null | undefined;

/** @returns Unix seconds */
export function readUnixTime(value: unknown): number | Nothing {
  if (isAbsent(value)) return undefined;
  const time = readPlatformTime(value);
  if (time === 'absent') return noteZeroDate();
  return 'seconds' in time ? time.seconds : noteUnreadable(time.problem);
}

/** @returns the amount in the main unit of the currency, which says how many decimals there are */
export function readMinorUnits(value: unknown, currency: unknown): number | Nothing {
  if (isAbsent(value)) return undefined;
  if (asAmount(value) === undefined)
    return noteUnreadable('expected an amount of 0 or more in the smallest unit, such as 1999');
  const code = asText(currency);
  if (code === undefined || !/^[a-z]{3}$/i.test(code))
    return noteUnreadable('expected a currency of three letters beside the amount, such as EUR');
  return fromMinorUnits(value, code)?.amount;
}

/**
 * @param country of the number; one that is there and unknown never gives way to the default
 * @returns the number as E.164
 */
export function readPhone(value: unknown, country: unknown, byDefault: string | undefined): string | Nothing {
  if (isAbsent(value)) return undefined;
  const number = asText(value)?.slice(0, 64);
  const own = isAbsent(country) ? undefined : (asText(country) ?? String(country));
  const phone = number === undefined ? undefined : toE164(number, phoneCountry(own, byDefault));
  return phone ?? noteUnreadable('expected a phone number with + and its country code, or with its country');
}

/** @returns a query parameter; none is no fault of an address */
export function readParameter(url: unknown, name: unknown): string | Nothing {
  if (isAbsent(url)) return undefined;
  const address = asText(url);
  if (address === undefined || !URL.canParse(address, 'https://relative.invalid'))
    return noteUnreadable('expected the address of a page');
  return queryParameter(address, asText(name) ?? '');
}

/** Not `0x10`, which JavaScript reads as 16. */
const decimalForm = /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?\s*$/i;

export function readNumber(value: unknown): number | Nothing {
  if (isAbsent(value)) return undefined;
  const number = typeof value === 'string' && decimalForm.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number)
    ? number
    : noteUnreadable('expected a number such as 1999.5, with a point and without other separators');
}

/** @returns the value of a text with JSON, as forms and automation tools send one in a field; any other value as it is */
export function readJson(value: unknown): unknown {
  if (isAbsent(value) || typeof value !== 'string') return value;
  const read = readPayload(Buffer.from(value));
  return read.ok
    ? read.payload
    : noteUnreadable('expected a text with JSON, such as {"email":"a@example.com"}');
}

/** @returns trimmed text, or an integer as text */
export const readText = (value: unknown): string | undefined =>
  asText(value) ??
  (isAbsent(value) ? undefined : (noteUnreadable('expected a text or an integer') ?? undefined));
