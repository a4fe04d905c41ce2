/**
 * Loads the phone library at the first phone that needs it. The bundles contain this file where the code imports
 * `libphonenumber-js/min`: most phones are E.164 and need no numbering plan, and the library takes a tenth of the start.
 */
import type * as Library from 'libphonenumber-js/min';
import { lazily } from '../lib/schema/lazy/lazily.ts';
import type * as Used from './phone-library.ts';

// esbuild runs a module that is only required when `require` is called.
export const phoneLibrary = lazily((): typeof Used => require('./phone-library.ts'));

export const getCountryCallingCode: typeof Library.getCountryCallingCode = (country) =>
  phoneLibrary().getCountryCallingCode(country);

export const isSupportedCountry: typeof Library.isSupportedCountry = (country) =>
  phoneLibrary().isSupportedCountry(country);

export const parsePhoneNumberFromString: typeof Library.parsePhoneNumberFromString = (text, options) =>
  phoneLibrary().parsePhoneNumberFromString(text, options);
