/**
 * Every field that an event may have, and all that the gateway knows about it. Types, validation, error messages,
 * OpenAPI, TikTok's request, match keys, the CLI's flags, columns of a sync and the table of docs/events.md follow from it.
 */
import * as z from 'zod/mini';
import { destinationName } from '../destination.ts';
import { contents, parseContentType, productFields } from './commerce.ts';
import { customProperties } from './custom-properties.ts';
import { type FieldFacts, field } from './field.ts';
import { ad, app, lead } from './objects.ts';
import { parseEventId, parseIds } from './parsers/ids.ts';
import { parseCurrency } from './parsers/numbers.ts';
import type { Parsed } from './parsers/parse-fields.ts';
import { parseConsent, parseEventName, parseSearch } from './parsers/text.ts';
import { parseEventTime } from './parsers/time.ts';
import { personFields } from './person.ts';
import { choice, clearText, count, flag, freeText, id, number, url } from './rows.ts';
import { idText, text, upTo } from './shapes.ts';

const toProperties = { to: 'properties' } as const;
const web = { sources: ['web'] } as const;
const webAndApp = { sources: ['web', 'app'] } as const;
const essential = { isEssential: true, isExact: true } as const;
const maxContentIds = 200;

const search = (what: string) => freeText(1024, what, toProperties, parseSearch);

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
  ...personFields,
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
  description: clearText(2048, 'description', toProperties),
  status: clearText(128, 'status', toProperties),
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
  consent: field(
    () => z.union([z.boolean(), z.int(), text(16)]),
    "the visitor's choice about advertising: granted or denied",
    parseConsent,
    { to: 'call', isExact: true, whenFaulty: 'denied' },
  ),
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
