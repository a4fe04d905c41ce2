/**
 * TikTok's pixel takes `content_type` inside each of `contents`; the Events API takes it once, beside them. An event that
 * follows the pixel's documentation loses nothing and gets no warning.
 */
import { cleanText } from '../../privacy/clean-text.ts';
import { isAbsent } from '../../schema/is-absent.ts';
import { isObject } from '../../schema/is-object.ts';

type Values = Readonly<Record<string, unknown>>;

/**
 * @returns the properties with `content_type` moved out of `contents`. One beside them stays. Products of two types have no
 *   common one, so the event gets none. It never changes its input
 */
export function liftContentType(properties: Values): Values {
  const { contents, content_type: own } = properties;
  if (!Array.isArray(contents) || !contents.some(hasType)) return properties;
  const types = new Set<string>();
  const products = contents.map((product: unknown) => {
    if (!hasType(product)) return product;
    const { content_type: type, ...rest } = product;
    if (typeof type === 'string' && !isAbsent(type)) types.add(cleanText(type));
    return rest;
  });
  const [common] = types.size === 1 ? types : [];
  return { ...properties, contents: products, content_type: isAbsent(own) ? common : own };
}

const hasType = (product: unknown): product is Values =>
  isObject(product) && Object.hasOwn(product, 'content_type');
