/** The names that --set understands on every platform. The body's builder puts each where its platform keeps it. */
import { InvalidArgumentError } from 'commander';
import { parseDuration } from '../../terminal/parse-options.ts';
import type { ChosenFacts, FactName } from '../samples/facts.ts';

interface FriendlyName {
  /** In the help and in docs/cli.md. */
  readonly meaning: string;
  readonly example: string;
  /** @throws InvalidArgumentError that says what is expected, and does not repeat the text */
  readonly parse: (text: string, nowMs: number) => ChosenFacts[FactName];
}

function fail(expected: string): never {
  throw new InvalidArgumentError(`expected ${expected}`);
}

const matching =
  (form: RegExp, expected: string) =>
  (text: string): string =>
    form.test(text) ? text : fail(expected);

const someText = matching(/\S/, 'a text');
/** An empty value leaves it out of the body. */
const textOrNone = (text: string): string | null => (text === '' ? null : text);

function amount(text: string): number {
  return /^\d{1,12}(\.\d{1,3})?$/.test(text) ? Number(text) : fail('an amount such as 59.90');
}

function count(text: string): number {
  return /^[1-9]\d{0,5}$/.test(text) ? Number(text) : fail('a whole number of 1 or more');
}

function flag(text: string): boolean {
  return text === 'true' || text === 'false' ? text === 'true' : fail('true or false');
}

const zonedTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/;

/** `2h` ago, or a time with its zone. @returns Unix milliseconds */
function time(text: string, nowMs: number): number {
  if (zonedTime.test(text) && !Number.isNaN(Date.parse(text))) return Date.parse(text);
  try {
    return nowMs - parseDuration(text);
  } catch {
    return fail('how long ago, such as 2h or 3d, or a time such as 2026-11-20T12:00:00Z');
  }
}

const currency = (text: string): string =>
  matching(/^[A-Z]{3}$/, 'three letters such as EUR')(text.toUpperCase());
const country = (text: string): string =>
  matching(/^[A-Z]{2}$/, 'two letters such as DE')(text.toUpperCase());

export const friendlyNames: Readonly<Record<FactName, FriendlyName>> = {
  email: {
    meaning: "the person's address; empty leaves it out",
    example: 'ada@example.com',
    parse: textOrNone,
  },
  phone: { meaning: "the person's phone; empty leaves it out", example: '+12125550199', parse: textOrNone },
  first_name: { meaning: 'first name', example: 'Ada', parse: someText },
  last_name: { meaning: 'last name', example: 'Jones', parse: someText },
  country: { meaning: 'country of the addresses, ISO 3166', example: 'DE', parse: country },
  total: {
    meaning: 'total of the order; the price of the product follows',
    example: '120.50',
    parse: amount,
  },
  currency: { meaning: 'currency of all amounts, ISO 4217', example: 'EUR', parse: currency },
  quantity: { meaning: 'quantity of the product; its price follows', example: '3', parse: count },
  product_id: { meaning: "the product's id", example: '632910392', parse: someText },
  variant_id: { meaning: "the variant's id", example: '808950810', parse: someText },
  sku: { meaning: "the product's SKU", example: 'TOWEL-RED', parse: someText },
  id: {
    meaning:
      'id of the order, checkout, session or customer; all other ids follow. Without it every run has new ones',
    example: '1001',
    parse: someText,
  },
  placed: { meaning: 'when the order was placed: how long ago, or a time', example: '3d', parse: time },
  paid: { meaning: 'when the order was paid: how long ago, or a time', example: '5m', parse: time },
  ttclid: { meaning: "TikTok's click id; empty leaves it out", example: 'E.C.P.abc', parse: textOrNone },
  ttp: { meaning: "TikTok's browser id; empty leaves it out", example: '2abc', parse: textOrNone },
  consent: { meaning: "the visitor's choice", example: 'granted', parse: someText },
  channel: {
    meaning: "the order's channel: source_name, created_via, order_source or storefront of the platform",
    example: 'pos',
    parse: someText,
  },
  test: { meaning: 'true for a test order', example: 'true', parse: flag },
};

export const friendlyNameList = Object.keys(friendlyNames) as readonly FactName[];
export const isFriendlyName = (name: string): name is FactName => Object.hasOwn(friendlyNames, name);
