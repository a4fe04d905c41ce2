/** Sign-ups at Shopify: accounts that are enabled when they are made, and first sign-ins of people known for long. */
import { expect, test } from 'vitest';
import {
  choices,
  deliver,
  eventOf,
  fixture,
  hoursAgo,
  type Json,
  nowSeconds,
  outcomeOf,
  partOf,
  reasonOf,
} from '../../../support/webhooks/webhook-bodies.ts';

const settings = choices.shopify ?? {};
/** As API versions since 2025-01 send it: without `orders_count`, `last_order_id`, tags and marketing consent. */
const customer = (changes: Json = {}): Json => ({
  ...fixture('shopify/customer'),
  id: 4206822293653,
  state: 'enabled',
  created_at: '2019-03-01T12:00:00-05:00',
  updated_at: hoursAgo(0.5),
  ...changes,
});
const enabled = (changes: Json = {}, own: Json = {}) => ({
  settings: { ...settings, ...own },
  topic: 'customers/enable',
  body: customer(changes),
});
const created = (changes: Json = {}) => ({
  settings,
  topic: 'customers/create',
  body: customer({ created_at: hoursAgo(0.5), ...changes }),
});

test('maps customers/enable to CompleteRegistration at the time of the first sign-in, however old the record', async () => {
  const { event, notAfterMs } = await outcomeOf(enabled());
  expect(event).toEqual({
    event_name: 'CompleteRegistration',
    event_id: '4206822293653',
    event_time: nowSeconds - 1800,
    email: 'bob@example.com',
    phone: '+15555555555',
    external_id: '4206822293653',
    first_name: 'Bob',
    last_name: 'Biller',
    city: 'Ottawa',
    state: 'ON',
    zip_code: 'K2P 2L8',
    country: 'CA',
    destination: 'default',
  });
  expect(notAfterMs / 1000).toBe(nowSeconds - 1800 + 47 * 3600);
});

test('gives customers/create and customers/enable of one Shopify customer the same name and id', async () => {
  const expected = { event_name: 'CompleteRegistration', event_id: '4206822293653' };
  for (const delivery of [created(), enabled(), enabled({ created_at: hoursAgo(0.5) })])
    expect(partOf(await eventOf(delivery), expected)).toEqual(expected);
});

const own = { eventId: 'de-{customer_id}' };

test('builds the id of a first sign-in from its template', async () => {
  expect(await eventOf(enabled({}, own))).toMatchObject({ event_id: 'de-4206822293653' });
});

test.each<[string, Json, string]>([
  ['customers/create', { state: 'disabled' }, 'state'],
  ['customers/create', { state: 'invited' }, 'state'],
  ['customers/create', { state: 'declined' }, 'state'],
  ['customers/create', { state: undefined }, 'state'],
  ['customers/enable', { state: 'disabled' }, 'state'],
  ['customers/enable', { state: null }, 'state'],
  ['customers/create', { orders_count: 1 }, 'orders_count'],
  ['customers/enable', { orders_count: '3' }, 'orders_count'],
  ['customers/enable', { orders_count: 0, last_order_id: 450789469 }, 'last_order_id'],
])('skips %s of Shopify with %j as not_registered', async (topic, changes, detail) => {
  const { outcomes } = await deliver({ ...(topic.endsWith('enable') ? enabled : created)(changes), topic });
  expect(outcomes).toEqual([{ kind: 'skipped', reason: 'not_registered', detail }]);
});

test.each<[string, Json]>([
  ['the state in capitals', { state: 'ENABLED' }],
  ['a body of an API version before 2025-01', { orders_count: 0, last_order_id: null, total_spent: '0.00' }],
  ['empty names', { first_name: '', last_name: null, default_address: null }],
  ['no address at all', { default_address: undefined, addresses: undefined }],
])('counts a Shopify account with %s', async (_body, changes) => {
  expect(await reasonOf(enabled(changes))).toBe('event');
  expect(await reasonOf(created(changes))).toBe('event');
});

test.each<[string, Json, Json, string]>([
  ['47 hours after the sign-in', { updated_at: hoursAgo(47) }, {}, 'stale'],
  ['until then', { updated_at: hoursAgo(46.9) }, {}, 'event'],
  ['47 hours after the record without a time of the sign-in', { updated_at: null }, {}, 'stale'],
  ['a fresh record without a time of the sign-in', { updated_at: '', created_at: hoursAgo(3) }, {}, 'event'],
  ['a time that cannot be read', { updated_at: 'an hour ago' }, {}, 'no_time'],
  ['no time', { updated_at: null, created_at: null }, {}, 'no_time'],
  ['an old record whose time cannot be read', { created_at: 'long ago' }, {}, 'event'],
  ['the setting that sends late payments', { updated_at: hoursAgo(48) }, { latePayment: 'send' }, 'stale'],
])('judges the age of a first sign-in by updated_at: %s', async (_age, changes, choice, reason) => {
  expect(await reasonOf(enabled(changes, choice))).toBe(reason);
});

test('judges the age of a new Shopify account by created_at', async () => {
  expect(await reasonOf(created({ created_at: hoursAgo(48) }))).toBe('stale');
});

test('skips customers/enable of Shopify when the settings require consent, which customers do not have', async () => {
  expect(await reasonOf(enabled({}, { consent: 'require' }))).toBe('no_consent');
});

test.each(['customers/update', 'customers/disable', 'customers/delete', 'customers/purchasing_summary'])(
  'ignores the Shopify topic %s',
  async (topic) => {
    expect(await reasonOf({ ...enabled(), topic })).toBe('ignored_topic');
  },
);

test.each<[Json]>([
  [{ line_items: [] }],
  [{ admin_graphql_api_id: 'gid://shopify/Order/1' }],
  [{ id: null }],
])('skips customers/enable whose body is no Shopify customer: %j', async (changes) => {
  expect(await reasonOf(enabled(changes))).toBe('unexpected_body');
});
