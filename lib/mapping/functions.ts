/** The functions of mappings besides JMESPath's own. Each returns null for input that it cannot read; none throws. */
import { type JSONValue, register, TYPE_ANY } from '@jmespath-community/jmespath';
import { queryParameter } from '../payload/click-ids.ts';
import { decodeHtml } from '../payload/html-entities.ts';
import { fromMinorUnits } from '../payload/money.ts';
import { countryCode } from '../payload/person.ts';
import { asUnixSeconds } from '../payload/time.ts';
import { asText, isPayload } from '../payload/values.ts';
import { toE164 } from '../privacy/phone.ts';
import { currentScope } from './mapping-request.ts';

type Arguments = readonly unknown[];

interface MappingFunction {
  readonly arguments: number;
  readonly call: (values: Arguments) => unknown;
}

/** The table that docs/sources/mapping.md documents; a test compares the two. */
export const mappingFunctions: Readonly<Record<string, MappingFunction>> = {
  /** `url_param(url, 'ttclid')`: a query parameter of an absolute or relative URL, also behind `&amp;` or `#`. */
  url_param: {
    arguments: 2,
    call: ([url, name]) => queryParameter(asText(url), asText(name) ?? ''),
  },
  /** `minor_units(amount, currency)`: 1999 and USD give 19.99, 800 and JPY give 800, 1234 and KWD give 1.234. */
  minor_units: {
    arguments: 2,
    call: ([amount, currency]) => fromMinorUnits(amount, currency)?.amount,
  },
  /** `unix_time(time)`: ISO 8601 (without an offset it is UTC), RFC 2822, seconds or milliseconds. */
  unix_time: { arguments: 1, call: ([time]) => asUnixSeconds(time) },
  /** `phone(number, country)`: E.164, read with the country or, without one, with the destination's. */
  phone: {
    arguments: 2,
    call: ([number, country]) => {
      const raw = asText(number)?.slice(0, 64);
      return raw === undefined ? null : toE164(raw, countryCode(country) ?? currentScope().country);
    },
  },
  lower: { arguments: 1, call: ([text]) => asText(text)?.toLowerCase() },
  upper: { arguments: 1, call: ([text]) => asText(text)?.toUpperCase() },
  /** `text(value)`: trimmed text, or an integer as text; null when it is empty. */
  text: { arguments: 1, call: ([value]) => asText(value) },
  /** `decode_html(text)`: removes tags and decodes entities. */
  decode_html: { arguments: 1, call: ([text]) => decodeHtml(asText(text) ?? '') },
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
