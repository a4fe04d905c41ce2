/**
 * The facts of one made-up sale: what the user chose with --set, and an invented person and fresh ids for the rest. The
 * same facts fill the body of any platform, so that its sums, ids and times agree.
 */
import { hash, randomBytes } from 'node:crypto';

/** What --set can choose by a friendly name; null leaves the value out of the body. */
export interface ChosenFacts {
  readonly id?: string;
  readonly email?: string | null;
  readonly phone?: string | null;
  readonly first_name?: string;
  readonly last_name?: string;
  /** ISO 3166-1 alpha-2. */
  readonly country?: string;
  /** In the main unit of the currency, such as 19.99. */
  readonly total?: number;
  /** ISO 4217. */
  readonly currency?: string;
  readonly quantity?: number;
  readonly product_id?: string;
  readonly variant_id?: string;
  readonly sku?: string;
  readonly ttclid?: string | null;
  readonly ttp?: string | null;
  readonly consent?: string;
  /** Unix milliseconds. */
  readonly placed?: number;
  readonly paid?: number;
  readonly channel?: string;
  readonly test?: boolean;
}

export type FactName = keyof ChosenFacts;

type Ordinary =
  | 'first_name'
  | 'last_name'
  | 'country'
  | 'total'
  | 'currency'
  | 'quantity'
  | 'ttclid'
  | 'ttp'
  | 'placed'
  | 'paid'
  | 'sku'
  | 'test';

/** A sale with everything that does not depend on the platform. */
export interface Facts extends Omit<ChosenFacts, Ordinary>, Required<Pick<ChosenFacts, Ordinary>> {
  readonly nowMs: number;
  /** Other ids are made from it: with the same --set id=…, every run has the same ids. */
  readonly seed: string;
}

const minuteMs = 60_000;
/** The customer pays this long after the order. */
const payAfterMs = minuteMs;

/** @returns the facts, and the names of those that were read since: a body has no place for the others */
export function createFacts(chosen: ChosenFacts, nowMs: number): { facts: Facts; used: ReadonlySet<string> } {
  const placed = chosen.placed ?? Math.min(chosen.paid ?? nowMs, nowMs - 5 * minuteMs);
  const facts: Facts = {
    first_name: 'Robin',
    last_name: 'Walker',
    country: 'US',
    total: 59.9,
    currency: 'USD',
    quantity: 2,
    sku: 'TOWEL-BEIGE',
    ttclid: 'E.C.P.TriggerExampleClickId0123456789',
    ttp: '2TriggerExampleBrowserId0123',
    paid: Math.min(placed + payAfterMs, nowMs),
    test: false,
    ...chosen,
    placed,
    nowMs,
    seed: chosen.id ?? randomBytes(16).toString('hex'),
  };
  const used = new Set<string>();
  const watched = new Proxy(facts, {
    get: (target, name, receiver) => {
      used.add(String(name));
      return Reflect.get(target, name, receiver);
    },
  });
  return { facts: watched, used };
}

/** The person's address; null when the user left it out. */
export const emailOf = ({ email }: Facts): string | null =>
  email === undefined ? 'robin.walker@example.com' : email;

/** A number of the range that is reserved for examples (555-0100 to 555-0199). */
const examplePhone = '+12125550143';

export const phoneOf = ({ phone }: Facts): string | null => (phone === undefined ? examplePhone : phone);

/** As a person types it into a checkout: without a country code where the address has the country. */
export function localPhoneOf(facts: Facts): string | null {
  const { phone, country } = facts;
  return phone === undefined && country === 'US' ? '(212) 555-0143' : phoneOf(facts);
}

/** @returns hexadecimal digits that depend on the sale and the name only */
export const token = (seed: string, name: string, length = 32): string =>
  hash('sha256', `${name} ${seed}`).slice(0, length);

/** @returns a number of so many digits that depends on the sale and the name only; 15 at most */
export function digits(seed: string, name: string, length: number): number {
  const least = 10 ** (length - 1);
  return least + (Number.parseInt(token(seed, name, 13), 16) % (9 * least));
}

/** @returns an UUID that depends on the sale and the name only */
export function uuid(seed: string, name: string): string {
  const hex = token(seed, name);
  const part = (from: number, to: number) => hex.slice(from, to);
  return `${part(0, 8)}-${part(8, 12)}-4${part(13, 16)}-8${part(17, 20)}-${part(20, 32)}`;
}
