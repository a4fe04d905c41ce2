/** What a stage file needs of you: each setting with its flag, its question and its rule. */
import { collectSchema } from '../../lib/collect/settings.ts';
import { looksReal } from '../../lib/config/pixel-code.ts';
import { regions } from '../../lib/config/regions.ts';
import { currencies } from '../../lib/events/currencies.ts';
import { toCountryCode } from '../../lib/privacy/country.ts';
import { nearestName } from '../../lib/schema/nearest-name.ts';

export interface Answers {
  readonly region: string;
  readonly pixelCode: string;
  readonly currency: string;
  readonly country: string;
  /** Empty when you subscribe to the alarm topic in another way. */
  readonly alarmEmail: string;
  /** Empty for a stage without a collector. */
  readonly shopOrigin: string;
}

export interface Question {
  readonly flag: string;
  readonly asks: string;
  /** The usual answer; undefined when there is none. */
  readonly usual?: string;
  /** @returns the form in which the answer is written, such as capital letters */
  readonly tidy: (text: string) => string;
  /** @returns the rule that the answer breaks; undefined for a good one */
  readonly breaks: (text: string) => string | undefined;
}

const trimmed = (text: string): string => text.trim();
const capitals = (text: string): string => text.trim().toUpperCase();

export const questions: Readonly<Record<keyof Answers, Question>> = {
  region: {
    flag: '--region',
    asks: 'AWS region of the stage',
    usual: 'eu-central-1',
    tidy: trimmed,
    breaks: (text) => (regions.has(text) ? undefined : `is not a region of AWS${meant(text)}`),
  },
  pixelCode: {
    flag: '--pixel-code',
    asks: 'Pixel code (TikTok Events Manager, your pixel, Settings)',
    tidy: trimmed,
    breaks: (text) =>
      looksReal(text, 'web')
        ? undefined
        : 'must be 10 to 40 capital letters and digits, as in Events Manager',
  },
  currency: {
    flag: '--currency',
    asks: 'Currency of events that name none (ISO 4217)',
    usual: 'EUR',
    tidy: capitals,
    breaks: (text) =>
      currencies.has(text) ? undefined : 'must be a currency that TikTok accepts, such as EUR or USD',
  },
  country: {
    flag: '--country',
    asks: 'Country of phone numbers without a country code (ISO 3166)',
    usual: 'DE',
    tidy: (text) => toCountryCode(text) ?? text.trim(),
    breaks: (text) =>
      toCountryCode(text) === text ? undefined : 'must be the two letters of a country, such as DE or US',
  },
  alarmEmail: {
    flag: '--alarm-email',
    asks: 'E-mail address for alarms (empty: you subscribe to the alarm topic in another way)',
    usual: '',
    tidy: trimmed,
    breaks: (text) =>
      text === '' || /^[^@\s]+@[^@\s]+$/.test(text) ? undefined : 'must be an e-mail address',
  },
  shopOrigin: {
    flag: '--shop-origin',
    asks: "Origin of your shop's pages, such as https://www.shop.example (empty: no events from browsers)",
    usual: '',
    tidy: (text) => text.trim().replace(/\/$/, '').toLowerCase(),
    breaks: (text) =>
      text === '' || collectSchema().safeParse({ origins: [text] }).success
        ? undefined
        : 'must be an exact origin such as https://www.shop.example',
  },
};

function meant(region: string): string {
  const near = nearestName(region, [...regions]);
  return near === undefined ? ': such as eu-central-1 or us-east-1' : `: did you mean ${near}?`;
}
