/** The names by which other systems (TikTok's own API, Meta's, Segment, warehouses, shops) know the fields of an event. */
import { lazily } from '../../schema/lazy/lazily.ts';
import type { productFields } from '../fields/commerce.ts';
import type { FieldName } from '../fields/table.ts';
import { foldName } from './fold-name.ts';

const ofEvent: Partial<Record<FieldName, string>> = {
  event_name: 'event name type event_type action conversion_name',
  event_id: 'id uuid message_id dedup_id insert_id',
  event_time:
    'event_timestamp occurred_at happened_at paid_at purchased_at ordered_at completed_at timestamp time ts date datetime created_at created sent_at original_timestamp event_date unix_time order_date purchase_date',
  email: 'em mail email_address user_email customer_email contact_email',
  phone:
    'ph phone_number tel telephone mobile cell msisdn mobile_phone mobile_number customer_phone user_phone',
  external_id:
    'user user_id customer customer_id client_id member_id visitor_id anonymous_id account_id person_id distinct_id uid',
  hashed_email: 'email_sha256 sha256_email email_hash email_hashed sha256_email_address hashed_email_address',
  hashed_phone: 'phone_sha256 sha256_phone phone_hash phone_hashed sha256_phone_number hashed_phone_number',
  hashed_external_id: 'external_id_sha256 sha256_external_id external_id_hash hashed_user_id sha256_user_id',
  first_name: 'fn given_name forename fname',
  last_name: 'ln surname family_name lname',
  zip_code: 'zip zp postal_code postcode post_code postal plz',
  city: 'ct town locality',
  state: 'st province region state_code province_code',
  country: 'country_code country_name country_iso',
  ttclid: 'click_id tt_click_id tiktok_click_id tiktok_clid',
  ttp: 'ttp_cookie tt_cookie',
  ip: 'ip_address client_ip client_ip_address user_ip remote_ip remote_addr remote_address ip_addr',
  user_agent: 'ua agent client_user_agent browser_user_agent http_user_agent',
  locale: 'language lang',
  idfa: 'ios_advertising_id',
  gaid: 'aaid google_advertising_id android_advertising_id',
  value:
    'amount total revenue price_total total_price total_amount total_value order_total order_value order_amount grand_total subtotal conversion_value purchase_value sum',
  currency: 'currency_code iso_currency currency_iso',
  content_id: 'product_id sku item_id variant_id',
  content_name: 'product_name item_name product_title content_title',
  content_category: 'category product_category item_category',
  brand: 'vendor manufacturer',
  price: 'unit_price item_price product_price',
  quantity: 'qty',
  contents: 'items products line_items cart_items order_items',
  content_ids: 'product_ids item_ids skus',
  num_items: 'item_count items_count number_of_items total_quantity',
  order_id: 'order transaction_id order_number order_no receipt_id invoice_id purchase_id',
  search_string: 'search search_term search_query keyword keywords',
  predicted_ltv: 'ltv lifetime_value',
  custom_properties: 'custom_data params parameters props attributes extra',
  page_url: 'url page_location location href event_source_url source_url landing_page',
  page_referrer: 'referrer referer ref http_referer document_referrer referring_site',
  limited_data_use: 'ldu limit_data_use',
  test_event_code: 'test_code',
  destination: 'pixel pixel_code pixel_id event_source_id',
};

/** In an entry of `contents`, an id, a name or a price is that of the product. */
const ofProduct: Partial<Record<keyof typeof productFields, string>> = {
  content_name: 'title',
  price: 'amount value cost sale_price',
  quantity: 'count',
};

/** Click and browser ids of other networks: near by letters, and never what TikTok's fields mean. */
const foreign = 'gclid gbraid wbraid dclid fbclid fbc fbp msclkid twclid yclid li_fat_id epik sccid';

/** From folded name to field. */
const byName = (names: Readonly<Record<string, string>>): ReadonlyMap<string, string> =>
  new Map(
    Object.entries(names).flatMap(([field, words]) =>
      words.split(' ').map((word) => [foldName(word), field]),
    ),
  );

export const usualNames = lazily(() => byName(ofEvent));
export const usualProductNames = lazily(
  (): ReadonlyMap<string, string> => new Map([...usualNames(), ...byName(ofProduct)]),
);
export const foreignNames = lazily((): ReadonlySet<string> => new Set(foreign.split(' ').map(foldName)));
