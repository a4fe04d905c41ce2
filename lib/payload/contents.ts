/** The products of an order. A line without a catalog id is dropped: TikTok warns about empty content ids. */

import { cutText } from '../events/fields/parsers/text.ts';
import { fields } from '../events/fields/table.ts';
import { isAbsent } from '../schema/is-absent.ts';
import { asAmount, asCount, asId, asText, firstObjects, isPayload, type Payload } from './values.ts';

export interface Line {
  readonly id: string | undefined;
  readonly price: unknown;
  readonly quantity: unknown;
  readonly name: unknown;
  readonly brand?: unknown;
}

/** Lines read from one order: more than an event may have, because lines without an id are dropped. */
const maxLinesRead = 1_000;

export const orderLines = (list: unknown): Payload[] => firstObjects(list, maxLinesRead);

/** @returns undefined when no line has an id */
export function toContents(lines: readonly Line[]): Payload[] | undefined {
  const contents: Payload[] = [];
  for (const { id, price, quantity, name, brand } of lines) {
    if (contents.length === fields.contents.list) break;
    if (id === undefined || id.length > fields.content_id.maxLength) continue;
    contents.push(
      withoutGaps({
        content_id: id,
        content_name: clamp(asText(name), fields.content_name.maxLength),
        brand: clamp(asText(brand), fields.brand.maxLength),
        price: readable(price, asAmount),
        quantity: readable(quantity, asCount),
      }),
    );
  }
  return contents.length > 0 ? contents : undefined;
}

/** A value that cannot be read stays as it is: the check of the event omits it and names it. */
const readable = (value: unknown, read: (value: unknown) => number | undefined): unknown =>
  read(value) ?? (isAbsent(value) ? undefined : value);

/** A price without its own currency would count in the event's, or in the destination's default currency. */
export const withoutPrices = (contents: unknown): unknown =>
  Array.isArray(contents) ? contents.map(withoutPrice) : contents;

function withoutPrice(content: unknown): unknown {
  if (!isPayload(content)) return content;
  const { price: _price, ...rest } = content;
  return rest;
}

/** Drops undefined members, so that a field is either present or absent, and never null. */
export const withoutGaps = (object: Payload): Record<string, unknown> =>
  Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));

/** @returns the text cut at a length in UTF-16 units */
export const clamp = (text: string | undefined, maxLength: number): string | undefined =>
  text === undefined ? undefined : cutText(text, maxLength);

export type VariantContentId = 'variant_id' | 'product_id' | 'sku' | 'sku_or_variant_id';

/** @returns the catalog id of an order line whose platform names products, variants and SKUs like most others */
export function variantContentId(line: Payload, choice: VariantContentId): string | undefined {
  if (choice === 'product_id') return asId(line.product_id);
  if (choice === 'variant_id') return asId(line.variant_id);
  const sku = asText(line.sku);
  return choice === 'sku' ? sku : (sku ?? asId(line.variant_id));
}
