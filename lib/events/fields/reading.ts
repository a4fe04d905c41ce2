/** How the value of one field is turned into its canonical form, and how its faults are told. */

/** What a reader may know and say; `field` is the one being read. */
export interface Reading {
  readonly receivedAtMs: number;
  /** Upper-case country for phones without a country code: the event's own, or the destination's default. */
  readonly country: string | undefined;
  /** Records an error; returns undefined so that a reader can `return reading.reject(…)`. */
  reject(code: string, message: string, field: string): undefined;
  warn(code: string, message: string, field: string): void;
}

/** The same reading for fields that lie inside another; their paths are put together only when there is an issue. */
export const within = (reading: Reading, pathOf: (field: string) => string): Reading => ({
  ...reading,
  reject: (code, message, field) => reading.reject(code, message, pathOf(field)),
  warn: (code, message, field) => reading.warn(code, message, pathOf(field)),
});

/** Gives the canonical value, or undefined for "leave the field out" (after `reject`, or because it is empty). */
export type Reader<Value> = (value: Value, reading: Reading, field: string) => unknown;

/** Free text: sent as it is; an empty one is left out. */
export const readText: Reader<string> = (value) => (value.trim() === '' ? undefined : value);

/** Ids: integers become text; an empty one is left out. */
export const readId: Reader<string | number> = (value, reading, field) =>
  readText(String(value), reading, field);

const decimal = /^\s*\d+(\.\d+)?\s*$/;

/** A number ≥ 0; numeric text such as `"19.99"` is converted. The schema has seen to it that none is infinite. */
export const readAmount: Reader<string | number> = (value, reading, field) => {
  const number = typeof value === 'number' || decimal.test(value) ? Number(value) : Number.NaN;
  if (number >= 0) return number;
  return reading.reject(
    'invalid_number',
    'expected a number of 0 or more, without currency signs or separators',
    field,
  );
};

/** A whole number ≥ 0. */
export const readCount: Reader<string | number> = (value, reading, field) => {
  const number = readAmount(value, reading, field);
  if (number === undefined || Number.isSafeInteger(number)) return number;
  return reading.reject('invalid_number', 'expected a whole number of 0 or more', field);
};

const webAddress = /^https?:/i;

/** Absolute http(s) addresses. */
export const readUrl: Reader<string> = (value, reading, field) => {
  const url = value.trim();
  if (webAddress.test(url) && URL.canParse(url)) return url;
  return reading.reject('invalid_url', 'expected an absolute http or https address', field);
};
