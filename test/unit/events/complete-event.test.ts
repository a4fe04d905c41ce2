/** Rules that span several fields: money, match keys, click id, names, destinations. */
import { expect, test } from 'vitest';
import { currencies } from '../../../lib/events/currencies.ts';
import { standardEvents } from '../../../lib/events/standard-events.ts';
import {
  allWarningsOf,
  canonical,
  destinations,
  errorsOf,
  omissionsOf,
  parse,
  warningsOf,
} from '../../support/events/events.ts';

const codes = (fields: Record<string, unknown>) =>
  errorsOf(fields).map(({ field, code }) => `${field}: ${code}`);

test('accepts each currency of the closed list in upper and lower case', () => {
  expect(currencies.size).toBe(62);
  for (const code of currencies) expect(canonical({ currency: code.toLowerCase() }).currency).toBe(code);
});

test('rejects a value without a currency', () => {
  expect(codes({ value: 1 })).toEqual(['currency: required']);
  expect(codes({ value: 0 })).toEqual(['currency: required']);
  expect(codes({ value: 1, currency: 'USD' })).toEqual([]);
});

test("adds the destination's default currency only to an event with a value or a price", () => {
  expect(canonical({ destination: 'shop', value: 1 }).currency).toBe('EUR');
  expect(canonical({ destination: 'shop', price: 1 }).currency).toBe('EUR');
  expect(canonical({ destination: 'shop', contents: [{ brand: 'B' }, { price: 0 }] }).currency).toBe('EUR');
  expect(canonical({ destination: 'shop', value: 1, currency: 'USD' }).currency).toBe('USD');
  expect(canonical({ destination: 'shop', content_id: 'a' })).not.toHaveProperty('currency');
  expect(canonical({ price: 1 })).not.toHaveProperty('currency');
});

test('reports no missing currency when the value itself is wrong', () => {
  expect(codes({ value: 'x' })).toEqual(['value: invalid_number']);
});

test.each(['content_id', 'content_name', 'content_category', 'brand', 'price', 'quantity'])(
  'is given by %s or by contents, not by both',
  (name) => {
    expect(codes({ contents: [{ content_id: 'a' }], [name]: '1' })).toEqual(['contents: two_forms']);
  },
);

const idfa = '6D92078A-8246-4BA4-AE5B-76104861E7DC';
const without = { ttclid: null };
const digest = 'ab'.repeat(32);
test.each([
  [{ email: 'a@b.example' }, 'default'],
  [{ hashed_email: digest }, 'default'],
  [{ phone: '+12133734253' }, 'default'],
  [{ hashed_phone: digest }, 'default'],
  [{ external_id: 'a' }, 'default'],
  [{ hashed_external_id: digest }, 'default'],
  [{ ttclid: 'a' }, 'default'],
  [{ ttp: 'a' }, 'default'],
  [{ ip: '203.0.113.7', user_agent: 'UA' }, 'default'],
  [{ idfa, app: { app_id: '1' } }, 'app'],
  [{ gaid: idfa, app: { app_id: '1' } }, 'app'],
  [{ ip: '203.0.113.7', user_agent: 'UA', app: { app_id: '1' } }, 'app'],
  [{ email: 'a@b.example' }, 'offline'],
  [{ lead: { lead_id: '1' } }, 'crm'],
])('accepts %o as a match key of %s events', (fields, destination) => {
  expect(codes({ ...without, ...fields, destination })).toEqual([]);
});

test.each([
  [{}, 'default'],
  [{ ip: '203.0.113.7' }, 'default'],
  [{ user_agent: 'UA' }, 'default'],
  [{ first_name: 'Jane', zip_code: '1', city: 'a', country: 'US', idfv: idfa, locale: 'en' }, 'default'],
])('rejects an event with only %o as the match key for %s', (fields, destination) => {
  expect(codes({ ...without, ...fields, destination })).toEqual(['email: no_match_key']);
});

