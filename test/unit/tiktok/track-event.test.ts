/** One event in TikTok's shape: nothing empty, numbers are numbers, ids are text, only what the source takes. */
import { expect, test } from 'vitest';
import type { IdentifiedEvent } from '../../../lib/events/event.ts';
import { sha256 } from '../../../lib/privacy/sha256.ts';
import { toTrackEvent } from '../../../lib/tiktok/track-event.ts';
import { toTrackRequest } from '../../../lib/tiktok/track-request.ts';
import { receivedAt, tracked, web } from '../../support/events/events.ts';

const digest = 'ab'.repeat(32);

/** Every field at once; what each source takes of it stands below. */
const everything = {
  event_name: 'Purchase',
  event_id: 'order-1',
  event_time: receivedAt,
  email: 'Jane@Example.com',
  phone: '+12133734253',
  external_id: 'u1',
  hashed_email: digest,
  hashed_external_id: digest,
  first_name: 'Jane',
  last_name: 'Doe',
  zip_code: '95110',
  city: 'San José',
  state: 'CA',
  country: 'US',
  ttclid: 'E.C',
  ttp: 'ttp',
  ip: '203.0.113.7',
  user_agent: 'UA',
  locale: 'en-US',
  idfa: 'ea75',
  idfv: 'idfv',
  gaid: 'EA75',
  att_status: 'AUTHORIZED',
  value: 20,
  currency: 'USD',
  contents: [{ content_id: 'sku', price: 10, quantity: 2 }],
  content_type: 'product',
  content_ids: ['sku'],
  num_items: 2,
  order_id: '1001',
  shop_id: 's',
  query: 'q',
  search_string: 'q',
  description: 'd',
  status: 'paid',
  delivery_category: 'in_store',
  predicted_ltv: 5,
  customer_type: 'new',
  custom_properties: { color: 'red', value: 'mine' },
  page_url: 'https://shop.example/thanks',
  page_referrer: 'https://shop.example/',
  app: { app_id: '7' },
  ad: { callback: 'c' },
  lead: { lead_id: '9' },
  limited_data_use: true,
  test_event_code: 'T',
  destination: 'default',
} satisfies IdentifiedEvent;

const person = {
  email: [sha256('jane@example.com'), digest],
  phone: sha256('+12133734253'),
  first_name: sha256('jane'),
  last_name: sha256('doe'),
  zip_code: sha256('95110'),
  city: 'sanjosé',
  state: 'ca',
  country: 'us',
};
const externalId = { external_id: [sha256('u1'), digest] };
const properties = {
  color: 'red',
  value: 20,
  currency: 'USD',
  contents: everything.contents,
  content_type: 'product',
  content_ids: ['sku'],
  num_items: 2,
  order_id: '1001',
  shop_id: 's',
  query: 'q',
  search_string: 'q',
  description: 'd',
  status: 'paid',
  delivery_category: 'in_store',
  predicted_ltv: 5,
};
const facts = { event: 'Purchase', event_time: receivedAt, event_id: 'order-1' };
const visit = { ip: '203.0.113.7', user_agent: 'UA', locale: 'en-US' };

test('sends the person, click, visit, page and ad of an event to a web source', () => {
  expect(toTrackEvent(everything, 'web', undefined)).toEqual({
    ...facts,
    user: { ...person, ...externalId, ttclid: 'E.C', ttp: 'ttp', ...visit },
    properties: { ...properties, customer_type: 'new' },
    page: { url: 'https://shop.example/thanks', referrer: 'https://shop.example/' },
    ad: { callback: 'c' },
    limited_data_use: true,
  });
});

test('sends the person, device, visit, app and ad of an event to an app source', () => {
  expect(toTrackEvent(everything, 'app', undefined)).toEqual({
    ...facts,
    user: { ...person, ...visit, idfa: 'EA75', idfv: 'idfv', gaid: 'ea75', att_status: 'AUTHORIZED' },
    properties: { ...properties, customer_type: 'new' },
    app: { app_id: '7' },
    ad: { callback: 'c' },
    limited_data_use: true,
  });
});

test('sends only the person of an event to an offline source', () => {
  expect(toTrackEvent(everything, 'offline', undefined)).toEqual({ ...facts, user: person, properties });
});

