/** The numbering plans of all countries, arranged for reading numbers that are written as within one of them. */
import { type CountryCode, getCountryCallingCode, type MetadataJson } from 'libphonenumber-js/core';
import metadata from 'libphonenumber-js/min/metadata';

export const allPlans: MetadataJson = metadata;

/** @param code ISO 3166-1 alpha-2, upper case */
export const isPlanned = (code: string): code is CountryCode => Object.hasOwn(allPlans.countries, code);

const known = new Map<CountryCode, MetadataJson>();

/**
 * Where several countries share a calling code (25 have +1), plans in which the first of them has it alone: whose of
 * them a number is makes no difference to its E.164 form, and takes half of a parse to find out. The others' plans
 * are exceptions to the first one's, and stay as they are.
 */
export function plansFor(country: CountryCode): MetadataJson {
  const plans = known.get(country) ?? arrange(country);
  known.set(country, plans);
  return plans;
}

function arrange(country: CountryCode): MetadataJson {
  const { country_calling_codes: callingCodes } = allPlans;
  const callingCode = getCountryCallingCode(country, allPlans);
  if (callingCodes[callingCode]?.[0] !== country) return allPlans;
  return { ...allPlans, country_calling_codes: { ...callingCodes, [callingCode]: [country] } };
}
