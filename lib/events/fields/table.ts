/**
 * Every field an event may have: its shape, what is expected in words, and the reader that makes it canonical.
 * Types, validation, error messages and the OpenAPI document all come from this one table.
 */
import * as z from 'zod/mini';
import { lazily } from '../../schema/lazily.ts';
import { matcherOf, strictMatcher } from '../../schema/matcher.ts';
import { destinationName } from '../destination.ts';
import { contentSchema, readContents, readContentType, readCurrency, readIds } from './commerce.ts';
import { readEventId, readEventName, readEventTime } from './event-facts.ts';
import { readDigest, readEmail, readExternalId, readIp, readPhone } from './identity.ts';
import {
  adSchema,
  appSchema,
  customPropertiesSchema,
  leadSchema,
  readAd,
  readApp,
  readCustomProperties,
  readLead,
} from './objects.ts';
import { type Reader, readAmount, readCount, readId, readText, readUrl } from './reading.ts';
import { amount, idText, oneOrUpTo, text } from './shapes.ts';

interface Field<Schema extends z.ZodMiniType> {
  /** Made when it is asked for: to make all of them is a good part of a function's start. */
  readonly schema: () => Schema;
  /** Completes the sentence "expected …". */
  readonly expects: string;
  readonly read: Reader<z.infer<Schema>>;
}

const field = <Schema extends z.ZodMiniType>(
  schema: () => Schema,
  expects: string,
  read: Reader<z.infer<Schema>>,
): Field<Schema> => ({ schema: lazily(schema), expects, read });

const readAsIs: Reader<unknown> = (value) => value;

const freeText = (max: number, what: string) =>
  field(() => text(max), `${what}: text of up to ${max} characters`, readText);
const id = (what: string) =>
  field(() => idText(256), `${what}: text of up to 256 characters, or an integer`, readId);
const number = (what: string) => field(() => amount(), `${what}: a number of 0 or more`, readAmount);
const count = (what: string) => field(() => amount(), `${what}: a whole number of 0 or more`, readCount);
const url = (what: string) =>
  field(() => text(4096), `${what}: an absolute http or https address of up to 4096 characters`, readUrl);
const digests = (what: string) =>
  field(
    () => oneOrUpTo(10, text(256)),
    `SHA-256 of the ${what}, one or a list of 1 to 10: 64 lower-case hex characters each`,
    readDigest,
  );

