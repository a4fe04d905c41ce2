/**
 * Reads what a storefront attached to an order: Shopify's cart attributes, WooCommerce's order meta, Stripe's
 * metadata. The names are the same on every platform.
 */
import { isPlaceholder } from '../privacy/placeholder.ts';
import { asObject, asObjects, asText } from './values.ts';

/** The first value of each name, by lower-case name. */
export interface Attributes extends ReadonlyMap<string, string> {
  /** The further values of names that occur several times. */
  readonly repeated?: ReadonlyMap<string, readonly string[]>;
}

interface Draft extends Map<string, string> {
  repeated?: Map<string, string[]>;
}

/** Shopify: `[{name, value}]`. */
export const noteAttributes = (list: unknown): Attributes => fromPairs(list, 'name');

/** WooCommerce: `[{id, key, value}]`, with values of any type. */
export const metaData = (list: unknown): Attributes => fromPairs(list, 'key');

/** Stripe: an object of texts. */
export function metadata(object: unknown): Attributes {
  const attributes: Draft = new Map();
  for (const [name, value] of Object.entries(asObject(object))) put(attributes, name, value);
  return attributes;
}

/** @returns the first value of `names` that stands for something, unlike `undefined` or `none` */
export const attribute = (attributes: Attributes, names: readonly string[]): string | undefined =>
  attributeValues(attributes, names).find((value) => !isPlaceholder(value));

/** @returns every value, those of the first name first */
export const attributeValues = (attributes: Attributes, names: readonly string[]): string[] =>
  names.flatMap((name) => {
    const key = name.toLowerCase();
    const first = attributes.get(key);
    return first === undefined ? [] : [first, ...(attributes.repeated?.get(key) ?? [])];
  });

function fromPairs(list: unknown, nameField: 'name' | 'key'): Attributes {
  const attributes: Draft = new Map();
  for (const entry of asObjects(list)) {
    const name = asText(entry[nameField]);
    if (name !== undefined) put(attributes, name, entry.value);
  }
  return attributes;
}

function put(attributes: Draft, name: string, value: unknown): void {
  const text = typeof value === 'boolean' ? String(value) : asText(value);
  const key = name.trim().toLowerCase();
  if (text === undefined) return;
  if (!attributes.has(key)) attributes.set(key, text);
  else {
    attributes.repeated ??= new Map();
    attributes.repeated.set(key, [...(attributes.repeated.get(key) ?? []), text].slice(0, maxRepeated));
  }
}

/** Further values of one name that are read: a body of 1 MiB has room for 30,000. */
const maxRepeated = 10;
