/** States and provinces in TikTok's normal form: the two letters of an address where a country has them. */
import { cleanText } from './clean-text.ts';
import { normalizePlace } from './names.ts';
import { alpha2Codes } from './places/country-codes.ts';
import { stateCode } from './places/state-codes.ts';

const accents = /[\u0300-\u036f]/g;
/** ISO 3166-2 (`US-CA`), or as WooCommerce writes it (`US:CA`). */
const lettersBehindCountry = /^([a-z]{2})\s*[-_:\u2010-\u2015]\s*([a-z\d]{1,3})$/;
/** `JP-13`, or as WooCommerce writes it (`JP13`). */
const numberBehindCountry = /^([a-z]{2})(\d{1,3})$/;

/**
 * States and provinces: as places, without their country's code in front, and as the postal code of a state of the
 * United States, Canada, Australia, Germany, Brazil or India.
 * @param country ISO 3166-1 alpha-2 in any case; undefined when unknown
 */
export function normalizeState(raw: string, country: string | undefined): string {
  const code = country?.trim().toUpperCase();
  const place = normalizePlace(raw);
  const found = lettersBehindCountry.exec(cleanText(raw).toLowerCase()) ?? numberBehindCountry.exec(place);
  const [, prefix, own] = found ?? [];
  if (prefix !== undefined && own !== undefined && isCountry(prefix, code)) return normalizeState(own, code);
  const name = place.normalize('NFD').replace(accents, '');
  return (code === undefined ? undefined : stateCode(code, name)) ?? place;
}

const isCountry = (prefix: string, country: string | undefined): boolean =>
  country === undefined ? alpha2Codes.has(prefix.toUpperCase()) : prefix.toUpperCase() === country;