export const fields = {
  event_name: field(
    () => text(100),
    "the event's name, such as Purchase: text of 1 to 100 characters",
    readEventName,
  ),
  event_id: field(
    () => idText(256),
    'your stable id of this conversion, the one the browser pixel sends too: text of 1 to 256 characters, or an integer',
    readEventId,
  ),
  event_time: field(
    () => z.union([z.number(), text(64)]),
    'when it happened: Unix seconds or milliseconds, or ISO 8601 with an offset',
    readEventTime,
  ),
  email: field(() => oneOrUpTo(10, text(320)), 'e-mail address, one or a list of 1 to 10', readEmail),
  phone: field(() => oneOrUpTo(10, idText(64)), 'phone number, one or a list of 1 to 10', readPhone),
  external_id: field(
    () => oneOrUpTo(10, idText(256)),
    'your id of the person, one or a list of 1 to 10',
    readExternalId,
  ),
  hashed_email: digests('normalized e-mail address'),
  hashed_phone: digests('phone number in E.164 form with +'),
  hashed_external_id: digests('external id'),
  first_name: freeText(256, 'first name'),
  last_name: freeText(256, 'last name'),
  zip_code: field(() => idText(64), 'postal code: text of up to 64 characters, or an integer', readId),
  city: freeText(256, 'city'),
  state: freeText(128, 'state or province, best as two letters'),
  country: freeText(64, 'country, best as two letters'),
  ttclid: freeText(1024, "TikTok's click id"),
  ttp: freeText(256, 'value of the _ttp cookie'),
  ip: field(() => text(64), "the visitor's IPv4 or IPv6 address", readIp),
  user_agent: freeText(2048, "the visitor's user agent"),
  locale: freeText(64, 'BCP 47 language tag'),
  idfa: freeText(64, "Apple's advertising id"),
  idfv: freeText(64, "Apple's vendor id"),
  gaid: freeText(64, "Google's advertising id"),
  att_status: field(
    () => z.enum(['AUTHORIZED', 'DENIED', 'NOT_DETERMINED', 'RESTRICTED', 'NOT_APPLICABLE']),
    'AUTHORIZED, DENIED, NOT_DETERMINED, RESTRICTED or NOT_APPLICABLE',
    readAsIs,
  ),
  value: number('value of the whole conversion'),
  currency: field(() => text(16), 'ISO 4217 currency code', readCurrency),
  content_id: id("the product's id in your TikTok catalogue"),
  content_name: freeText(1024, "the product's name"),
  content_category: freeText(512, "the product's category"),
  brand: freeText(256, "the product's brand"),
  price: number('price of one unit'),
  quantity: count('number of units'),
  contents: field(
    () => z.array(contentSchema()).check(z.maxLength(200)),
    'products: a list of up to 200 objects of content_id, content_name, content_category, brand, price, quantity',
    readContents,
  ),
  content_type: field(() => text(64), 'product or product_group', readContentType),
  content_ids: field(
    () => z.array(idText(256)).check(z.maxLength(200)),
    'catalogue ids: a list of up to 200',
    readIds,
  ),
  num_items: count('number of items'),
  order_id: id("the order's id"),
  shop_id: id("the shop's id"),
  query: freeText(1024, 'search term, older name'),
  search_string: freeText(1024, 'search term'),
  description: freeText(2048, 'description'),
  status: freeText(128, 'status'),
  delivery_category: field(
    () => z.enum(['in_store', 'curbside', 'home_delivery']),
    'in_store, curbside or home_delivery',
    readAsIs,
  ),
  predicted_ltv: number('predicted lifetime value'),
  customer_type: field(() => z.enum(['new', 'returning']), 'new or returning', readAsIs),
  custom_properties: field(
    customPropertiesSchema,
    'a flat object of up to 100 texts, numbers or booleans; names of letters, digits, _ . and -',
    readCustomProperties,
  ),
  page_url: url('address of the page'),
  page_referrer: url('address of the referring page'),
  app: field(appSchema, 'an object of app_id, app_name, app_version', readApp),
  ad: field(adSchema, "an object of TikTok's ad fields, such as callback and campaign_id", readAd),
  lead: field(leadSchema, 'an object of lead_id, lead_event_source', readLead),
  limited_data_use: field(() => z.boolean(), 'true or false', readAsIs),
  test_event_code: freeText(64, "code of Events Manager's test page"),
  destination: field(() => destinationName, 'name of a configured destination', readAsIs),
};

export type FieldName = keyof typeof fields;
export type FieldValue<Name extends FieldName> = z.infer<ReturnType<(typeof fields)[Name]['schema']>>;

/** An event as callers send it: `null` is the same as absent. */
export type EventInput = { event_name: string } & {
  [Name in Exclude<FieldName, 'event_name'>]?: FieldValue<Name> | null | undefined;
};

export const fieldNames = Object.keys(fields) as FieldName[];

/** Strict: a name that is not in the table is an error. Right events do without. */
export const eventSchema = lazily(() => {
  const optional = Object.entries(fields).map(([name, { schema }]) => [
    name,
    z.nullish(schema() as z.ZodMiniType),
  ]);
  const shape = { ...Object.fromEntries(optional), event_name: fields.event_name.schema() };
  return z.strictObject(shape) as unknown as z.ZodMiniType<EventInput>;
});

/** The same in short: a right event matches, a wrong one never does. */
export const matchesEvent = strictMatcher(
  new Map(Object.entries(fields).map(([name, { schema }]) => [name, () => matcherOf(schema())])),
  'event_name',
);
