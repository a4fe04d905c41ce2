/**
 * Every field that an event may have, and all that the gateway knows about it. Types, validation, error messages,
 * OpenAPI, TikTok's request, match keys, the CLI's flags, columns of a sync and the table of docs/events.md follow from it.
 */
import * as z from 'zod/mini';
import { deviceId } from '../../privacy/device-id.ts';
import { normalizeEmail } from '../../privacy/email.ts';
import { normalizeName, normalizePlace, normalizeZip } from '../../privacy/names.ts';
import { destinationName } from '../destination.ts';
import { contents, parseContentType, productFields } from './commerce.ts';
import { type FieldFacts, field } from './field.ts';
import { parseCountry, parseEmail, parseExternalId, parseIp, parsePhone } from './identity.ts';
import { parseEventId, parseIds } from './ids.ts';
import { parseCurrency } from './numbers.ts';
import { ad, app, customProperties, lead } from './objects.ts';
import type { Parsed } from './parse-fields.ts';
import {
  browserId,
  choice,
  count,
  deviceIds,
  digests,
  flag,
  freeText,
  id,
  identifiers,
  number,
  url,
} from './rows.ts';
import { idText, text, upTo } from './shapes.ts';
import { parseEventName, parseSearch } from './text.ts';
import { parseEventTime } from './time.ts';

const toUser = { to: 'user', personal: true } as const;
const toProperties = { to: 'properties' } as const;
const web = { sources: ['web'] } as const;
const appOnly = { sources: ['app'] } as const;
const webAndApp = { sources: ['web', 'app'] } as const;
const webAndCrm = { sources: ['web', 'crm'] } as const;
const essential = { isEssential: true, isExact: true } as const;
const matchKey = { matchKey: true } as const;
const maxContentIds = 200;

const search = (what: string) =>
  field(() => text(1024), `${what}: text of up to 1024 characters`, parseSearch, {
    ...toProperties,
    maxLength: 1024,
  });

/** The parser of phones has made E.164 of them. */
const asItIs = (text: string): string => text;
const trim = (text: string): string => text.trim();

export const fields = {
  event_name: field(
    () => text(100),
    "the event's name, such as Purchase: text of 1 to 100 characters",
    parseEventName,
    { to: 'event', as: 'event', ...essential },
  ),
  event_id: field(
    () => idText(256),
    'your stable id of this conversion, the one the browser pixel sends too: text of 1 to 256 characters, or an integer',
    parseEventId,
    { to: 'event', maxLength: 256, isExact: true },
  ),
  event_time: field(
    () => z.union([z.number(), text(64)]),
    'when it happened: Unix seconds or milliseconds, or ISO 8601 with an offset',
    parseEventTime,
    { to: 'event', ...essential },
  ),
  email: identifiers(() => text(320), 'e-mail address', parseEmail, { ...toUser, hash: normalizeEmail }),
  phone: identifiers(() => idText(64), 'phone number', parsePhone, { ...toUser, hash: asItIs }),
  external_id: identifiers(() => idText(256), 'your id of the person', parseExternalId, {
    ...toUser,
    ...webAndCrm,
    hash: trim,
  }),
  hashed_email: digests('normalized e-mail address', { to: 'user', as: 'email' }),
  hashed_phone: digests('phone number in E.164 form with +', { to: 'user', as: 'phone' }),
  hashed_external_id: digests('external id', { to: 'user', as: 'external_id', ...webAndCrm }),
  first_name: freeText(256, 'first name', { ...toUser, hash: normalizeName }),
  last_name: freeText(256, 'last name', { ...toUser, hash: normalizeName }),
  zip_code: id('postal code', { ...toUser, hash: normalizeZip }, 64),
  city: freeText(256, 'city', { ...toUser, normalize: normalizePlace }),
  state: freeText(128, 'state or province, best as two letters', {
    ...toUser,
    normalize: normalizePlace,
  }),
  country: field(() => text(64), 'country: ISO 3166-1 code such as DE, or its name', parseCountry, {
    ...toUser,
    normalize: normalizePlace,
  }),
  ttclid: browserId("TikTok's click id", 1024, { ...toUser, ...web, ...matchKey }),
  ttp: browserId('value of the _ttp cookie', 256, { ...toUser, ...web, ...matchKey }),
  ip: field(() => text(64), "the visitor's IPv4 or IPv6 address", parseIp, { ...toUser, ...webAndApp }),
  user_agent: freeText(2048, "the visitor's user agent", { ...toUser, ...webAndApp }),
  locale: freeText(64, 'BCP 47 language tag', { to: 'user', ...webAndApp }),
  idfa: deviceIds("Apple's advertising id", {
    ...toUser,
    ...appOnly,
    ...matchKey,
    normalize: deviceId((text) => text.toUpperCase()),
  }),
  idfv: deviceIds("Apple's vendor id", { ...toUser, ...appOnly }),
  gaid: deviceIds("Google's advertising id", {
    ...toUser,
    ...appOnly,
    ...matchKey,
    normalize: deviceId((text) => text.toLowerCase()),
  }),
  att_status: choice(['AUTHORIZED', 'DENIED', 'NOT_DETERMINED', 'RESTRICTED', 'NOT_APPLICABLE'], {
    to: 'user',
    ...appOnly,
  }),
  value: number('value of the whole conversion', { ...toProperties, isMoney: true }),
  currency: field(() => text(16), 'ISO 4217 currency code', parseCurrency, toProperties),
  ...productFields,
  contents,
  content_type: field(() => text(64), 'product or product_group', parseContentType, toProperties),
  content_ids: field(
    () => upTo(maxContentIds, idText(256)),
    `catalog ids: a list of up to ${maxContentIds}`,
    parseIds,
    { ...toProperties, list: maxContentIds },
  ),
  num_items: count('number of items', toProperties),
  order_id: id("the order's id", toProperties),
  shop_id: id("the shop's id", toProperties),
  query: search('search term, older name'),
  search_string: search('search term'),
  description: freeText(2048, 'description', toProperties),
  status: freeText(128, 'status', toProperties),
  delivery_category: choice(['in_store', 'curbside', 'home_delivery'], toProperties),
  predicted_ltv: number('predicted lifetime value', { ...toProperties, isMoney: true }),
  customer_type: choice(['new', 'returning'], { ...toProperties, ...webAndApp }),
  custom_properties: customProperties,
  page_url: url('address of the page', { to: 'page', as: 'url', ...web }),
  page_referrer: url('address of the referring page', { to: 'page', as: 'referrer', ...web }),
  app,
  ad,
  lead,
  // A limit on the use of data holds, however it is written.
  limited_data_use: flag({ to: 'event', ...webAndApp, whenFaulty: true }),
  test_event_code: freeText(64, "code of Events Manager's test page", { to: 'call', ...essential }),
  destination: field(
    () => destinationName,
    'name of a configured destination',
    (name) => name,
    { to: 'call', ...essential },
  ),
};

export type EventFields = typeof fields;
export type FieldName = keyof EventFields;
/** The canonical values of an event's fields, before the rules that span several of them. */
export type ParsedFields = Parsed<EventFields>;

export const fieldNames = fieldsWhere(fields, () => true);

/** The names of the rows of which `test` is true, in the order of the table. */
export function fieldsWhere(table: EventFields, test: (row: FieldFacts) => boolean): FieldName[] {
  const rows: Readonly<Record<string, FieldFacts>> = table;
  return Object.keys(rows).filter((name): name is FieldName => rows[name] !== undefined && test(rows[name]));
}
