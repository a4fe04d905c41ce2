/** What the gateway uses of the phone library. The path is relative because the build replaces the package's name (build.ts). */

export { default as metadata } from '../node_modules/libphonenumber-js/metadata.min.json.js';
export {
  getCountryCallingCode,
  isSupportedCountry,
  parsePhoneNumberFromString,
} from '../node_modules/libphonenumber-js/min/index.js';