test.each([
  [{ idfa }, 'default'],
  [{ lead: { lead_id: '1' } }, 'default'],
  [{ ttclid: 'a', app: { app_id: '1' } }, 'app'],
  [{ external_id: 'a' }, 'offline'],
  [{ ip: '203.0.113.7', user_agent: 'UA' }, 'offline'],
])(
  'rejects an event that has no match key but %o, with a warning that %s events do not use it',
  (fields, destination) => {
    const event = { ...without, ...fields, destination };
    expect(codes(event)).toEqual([]);
    expect(warningsOf(event)).toMatchObject([{ field: 'email', code: 'match_key_not_taken' }]);
  },
);

test('asks for no match key when the event has another error', () => {
  expect(codes({ ...without, value: 'x' })).toEqual(['value: invalid_number']);
});

test('requires app.app_id for an app destination and lead.lead_id for a CRM destination', () => {
  expect(codes({ destination: 'app', email: 'a@b.example' })).toEqual(['app.app_id: required']);
  expect(codes({ destination: 'app', email: 'a@b.example', app: { app_name: 'a' } })).toEqual([
    'app.app_id: required',
  ]);
  expect(codes({ destination: 'crm' })).toEqual(['lead.lead_id: required']);
  expect(codes({ destination: 'crm', external_id: 'u1', lead: { lead_event_source: 'a' } })).toEqual([
    'lead.lead_id: required',
  ]);
});

test.each([
  { email: 'a@b.example' },
  { phone: '+12133734253' },
  { hashed_email: 'ab'.repeat(32) },
  { hashed_phone: 'ab'.repeat(32) },
])('accepts a CRM event with %o in place of lead.lead_id, with a warning', (fields) => {
  expect(allWarningsOf({ destination: 'crm', ...fields })).toMatchObject([
    { field: 'lead.lead_id', code: 'no_lead_id' },
  ]);
});

test.each([
  ['Purchase', {}, ['value', 'contents']],
  ['CompletePayment', { value: 0, currency: 'USD' }, ['contents']],
  ['Purchase', { content_ids: ['a'] }, ['value']],
  ['Purchase', { content_id: 'a', value: 1, currency: 'USD' }, []],
  ['AddToCart', {}, ['contents']],
  ['ViewContent', { contents: [{ price: 1 }] }, ['contents']],
  ['ViewContent', { contents: [{ price: 1 }, { content_id: 'a' }] }, []],
  ['Purchase', { content_id: 'a', value: 1, currency: 'XXX' }, []],
  ['Lead', {}, []],
  ['purchase of mine', {}, []],
])('warns of what TikTok recommends and %s with %o has not: %j', (event_name, fields, expected) => {
  const missing = allWarningsOf({ event_name, ...fields }).filter(
    ({ code }) => code === 'recommended_missing',
  );
  expect(missing.map(({ field }) => field)).toEqual(expected);
});

test('uses the default destination when an event names none, and rejects one that is not configured', () => {
  expect(parse({ event_name: 'Lead', ttclid: 'a' })).toMatchObject({
    ok: true,
    destinationName: 'default',
  });
  expect(parse({ event_name: 'Lead', ttclid: 'a', destination: 'shop' })).toMatchObject({
    destinationName: 'shop',
  });
  const { default: _, ...others } = destinations;
  expect(parse({ event_name: 'Lead', ttclid: 'a' }, others)).toMatchObject({
    ok: false,
    errors: [{ code: 'unknown_destination' }],
  });
});

test.each([
  ['https://shop.example/?a=1&ttclid=E.C.P.9', 'E.C.P.9'],
  ['https://shop.example/?ttclid=E%2EC', 'E.C'],
  ['https://shop.example/?ttclid=', undefined],
  ['https://shop.example/?TTCLID=a', undefined],
  ['https://shop.example/?utm_source=tiktok&amp;ttclid=E.C.P.x', 'E.C.P.x'],
  ['https://shop.example/#/p/1?ttclid=E.C.P.x', 'E.C.P.x'],
  ['https://shop.example/?email=jane@example.com&ttclid=E.C.P.x', 'E.C.P.x'],
  ['https://shop.example/?ttclid=__CLICKID__', undefined],
  ['https://shop.example/?ttclid=__CLICKID__#ttclid=E.C.P.x', 'E.C.P.x'],
  [`https://shop.example/?ttclid=${'x'.repeat(1024)}`, 'x'.repeat(1024)],
  [`https://shop.example/?ttclid=${'x'.repeat(1025)}`, undefined],
])('reads the click id of the page %s as %s', (page_url, expected) => {
  expect(canonical({ ttclid: null, ttp: 'a', page_url }).ttclid).toBe(expected);
});

