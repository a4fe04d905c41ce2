/** The fields of one product: each is a field of the event (the short form) and of every entry of `contents`. */
import { cleanText } from '../../privacy/clean-text.ts';
import { type FieldParser, field, within } from './field.ts';
import type { List } from './parsers/list.ts';
import { fieldsParser, type Parsed } from './parsers/parse-fields.ts';
import { clearText, count, id, number, objectSchema } from './rows.ts';
import { upTo } from './shapes.ts';

/** `price` is per unit (Events API 2.0, `properties.contents`). */
export const productFields = {
  content_id: id("the product's id in your TikTok catalog", { to: 'contents' }),
  content_name: clearText(1024, "the product's name", { to: 'contents' }),
  content_category: clearText(512, "the product's category", { to: 'contents' }),
  brand: clearText(256, "the product's brand", { to: 'contents' }),
  price: number('price of one unit', { to: 'contents', isMoney: true }),
  quantity: count('number of units', { to: 'contents' }),
};

/** One entry of TikTok's `contents`: ids are text, `quantity` is a whole number. */
export type Content = Parsed<typeof productFields>;

const maxProducts = 200;
const parseProduct = fieldsParser(productFields);

/** An empty list, and a product without any value, are left out. One context serves all products: it takes time to make. */
const parseContents: FieldParser<List<Record<string, unknown>>, Content[]> = (list, context, field) => {
  let index = -1;
  const inside = within(context, (name) => `${field}[${index}].${name}`);
  const present: Content[] = [];
  for (const input of list) {
    index += 1;
    const content = input === null || input === undefined ? {} : parseProduct(input, inside);
    if (Object.keys(content).length > 0) present.push(content);
  }
  return present.length > 0 ? present : undefined;
};

export const contents = field(
  () => upTo(maxProducts, objectSchema(productFields)),
  `products: a list of up to ${maxProducts} objects of ${Object.keys(productFields).join(', ')}`,
  parseContents,
  { to: 'properties', list: maxProducts, isObject: true, parts: productFields },
);

export const parseContentType: FieldParser<string, string> = (value, context, field) => {
  const type = cleanText(value);
  if (type !== 'product' && type !== 'product_group') {
    context.warn('unknown_content_type', 'TikTok knows product and product_group', field);
  }
  return type;
};
