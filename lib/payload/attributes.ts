/**
 * Reads what a storefront attached to an order: Shopify's cart attributes, WooCommerce's order meta, Stripe's
 * metadata. The names are the same on every platform.
 */
import { asObject, asObjects, asText } from './values.ts';

/** Values by lower-case name. */
export type Attributes = ReadonlyMap<string, string>;

/** Shopify: `[{name, value}]`. */
export const noteAttributes = (list: unknown): Attributes => fromPairs(list, 'name');

/** WooCommerce: `[{id, key, value}]`, with values of any type. */
export const metaData = (list: unknown): Attributes => fromPairs(list, 'key');

/** Stripe: an object of texts. */
export function metadata(object: unknown): Attributes {
  const attributes = new Map<string, string>();
  for (const [name, value] of Object.entries(asObject(object))) put(attributes, name, value);
  return attributes;
}

/** @returns the value of the first of `names` that has one */
export function attribute(attributes: Attributes, names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = attributes.get(name.toLowerCase());
    if (value !== undefined) return value;
  }
  return undefined;
}

function fromPairs(list: unknown, nameField: 'name' | 'key'): Attributes {
  const attributes = new Map<string, string>();
  for (const entry of asObjects(list)) {
    const name = asText(entry[nameField]);
    if (name !== undefined) put(attributes, name, entry.value);
  }
  return attributes;
}

/** Keeps the first non-empty value of each name. */
function put(attributes: Map<string, string>, name: string, value: unknown): void {
  const text = typeof value === 'boolean' ? String(value) : asText(value);
  const key = name.trim().toLowerCase();
  if (text !== undefined && !attributes.has(key)) attributes.set(key, text);
}