test.each(['page_url', 'page_referrer'])('removes identifiers from the field %s, with a warning', (field) => {
  const address = 'https://u:p@shop.example/thanks?a=1&email=ada@example.com&phone=%2B12133734253&b=2';
  expect(canonical({ [field]: address })).toMatchObject({ [field]: 'https://shop.example/thanks?a=1&b=2' });
  expect(warningsOf({ [field]: address })).toEqual([
    { field, code: 'identifier_removed', message: expect.not.stringContaining('ada') },
  ]);
});

test('omits a referrer that is no web address and sends the event', () => {
  const fields = { page_referrer: 'android-app://com.google.android.gm/' };
  expect(canonical(fields)).not.toHaveProperty('page_referrer');
  expect(omissionsOf(fields)).toMatchObject([{ field: 'page_referrer', code: 'invalid_url' }]);
});

test('takes the click id of the page when the field ttclid was never filled', () => {
  const page_url = 'https://shop.example/?ttclid=E.C.P.x';
  expect(canonical({ ttclid: '__CLICKID__', page_url }).ttclid).toBe('E.C.P.x');
});

test('accepts a click id of the page as a match key, and prefers the field ttclid', () => {
  expect(codes({ ttclid: null, page_url: 'https://shop.example/?ttclid=a' })).toEqual([]);
  expect(canonical({ ttclid: 'own', page_url: 'https://shop.example/?ttclid=a' }).ttclid).toBe('own');
});

/** TikTok's lists for web, offline and CRM, for apps, and the former names that it still takes. */
const published = [
  ...'AddPaymentInfo,AddToCart,AddToWishlist,ApplicationApproval,CompleteRegistration,Contact,CustomizeProduct'.split(
    ',',
  ),
  ...'Download,FindLocation,InitiateCheckout,Lead,Purchase,Schedule,Search,StartTrial,SubmitApplication'.split(
    ',',
  ),
  ...'Subscribe,ViewContent,AchieveLevel,Checkout,CompleteTutorial,CreateGroup,CreateRole,GenerateLead'.split(
    ',',
  ),
  ...'InAppADClick,InAppADImpr,InstallApp,JoinGroup,LaunchAPP,LoanApplication,LoanApproval,LoanDisbursal'.split(
    ',',
  ),
  ...'Login,Rate,Registration,SpendCredits,UnlockAchievement'.split(','),
  ...'CompletePayment,SubmitForm,PlaceAnOrder,ClickButton,Pageview,PageView'.split(','),
];

test('accepts every standard event name without a warning', () => {
  expect([...standardEvents].toSorted()).toEqual([...new Set(published)].toSorted());
  for (const event_name of published) expect(warningsOf({ event_name })).toEqual([]);
});

test.each([
  ['purchase', 'Purchase'],
  ['Add To Cart', 'AddToCart'],
  ['add_to_cart', 'AddToCart'],
  ['view-content', 'ViewContent'],
  ['LaunchApp', 'LaunchAPP'],
  ['INAPPADCLICK', 'InAppADClick'],
  ['complete payment', 'CompletePayment'],
])('sends the event name %s as given, with a warning that suggests %s', (event_name, meant) => {
  expect(canonical({ event_name }).event_name).toBe(event_name);
  expect(warningsOf({ event_name })[0]?.message).toBe(
    `sent as it is; TikTok's standard event is spelt ${meant}`,
  );
});

test.each(['NewsletterSignup', 'Purchases', 'Pur chase!'])(
  'accepts %s as the name of a custom event without a warning',
  (event_name) => {
    expect(warningsOf({ event_name })).toEqual([]);
  },
);