test('sends the person, external id and lead of an event to a CRM source', () => {
  expect(toTrackEvent(everything, 'crm', undefined)).toEqual({
    ...facts,
    user: { ...person, ...externalId },
    properties,
    lead: { lead_id: '9' },
  });
});

test('omits empty fields and objects from the request', () => {
  expect(
    toTrackEvent({ event_name: 'Lead', event_id: 'a', event_time: 1, email: 'x' }, 'web', undefined),
  ).toEqual({ event: 'Lead', event_time: 1, event_id: 'a' });
  expect(tracked({ page_url: 'https://shop.example' }).page).toEqual({ url: 'https://shop.example' });
  expect(tracked({ page_referrer: 'https://shop.example' }).page).toEqual({
    referrer: 'https://shop.example',
  });
});

test('sends fields whose value is zero or false', () => {
  const track = tracked({ value: 0, currency: 'USD', num_items: 0, limited_data_use: false });
  expect(track.properties).toEqual({ value: 0, currency: 'USD', num_items: 0 });
  expect(track.limited_data_use).toBe(false);
});

const a = sha256('a@b.example');
test.each([
  ['one raw text stays one text', { email: 'A@b.example' }, a],
  ['one digest stays one text', { hashed_email: digest }, digest],
  ['a list stays a list', { email: ['a@b.example'] }, [a]],
  ['a list of digests stays a list', { hashed_email: [digest] }, [digest]],
  ['a digest twice is sent once', { hashed_email: [digest, digest] }, [digest]],
  ['raw and digest come together', { email: 'a@b.example', hashed_email: digest }, [a, digest]],
  ['each is sent once', { email: ['a@b.example', ' A@B.example '], hashed_email: [a, digest] }, [a, digest]],
])('sends emails by the rule: %s', (_, fields, expected) => {
  expect(tracked(fields).user.email).toEqual(expected);
});

test('omits an external_id that contains only spaces', () => {
  const idsOf = (external_id: string | string[]) =>
    toTrackEvent({ event_name: 'Lead', event_id: 'a', event_time: 1, external_id }, 'web', undefined).user
      ?.external_id;
  expect([idsOf(' '), idsOf([' ']), idsOf([' ', 'u1'])]).toEqual([undefined, undefined, [sha256('u1')]]);
});

test('sends phones and external ids together with their digests', () => {
  const { user } = tracked({
    phone: '+12133734253',
    hashed_phone: digest,
    external_id: [' U1 ', 7],
    hashed_external_id: digest,
  });
  expect(user.phone).toEqual([sha256('+12133734253'), digest]);
  expect(user.external_id).toEqual([sha256('U1'), sha256('7'), digest]);
});

test('keeps a device id that is a digest in lower case', () => {
  const app = { destination: 'app', app: { app_id: '1' }, ttclid: null };
  expect(tracked({ ...app, idfa: digest.toUpperCase() }).user.idfa).toBe(digest);
  expect(tracked({ ...app, gaid: digest.toUpperCase() }).user.gaid).toBe(digest);
});

test('prefers a named field to a custom property of the same name', () => {
  const { properties: sent } = tracked({
    order_id: '1',
    custom_properties: { order_id: 'x', color: 'red' },
  });
  expect(sent).toEqual({ order_id: '1', color: 'red' });
});

test('sends a custom property with the name of a field that is absent', () => {
  expect(tracked({ custom_properties: { status: 'vip' } }).properties).toEqual({ status: 'vip' });
});

test('names the source, its id and the test code in the request, and keeps the order of the events', () => {
  const body = JSON.parse(toTrackRequest({ ...web, pixelCode: '0123' }, 'T"1', ['{"a":1}', '{"b":2}']));
  expect(body).toEqual({
    event_source: 'web',
    event_source_id: '0123',
    test_event_code: 'T"1',
    data: [{ a: 1 }, { b: 2 }],
  });
});

test('sends a request without a test code when none is set', () => {
  expect(JSON.parse(toTrackRequest(web, undefined, []))).toEqual({
    event_source: 'web',
    event_source_id: 'PIXEL',
    data: [],
  });
});
