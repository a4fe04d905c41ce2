/** The numbering plans of the phone library, as the bundles contain them: read with the library, at the first use. */
import { phoneLibrary } from './function-phones.ts';

const numberingPlans = {
  get countries() {
    return phoneLibrary().metadata.countries;
  },
  get country_calling_codes() {
    return phoneLibrary().metadata.country_calling_codes;
  },
};

export { numberingPlans as default };
