/**
 * Takes out of an event what TikTok or our own schema would refuse and nobody can correct, since no person reads the
 * answer to a webhook. The API, where a caller can mend the field, refuses instead.
 */
import { contentFields } from '../events/fields/commerce.ts';
import { withoutPrice } from '../payload/contents.ts';
import { isTakenByTikTok } from '../payload/money.ts';
import { countryCode } from '../payload/person.ts';
import { asText, type Payload } from '../payload/values.ts';
import { publicIp } from '../payload/visitor.ts';
import { normalizeEmail } from '../privacy/email.ts';
import { toE164 } from '../privacy/phone.ts';
import { looksLikeDigest } from '../privacy/sha256.ts';
import { cutTexts } from './text-lengths.ts';
import { cutLists, keepUsable } from './usable-fields.ts';
import type { Omission } from './webhook-outcome.ts';

/** What the destination's defaults and the clock say. */
export interface Defaults {
  readonly nowMs: number;
  /** For phones without any country beside them. */
  readonly country?: string | undefined;
  /** For a value without a currency. */
  readonly currency?: string | undefined;
}

export function omitUnusable(input: Payload, { nowMs, country, currency }: Defaults) {
  const event: Record<string, unknown> = { ...input };
  const omitted: Omission[] = cutLists(event);
  const keep = (field: Omission & ('email' | 'phone' | 'ip'), read: (value: unknown) => unknown): void => {
    if (event[field] === undefined || event[field] === null) return;
    const given = event[field];
    const usable = eachOf(given, read);
    if (usable.length === 0) delete event[field];
    else event[field] = Array.isArray(given) ? usable : usable[0];
    if (usable.length < (Array.isArray(given) ? given.length : 1)) omitted.push(field);
  };
  const phoneCountry = countryCode(event.country) ?? country;
  keep('email', usableEmail);
  keep('phone', (value) => usablePhone(value, phoneCountry));
  keep('ip', (value) => publicIp(value));
  if (dropForeignMoney(event)) omitted.push('currency');
  cutTexts(event);
  omitted.push(...keepUsable(event, nowMs), ...dropSecondForm(event));
  if (event.value !== undefined && event.currency === undefined && currency === undefined) {
    delete event.value;
    omitted.push('value');
  }
  return { event, omitted: [...new Set(omitted)] };
}

/** Products are given as a list or as one product, not both: the list tells more. */
function dropSecondForm(event: Record<string, unknown>): Omission[] {
  if (event.contents === undefined) return [];
  const second = contentFields.filter((field) => event[field] !== undefined);
  for (const field of second) delete event[field];
  return second;
}

const eachOf = (value: unknown, read: (value: unknown) => unknown): unknown[] =>
  (Array.isArray(value) ? value : [value]).map(read).filter((entry) => entry !== undefined);

function usableEmail(value: unknown): string | undefined {
  const text = asText(value);
  const isUsable = text !== undefined && text.length <= 320 && !looksLikeDigest(text);
  return isUsable && normalizeEmail(text) !== undefined ? text : undefined;
}

function usablePhone(value: unknown, country: string | undefined): string | undefined {
  const text = asText(value);
  return text === undefined || text.length > 64 || looksLikeDigest(text) ? undefined : toE164(text, country);
}

/** Value and prices go with a currency that TikTok does not take: the destination's default would falsify them. */
function dropForeignMoney(event: Record<string, unknown>): boolean {
  if (event.currency === undefined || event.currency === null) return false;
  if (isTakenByTikTok(asText(event.currency)?.toUpperCase() ?? '')) return false;
  for (const field of ['currency', 'value', 'price', 'predicted_ltv']) delete event[field];
  if (Array.isArray(event.contents)) event.contents = event.contents.map(withoutPrice);
  return true;
}
