/** Decoders for single values of a platform's body, where any field may be absent, null, empty or of another type. */
import { isPlaceholder } from '../privacy/placeholder.ts';
import { isBlank } from '../schema/is-blank.ts';
import { isObject } from '../schema/is-object.ts';

export type Payload = Readonly<Record<string, unknown>>;

export const isPayload = (value: unknown): value is Payload => isObject(value);

const nothing: Payload = Object.freeze({});

/** The object, or an empty one: Shopify sends an empty list where it has no address. */
export const asObject = (value: unknown): Payload => (isPayload(value) ? value : nothing);

/** The objects of a list. */
export const asObjects = (value: unknown): Payload[] => (Array.isArray(value) ? value.filter(isPayload) : []);

/** The objects among the first `count` entries of a list; later entries are never read. */
export const firstObjects = (value: unknown, count: number): Payload[] =>
  Array.isArray(value) ? asObjects(value.slice(0, count)) : [];

/** Trimmed text with a visible character. Integers, such as ids, become text unless JSON.parse rounded them. */
export function asText(value: unknown): string | undefined {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? String(value) : undefined;
  return typeof value === 'string' && !isBlank(value) ? value.trim() : undefined;
}

/** An id: text that stands for somebody or something, unlike `0`, which WooCommerce writes for "none", or `undefined`. */
export function asId(value: unknown): string | undefined {
  const id = asText(value);
  return id === undefined || isPlaceholder(id) ? undefined : id;
}

/** @returns the first value that is text with a visible character */
export function firstText(...values: readonly unknown[]): string | undefined {
  for (const value of values) {
    const text = asText(value);
    if (text !== undefined) return text;
  }
  return undefined;
}

const decimal = /^\d{1,15}(?:\.\d{1,10})?$/;

/** An amount of 0 or more, from a number or a decimal text. */
export function asAmount(value: unknown): number | undefined {
  const text = typeof value === 'string' ? value.trim() : undefined;
  const number = text !== undefined && decimal.test(text) ? Number(text) : value;
  return typeof number === 'number' && Number.isFinite(number) && number >= 0 ? number : undefined;
}

/** A whole number of 0 or more. */
export function asCount(value: unknown): number | undefined {
  const number = asAmount(value);
  return number !== undefined && Number.isSafeInteger(number) ? number : undefined;
}
