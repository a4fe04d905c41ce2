/** Who bought: contact and address from several places of a body, the first usable value of each. */
import { normalizeEmail } from '../privacy/email.ts';
import { toE164 } from '../privacy/phone.ts';
import { looksLikeDigest } from '../privacy/sha256.ts';
import { asText, firstText } from './values.ts';

export interface Address {
  readonly firstName?: unknown;
  readonly lastName?: unknown;
  readonly city?: unknown;
  readonly state?: unknown;
  readonly zip?: unknown;
  /** ISO 3166-1 alpha-2, any case. */
  readonly country?: unknown;
  readonly phone?: unknown;
}

export interface Picked {
  readonly value?: string;
  /** Something was there, and nothing usable could be made of it. */
  readonly isOmitted: boolean;
}

/** The first that is an e-mail address; protected data may be redacted to anything. */
export function pickEmail(candidates: readonly unknown[]): Picked {
  const present = candidates.map(asText).filter((text) => text !== undefined);
  const value = present.find((text) => text.length <= 320 && !looksLikeDigest(text) && normalizeEmail(text));
  return value === undefined ? { isOmitted: present.length > 0 } : { value, isOmitted: false };
}

/**
 * The first phone that can be made E.164, read with its own address's country.
 * @param candidates number and the country beside it; `fallback` serves where there is none
 */
export function pickPhone(
  candidates: readonly (readonly [number: unknown, country: unknown])[],
  fallback: string | undefined,
): Picked {
  let isOmitted = false;
  for (const [number, country] of candidates) {
    const raw = asText(number)?.slice(0, 64);
    if (raw === undefined) continue;
    const value = looksLikeDigest(raw) ? undefined : toE164(raw, countryCode(country) ?? fallback);
    if (value !== undefined) return { value, isOmitted: false };
    isOmitted = true;
  }
  return { isOmitted };
}

/** Upper-case two letters; undefined for anything else, such as a country's name. */
export function countryCode(value: unknown): string | undefined {
  const code = asText(value)?.toUpperCase();
  return code !== undefined && /^[A-Z]{2}$/.test(code) ? code : undefined;
}

/** Name and place, each from the first address that has it. */
export const describePerson = (addresses: readonly Address[]): Record<string, string | undefined> => ({
  first_name: firstText(...addresses.map(({ firstName }) => firstName)),
  last_name: firstText(...addresses.map(({ lastName }) => lastName)),
  city: firstText(...addresses.map(({ city }) => city)),
  state: firstText(...addresses.map(({ state }) => state)),
  zip_code: firstText(...addresses.map(({ zip }) => zip)),
  country: addresses.map(({ country }) => countryCode(country)).find((code) => code !== undefined),
});
