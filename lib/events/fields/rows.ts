/** Builders of rows of the table that several fields share. */
import * as z from 'zod/mini';
import { plainSpelling } from '../../privacy/clean-text.ts';
import { type FieldFacts, type FieldParser, type FieldTable, field, within } from './field.ts';
import { parseDeviceId, parseDigest } from './parsers/identity.ts';
import { parseId } from './parsers/ids.ts';
import type { List } from './parsers/list.ts';
import { parseAmount, parseCount } from './parsers/numbers.ts';
import { fieldsParser } from './parsers/parse-fields.ts';
import { parseClearText, parseText, parseUrl } from './parsers/text.ts';
import { amount, idText, oneOrUpTo, text } from './shapes.ts';

export const freeText = <const Facts extends FieldFacts>(
  maxLength: number,
  what: string,
  facts: Facts,
  parse: FieldParser<string, string> = parseText,
) =>
  field(() => text(maxLength), `${what}: text of up to ${maxLength} characters`, parse, {
    ...facts,
    maxLength,
  });

/** Free text that leaves as it is, so without identifiers of a person. */
export const clearText = <const Facts extends FieldFacts>(maxLength: number, what: string, facts: Facts) =>
  freeText(maxLength, what, facts, parseClearText);

export const id = <const Facts extends FieldFacts>(
  what: string,
  facts: Facts,
  maxLength = 256,
  parse: FieldParser<string | number, string> = parseId,
) =>
  field(() => idText(maxLength), `${what}: text of up to ${maxLength} characters, or an integer`, parse, {
    ...facts,
    maxLength,
  });

export const number = <const Facts extends FieldFacts>(what: string, facts: Facts) =>
  field(amount, `${what}: a number of 0 or more`, parseAmount, { ...facts, isExact: true });

export const count = <const Facts extends FieldFacts>(what: string, facts: Facts) =>
  field(amount, `${what}: a whole number of 0 or more`, parseCount, { ...facts, isExact: true });

const maxUrlLength = 4096;

export const url = <const Facts extends FieldFacts>(what: string, facts: Facts) =>
  field(
    () => text(maxUrlLength),
    `${what}: an absolute http or https address of up to ${maxUrlLength} characters`,
    parseUrl,
    { ...facts, maxLength: maxUrlLength },
  );

/** One of a few words, in any case. */
export const choice = <const Choice extends string, const Facts extends FieldFacts>(
  choices: readonly [Choice, Choice, ...Choice[]],
  facts: Facts,
) => {
  const expects = `${choices.slice(0, -1).join(', ')} or ${choices.at(-1)}`;
  const parse: FieldParser<string, Choice> = (value, context, name) =>
    choices.find((known) => known.toLowerCase() === plainSpelling(value).toLowerCase()) ??
    context.omit('invalid_value', `expected ${expects}`, name);
  return field(() => z.union([z.enum(choices), text(64)]), expects, parse, facts);
};

const flagWords: ReadonlyMap<unknown, boolean> = new Map([
  ...['true', '1', 't', 'yes', 'y'].map((word) => [word, true] as const),
  ...['false', '0', 'f', 'no', 'n'].map((word) => [word, false] as const),
]);

/** Databases without a boolean type write 1 and 0, and exports write words. */
export const flag = <const Facts extends FieldFacts>(facts: Facts) => {
  const parse: FieldParser<boolean | number | string, boolean> = (value, context, name) => {
    if (typeof value === 'boolean') return value;
    const known = flagWords.get(plainSpelling(String(value)).toLowerCase());
    if (known !== undefined) return known;
    context.reject('invalid_type', 'expected true or false', name);
    return facts.whenFaulty === true || undefined;
  };
  return field(() => z.union([z.boolean(), z.int(), text(16)]), 'true or false', parse, {
    ...facts,
    isFlag: true,
    isExact: true,
  });
};

/** As many identifiers of one kind as a person may have. */
const maxIdentifiers = 10;
const identifierFacts = { oneOrList: maxIdentifiers, matchKey: true } as const;

/** Identifiers of a person: one, or a list. */
export const identifiers = <Item extends z.ZodMiniType, Out, const Facts extends FieldFacts>(
  item: () => Item,
  what: string,
  parse: FieldParser<z.infer<Item> | List<z.infer<Item>>, Out>,
  facts: Facts,
) =>
  field(() => oneOrUpTo(maxIdentifiers, item()), `${what}, one or a list of up to ${maxIdentifiers}`, parse, {
    ...facts,
    ...identifierFacts,
  });

/** The digests of such identifiers; they leave under the name of the identifiers themselves. */
export const digests = <const Facts extends FieldFacts>(what: string, facts: Facts) =>
  field(
    () => oneOrUpTo(maxIdentifiers, text(256)),
    `SHA-256 of the ${what}, one or a list of up to ${maxIdentifiers}: 64 lower-case hex characters each`,
    parseDigest,
    { ...facts, ...identifierFacts, isExact: true },
  );

/** The ids by which apps know a device. */
export const deviceIds = <const Facts extends FieldFacts>(what: string, facts: Facts) =>
  field(() => text(64), `${what}: a UUID, or its SHA-256 digest`, parseDeviceId, facts);

/** An object whose fields have rows of their own; one of which nothing is left is left out. */
export const object = <Parts extends FieldTable, const Facts extends FieldFacts>(
  parts: Parts,
  expects: string,
  facts: Facts,
) => {
  const parse = fieldsParser(parts);
  return field(
    () => objectSchema(parts),
    expects,
    (value, context, name) => {
      const parsed = parse(
        value,
        within(context, (part) => `${name}.${part}`),
      );
      return Object.keys(parsed).length > 0 ? parsed : undefined;
    },
    { ...facts, isObject: true, parts },
  );
};

/** Strict: a name that is not in `table` is an error. `null` is the same as absent. */
export const objectSchema = (table: FieldTable) =>
  z.strictObject(
    Object.fromEntries(Object.entries(table).map(([name, { schema }]) => [name, z.nullish(schema())])),
  );
