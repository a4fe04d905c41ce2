/** The field that a foreign or misspelled name means. */
import { expect, test } from 'vitest';
import { fields } from '../../../../lib/events/fields/table.ts';
import { createNaming } from '../../../../lib/events/names/meant-name.ts';
import { foreignNames, usualNames, usualProductNames } from '../../../../lib/events/names/usual-names.ts';
import { errorsOf } from '../../../support/events/events.ts';

const naming = createNaming(fields);

test.each([
  ['vlaue', 'value'],
  ['emial', 'email'],
  ['evnet_name', 'event_name'],
  ['curernyc', 'currency'],
  ['phoen', 'phone'],
  ['hashed_emial', 'hashed_email'],
])('suggests for %s, in which letters are swapped, the field %s', (name, meant) => {
  expect(naming.meantBy(name)).toBe(meant);
});

test.each(
  Object.entries({
    page_url: 'url URL page_location event_source_url',
    page_referrer: 'referrer referer',
    event_time: 'timestamp time created_at createdAt',
    value: 'amount total revenue price_total totalPrice order_value',
    currency: 'currency_code currencyCode',
    ttclid: 'click_id clickId tt_clid',
    ip: 'client_ip ip_address ipAddress client_ip_address',
    user_agent: 'ua userAgent client_user_agent',
    zip_code: 'postal_code postalCode zip zp postcode',
    hashed_email: 'email_sha256 sha256_email emailSha256',
    hashed_phone: 'phone_sha256 sha256_phone_number',
    email: 'em email_address',
    phone: 'ph phone_number phoneNumber',
    first_name: 'fn firstName given_name',
    last_name: 'ln lastName surname',
    external_id: 'user_id userId customer_id anonymousId',
    content_id: 'product_id sku',
    contents: 'items products line_items',
    event_name: 'event name',
    event_id: 'id message_id',
    order_id: 'transaction_id order_number',
    search_string: 'search_term',
    destination: 'pixel_code',
    'app.app_id': 'app_id appId',
    'lead.lead_id': 'lead_id',
    'ad.campaign_id': 'campaign_id',
  }).flatMap(([field, names]) => names.split(' ').map((name) => [name, field])),
)('suggests for %s, as other systems call it, the field %s', (name, field) => {
  expect(naming.knownBy(name)).toBe(field);
  expect(errorsOf({ [name]: 'x' })[0]?.message).toBe(`this field is not known: did you mean ${field}?`);
});

test.each([
  ['id', 'content_id'],
  ['sku', 'content_id'],
  ['name', 'content_name'],
  ['category', 'content_category'],
  ['qty', 'quantity'],
  ['unitPrice', 'price'],
  ['amount', 'price'],
  ['pirce', 'price'],
])('suggests for %s in a product the field %s', (name, field) => {
  expect(naming.meantBy(name, 'contents')).toBe(field);
});

test.each([
  ['app', 'id', 'app_id'],
  ['app', 'version', 'app_version'],
  ['lead', 'id', 'lead_id'],
  ['ad', 'id', 'ad_id'],
])('suggests for a part of %s that is named %s the part %s', (holder, name, part) => {
  expect(naming.meantBy(name, holder)).toBe(part);
});

test.each([...foreignNames(), 'coupon', 'toString', '__proto__'])('suggests nothing for %s', (name) => {
  expect(naming.meantBy(name)).toBeUndefined();
});

test('every usual other name leads to a field, and none is a field itself', () => {
  for (const [names, table] of [
    [usualNames(), fields],
    [usualProductNames(), fields.contents.parts],
  ] as const) {
    expect(Object.keys(fields)).toEqual(expect.arrayContaining([...names.values()]));
    expect([...names.keys()].filter((name) => Object.hasOwn(table, name))).toEqual([]);
  }
});

test.each(['user', 'properties', 'context', 'event'])('says of an object %s that events are flat', (name) => {
  expect(errorsOf({ [name]: { email: 'x' } })).toEqual([
    expect.objectContaining({ field: name, message: expect.stringContaining('an event is flat') }),
  ]);
});

test.each(['data', 'records'])('says of a list %s how several events are sent', (name) => {
  expect(errorsOf({ [name]: [] })[0]?.message).toContain('{"events":[…]}');
});
