/**
 * The functions of mappings besides JMESPath's own. Each gives null for an absent value, and for one that it cannot read,
 * which it reports. None throws.
 */
import { type JSONValue, register, TYPE_ANY } from '@jmespath-community/jmespath';
import { decodeHtml } from '../payload/html-entities.ts';
import { asText, isPayload } from '../payload/values.ts';
import { currentScope } from './mapping-request.ts';
import {
  readJson,
  readMinorUnits,
  readNumber,
  readParameter,
  readPhone,
  readText,
  readUnixTime,
} from './read-value.ts';

interface MappingFunction {
  readonly arguments: number;
  readonly call: (values: readonly unknown[]) => unknown;
}

/** The table that docs/sources/mapping.md documents; a test compares the two. */
export const mappingFunctions: Readonly<Record<string, MappingFunction>> = {
  /** `url_param(url, 'ttclid')`: a query parameter of an absolute or relative URL, also behind `&amp;` or `#`. */
  url_param: { arguments: 2, call: ([url, name]) => readParameter(url, name) },
  /** `minor_units(amount, currency)`: 1999 and USD give 19.99, 800 and JPY give 800, 1234 and KWD give 1.234. */
  minor_units: { arguments: 2, call: ([amount, currency]) => readMinorUnits(amount, currency) },
  /** `unix_time(time)`: ISO 8601 (without an offset it is UTC), RFC 2822, seconds or milliseconds. */
  unix_time: { arguments: 1, call: ([time]) => readUnixTime(time) },
  /** `phone(number, country)`: E.164, read with the country or, without one, with the destination's. */
  phone: {
    arguments: 2,
    call: ([number, country]) => readPhone(number, country, currentScope().country),
  },
  /** JMESPath's own takes an empty text for 0, and gives null for any other text that is no number. */
  to_number: { arguments: 1, call: ([value]) => readNumber(value) },
  lower: { arguments: 1, call: ([text]) => readText(text)?.toLowerCase() },
  upper: { arguments: 1, call: ([text]) => readText(text)?.toUpperCase() },
  /** `text(value)`: trimmed text, or an integer as text; null when it is empty. */
  text: { arguments: 1, call: ([value]) => readText(value) },
  /** `decode_html(text)`: removes tags and decodes entities. */
  decode_html: { arguments: 1, call: ([text]) => decodeHtml(readText(text) ?? '') },
  /** `parse_json(text)`: the value of a text with JSON, such as a field of a form. */
  parse_json: { arguments: 1, call: ([text]) => readJson(text) },
  /** `pick(object, key)`: the entry of an object whose name is computed, such as a table of topics. */
  pick: {
    arguments: 2,
    call: ([object, key]) => {
      const name = asText(key);
      return isPayload(object) && name !== undefined && Object.hasOwn(object, name) ? object[name] : null;
    },
  },
  /** `header(name)` and `query(name)`: a value of the webhook request; null in a sync. */
  header: { arguments: 1, call: ([name]) => currentScope().header?.(asText(name) ?? '') },
  query: { arguments: 1, call: ([name]) => currentScope().query?.(asText(name) ?? '') },
  /** `payload()`: the whole payload, inside an expression that is evaluated for one item of source.each. */
  payload: { arguments: 0, call: () => currentScope().payload },
};

for (const [name, { arguments: count, call }] of Object.entries(mappingFunctions)) {
  const signature = Array.from({ length: count }, () => ({ types: [TYPE_ANY] }));
  register(name, (values) => (call(values) ?? null) as JSONValue, signature, { override: true });
}

/** @returns the number of arguments of one of our functions; undefined for JMESPath's own */
export const argumentsOf = (name: string): number | undefined =>
  Object.hasOwn(mappingFunctions, name) ? mappingFunctions[name]?.arguments : undefined;
