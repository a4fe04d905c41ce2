/** The buyer's contact details and address: of each, the first usable value in several places of a body. */
import { phoneCountry, toCountryCode } from '../privacy/country.ts';
import { normalizeEmail } from '../privacy/email.ts';
import { normalizeName } from '../privacy/names.ts';
import { toE164 } from '../privacy/phone.ts';
import { isPlaceholder } from '../privacy/placeholder.ts';
import { looksLikeDigest } from '../privacy/sha256.ts';
import { asObject, asText, firstText } from './values.ts';

export interface Address {
  readonly firstName?: unknown;
  readonly lastName?: unknown;
  readonly city?: unknown;
  readonly state?: unknown;
  readonly zip?: unknown;
  /** A code or a name, in any case. */
  readonly country?: unknown;
  readonly phone?: unknown;
}

/** @returns the address with the field names that several shop platforms share; all undefined for anything else */
export function toAddress(value: unknown): Address {
  const address = asObject(value);
  return {
    firstName: address.first_name,
    lastName: address.last_name,
    city: address.city,
    state: firstText(address.province_code, address.province),
    zip: address.zip,
    country: firstText(address.country_code, address.country),
    phone: address.phone,
  };
}

export interface Picked {
  readonly value?: string;
  /** True when values were present and none was usable. */
  readonly isOmitted: boolean;
  /** Set when each of them only stood for a missing value, such as `none`. */
  readonly isPlaceholder?: true;
}

/** @param present the texts of which none was usable */
const nothingUsable = (present: readonly string[]): Picked => ({
  isOmitted: present.length > 0,
  ...(present.length > 0 && present.every(isPlaceholder) && { isPlaceholder: true }),
});

/** Picks the first valid e-mail address; a platform can redact protected data to any text. */
export function pickEmail(candidates: readonly unknown[]): Picked {
  const present = candidates.map(asText).filter((text) => text !== undefined);
  const value = present.find((text) => text.length <= 320 && normalizeEmail(text) !== undefined);
  return value === undefined ? nothingUsable(present) : { value, isOmitted: false };
}

/**
 * Picks the first phone that converts to E.164, read with the country of its own address.
 * @param candidates pairs of a number and its country, as `pickCountry` returns it
 * @param fallback country for numbers that have none, ISO 3166-1 alpha-2 in upper case; never for an unknown country
 */
export function pickPhone(
  candidates: readonly (readonly [number: unknown, country: unknown])[],
  fallback: string | undefined,
): Picked {
  const present: string[] = [];
  for (const [number, country] of candidates) {
    const raw = asText(number)?.slice(0, 64);
    if (raw === undefined) continue;
    const isUnusable = looksLikeDigest(raw) || isPlaceholder(raw);
    const value = isUnusable ? undefined : toE164(raw, phoneCountry(asText(country), fallback));
    if (value !== undefined) return { value, isOmitted: false };
    present.push(raw);
  }
  return nothingUsable(present);
}

/** @returns two upper-case letters; undefined for a text that is no country */
export const countryCode = (value: unknown): string | undefined => toCountryCode(asText(value) ?? '');

/**
 * Picks the first value that is a country.
 * @returns two upper-case letters; without a country the first text, because an unknown country is not the same as none
 */
export const pickCountry = (...values: readonly unknown[]): string | undefined =>
  values.map(countryCode).find((code) => code !== undefined) ?? firstText(...values);

/** The fields of name and place, each from the first address that has it. */
export const describePerson = (addresses: readonly Address[]): Record<string, string | undefined> => ({
  first_name: pickName(addresses.map(({ firstName }) => firstName)),
  last_name: pickName(addresses.map(({ lastName }) => lastName)),
  city: firstText(...addresses.map(({ city }) => city)),
  state: firstText(...addresses.map(({ state }) => state)),
  zip_code: firstText(...addresses.map(({ zip }) => zip)),
  country: pickCountry(...addresses.map(({ country }) => country)),
});

/** Forms that demand a name get a dash or a full stop, of which the normal form leaves nothing. */
const pickName = (values: readonly unknown[]): string | undefined =>
  values.map(asText).find((name) => name !== undefined && normalizeName(name) !== '');

/** @returns the first word as the first name and the rest as the last name, where a platform has only one name */
export function splitName(name: string | undefined): Pick<Address, 'firstName' | 'lastName'> {
  const [firstName, ...rest] = name?.split(/\s+/) ?? [];
  return { ...(firstName && { firstName }), ...(rest.length > 0 && { lastName: rest.join(' ') }) };
}
