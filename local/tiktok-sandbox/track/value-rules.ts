/**
 * Rules for single values of a TikTok request. A rule returns the problem in TikTok's words, or undefined. Like TikTok,
 * a rule converts nothing: it refuses a number where TikTok wants text.
 */
import { isIP } from 'node:net';
import { currencies } from '../../../lib/events/currencies.ts';
import { isObject } from '../../../lib/schema/is-object.ts';

export type Rule = (value: unknown) => string | undefined;

const digest = /^[0-9a-f]{64}$/;
const anyCaseDigest = /^[0-9a-fA-F]{64}$/;
/** Unix seconds from 2001 to 2286; milliseconds and dates have another number of digits. */
const minSeconds = 1_000_000_000;
const maxSeconds = 9_999_999_999;

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

export const text: Rule = (value) => (isText(value) ? undefined : 'Not a valid string');

export const boolean: Rule = (value) => (typeof value === 'boolean' ? undefined : 'Not a valid boolean');

export const number: Rule = (value) =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0 ? undefined : 'Not a valid number';

export const integer: Rule = (value) =>
  number(value) ?? (Number.isSafeInteger(value) ? undefined : 'Not a valid integer');

export const unixSeconds: Rule = (value) => {
  if (!Number.isSafeInteger(value)) return 'Not a valid integer';
  const isInRange = Number(value) >= minSeconds && Number(value) <= maxSeconds;
  return isInRange ? undefined : 'Not a valid timestamp in seconds';
};

/** The message TikTok gives for `event_id` (code 40002). */
export const sha256: Rule = (value) =>
  typeof value === 'string' && digest.test(value) ? undefined : 'Not a valid sha256';

/** City, state and country are sent as clear text; a digest there matches nobody. */
export const clearText: Rule = (value) =>
  text(value) ?? (anyCaseDigest.test(String(value)) ? 'Must not be hashed' : undefined);

export const ipAddress: Rule = (value) =>
  isText(value) && isIP(value) > 0 ? undefined : 'Not a valid IP address';

export const currency: Rule = (value) =>
  isText(value) && currencies.has(value) ? undefined : 'Not a supported currency';

export const webUrl: Rule = (value) =>
  isText(value) && URL.canParse(value) && /^https?:/.test(value) ? undefined : 'Not a valid URL';

export const share: Rule = (value) =>
  number(value) ?? (Number(value) <= 1 ? undefined : 'Must be between 0 and 1');

export const oneOf =
  (...values: string[]): Rule =>
  (value) =>
    values.includes(String(value)) && typeof value === 'string'
      ? undefined
      : `Must be one of ${values.join(', ')}`;

/** A custom property: one value, a list of values, or an object of them such as `mileage: {value, unit}`; not empty. */
export const plainValue: Rule = (value) => {
  if (Array.isArray(value)) return value.length > 0 && value.every(isPlain) ? undefined : 'Not a valid list';
  const parts = isObject(value) ? Object.values(value) : [value];
  return parts.length > 0 && parts.every(isPlain) ? undefined : 'Not a valid value';
};

const isPlain = (item: unknown): boolean =>
  isText(item) || typeof item === 'boolean' || (typeof item === 'number' && Number.isFinite(item));
