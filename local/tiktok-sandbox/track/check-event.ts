/**
 * Checks one item of `data` against every field of TikTok's Events API 2.0 reference (docs id 1771101303285761).
 * It is stricter than TikTok in one way: it refuses unknown fields, which TikTok silently drops, such as the `context`
 * of Events API 1.0.
 */
import { type Check, list, object, one, oneOrList } from './check-fields.ts';
import * as is from './value-rules.ts';

const text = one(is.text);
const number = one(is.number);

const user = object({
  fields: {
    email: oneOrList(is.sha256),
    phone: oneOrList(is.sha256),
    external_id: oneOrList(is.sha256),
    first_name: oneOrList(is.sha256),
    last_name: oneOrList(is.sha256),
    zip_code: oneOrList(is.sha256),
    city: one(is.clearText),
    state: one(is.clearText),
    country: one(is.clearText),
    ttclid: text,
    ttp: text,
    ip: one(is.ipAddress),
    user_agent: text,
    locale: text,
    idfa: text,
    idfv: text,
    gaid: text,
    att_status: one(is.oneOf('AUTHORIZED', 'DENIED', 'NOT_DETERMINED', 'RESTRICTED', 'NOT_APPLICABLE')),
  },
});

const content = object({
  fields: {
    price: number,
    quantity: one(is.integer),
    content_id: text,
    content_category: text,
    content_name: text,
    brand: text,
  },
});

const properties = object({
  fields: {
    content_ids: list(text),
    contents: list(content),
    content_type: text,
    currency: one(is.currency),
    value: number,
    num_items: one(is.integer),
    search_string: text,
    query: text,
    description: text,
    order_id: text,
    shop_id: text,
    status: text,
    customer_type: one(is.oneOf('new', 'returning')),
    delivery_category: one(is.oneOf('in_store', 'curbside', 'home_delivery')),
    predicted_ltv: number,
  },
  others: one(is.plainValue),
});

const ad = object({
  fields: {
    callback: text,
    campaign_id: text,
    ad_id: text,
    creative_id: text,
    is_retargeting: one(is.boolean),
    attributed: one(is.boolean),
    attribution_type: text,
    attribution_provider: text,
    attribution_share: one(is.share),
  },
});

const fields: Readonly<Record<string, Check>> = {
  event: text,
  event_time: one(is.unixSeconds),
  event_id: text,
  user,
  properties,
  page: object({ fields: { url: one(is.webUrl), referrer: one(is.webUrl) } }),
  app: object({ fields: { app_id: text, app_name: text, app_version: text }, required: ['app_id'] }),
  ad,
  lead: object({ fields: { lead_id: text, lead_event_source: text }, required: ['lead_id'] }),
  limited_data_use: one(is.boolean),
};

/** The objects that an event needs in addition to its name and time, by `event_source`. */
const requiredBySource: Readonly<Record<string, readonly string[]>> = {
  web: [],
  app: ['app'],
  offline: [],
  crm: ['lead'],
};

const checks = new Map(
  Object.entries(requiredBySource).map(([source, objects]) => [
    source,
    object({ fields, required: ['event', 'event_time', ...objects] }),
  ]),
);

export const eventSources: ReadonlySet<unknown> = new Set(checks.keys());

/** @returns `Batch.3.user.email: Not a valid sha256`, or undefined when TikTok accepts the event */
export function checkEvent(event: unknown, eventSource: string, index: number): string | undefined {
  const check = checks.get(eventSource);
  return check?.(event, `Batch.${index}`);
}
