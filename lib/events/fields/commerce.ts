/** Readers of the fields that say what was bought. */
import * as z from 'zod/mini';
import { currencies } from '../currencies.ts';
import { readersOf, readFields } from './read-fields.ts';
import { type Reader, readAmount, readCount, readId, readText, within } from './reading.ts';
import { amount, idText, text } from './shapes.ts';

export const contentSchema = () =>
  z.strictObject({
    content_id: z.nullish(idText(256)),
    content_name: z.nullish(text(1024)),
    content_category: z.nullish(text(512)),
    brand: z.nullish(text(256)),
    price: z.nullish(amount()),
    quantity: z.nullish(amount()),
  });

type ContentInput = z.infer<ReturnType<typeof contentSchema>>;

/** One line of TikTok's `contents`: ids are text, `price` is per unit, `quantity` is a whole number. */
export interface Content {
  content_id?: string;
  content_name?: string;
  content_category?: string;
  brand?: string;
  price?: number;
  quantity?: number;
}

const readers: { [K in keyof Content]-?: Reader<NonNullable<ContentInput[K]>> } = {
  content_id: readId,
  content_name: readText,
  content_category: readText,
  brand: readText,
  price: readAmount,
  quantity: readCount,
};

export const contentFields = Object.keys(readers) as (keyof Content)[];
const contentReaders = readersOf(readers);

function isEmpty(object: object): boolean {
  for (const _ in object) return false;
  return true;
}

/** An empty list, and a product of which nothing is known, are left out. */
export const readContents: Reader<ContentInput[]> = (list, reading, field) => {
  const present: Content[] = [];
  let index = 0;
  const inside = within(reading, (name) => `${field}[${index}].${name}`);
  for (const input of list) {
    const content = readFields(input, contentReaders, inside);
    if (!isEmpty(content)) present.push(content);
    index += 1;
  }
  return present.length > 0 ? present : undefined;
};

export const readCurrency: Reader<string> = (value, reading, field) => {
  const code = value.trim().toUpperCase();
  if (currencies.has(code)) return code;
  return reading.reject(
    'unsupported_currency',
    'expected an ISO 4217 code that TikTok takes, such as USD or EUR',
    field,
  );
};

export const readContentType: Reader<string> = (value, reading, field) => {
  if (value !== 'product' && value !== 'product_group') {
    reading.warn('unknown_content_type', 'TikTok knows product and product_group', field);
  }
  return readText(value, reading, field);
};

/** A list of catalogue ids; empty entries are left out. */
export const readIds: Reader<(string | number)[]> = (list, reading, field) => {
  const ids = list.map((id) => readId(id, reading, field)).filter((id) => id !== undefined);
  return ids.length > 0 ? ids : undefined;
};
