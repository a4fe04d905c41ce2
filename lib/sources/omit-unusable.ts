/**
 * Takes out of an event what TikTok or our own schema would refuse and nobody can correct, since no person reads the
 * answer to a webhook. The API, where a caller can mend the field, refuses instead.
 */
import { normaliseEmail } from '../privacy/email.ts';
import { toE164 } from '../privacy/phone.ts';
import { looksLikeDigest } from '../privacy/sha256.ts';
import { isTakenByTikTok } from './money.ts';
import { asText, isPayload, type Payload } from './payload-values.ts';
import { countryCode } from './person.ts';
import { publicIp } from './visitor.ts';
import type { Omission } from './webhook-outcome.ts';

/** @param country the destination's default, for phones without any country beside them */
export function omitUnusable(input: Payload, country: string | undefined) {
  const event: Record<string, unknown> = { ...input };
  const omitted: Omission[] = [];
  const keep = (field: Omission & ('email' | 'phone' | 'ip'), read: (value: unknown) => unknown): void => {
    if (event[field] === undefined || event[field] === null) return;
    const usable = eachOf(event[field], read);
    if (usable.length === 0) delete event[field];
    else event[field] = Array.isArray(event[field]) ? usable : usable[0];
    if (usable.length < (Array.isArray(input[field]) ? input[field].length : 1)) omitted.push(field);
  };
  const phoneCountry = countryCode(event.country) ?? country;
  keep('email', usableEmail);
  keep('phone', (value) => usablePhone(value, phoneCountry));
  keep('ip', (value) => publicIp(value));
  if (dropForeignMoney(event)) omitted.push('currency');
  return { event, omitted };
}

const eachOf = (value: unknown, read: (value: unknown) => unknown): unknown[] =>
  (Array.isArray(value) ? value : [value]).map(read).filter((entry) => entry !== undefined);

function usableEmail(value: unknown): string | undefined {
  const text = asText(value);
  const isUsable = text !== undefined && text.length <= 320 && !looksLikeDigest(text);
  return isUsable && normaliseEmail(text) !== undefined ? text : undefined;
}

function usablePhone(value: unknown, country: string | undefined): string | undefined {
  const text = asText(value);
  return text === undefined || text.length > 64 || looksLikeDigest(text) ? undefined : toE164(text, country);
}

/** Value and prices go with a currency that TikTok does not take: the destination's default would falsify them. */
function dropForeignMoney(event: Record<string, unknown>): boolean {
  const currency = asText(event.currency)?.toUpperCase();
  if (currency === undefined || isTakenByTikTok(currency)) return false;
  for (const field of ['currency', 'value', 'price', 'predicted_ltv']) delete event[field];
  if (Array.isArray(event.contents)) event.contents = event.contents.map(withoutPrice);
  return true;
}

export function withoutPrice(content: unknown): unknown {
  if (!isPayload(content)) return content;
  const { price: _price, ...rest } = content;
  return rest;
}
