/** An unknown field is named, with the field that was meant; what is not fit to repeat is only counted off. */
import { expect, test } from 'vitest';
import { errorsOf, least, parse } from '../../support/events/events.ts';
import { large } from '../../support/runs.ts';

const ask = 'this field is not known: see the list of fields in /v1/openapi.json';

test.each([
  ['eventName', 'event_name'],
  ['eMail', 'email'],
  ['Email', 'email'],
  ['curency', 'currency'],
  ['event-id', undefined],
  ['email_address', 'email'],
  ['phoneNumber', 'phone'],
  ['phones', 'phone'],
  ['TTCLID', 'ttclid'],
  ['pageUrl', 'page_url'],
  ['zip', 'zip_code'],
  ['hashed_emails', 'hashed_email'],
  ['customProperties', 'custom_properties'],
  ['custom_propertys', 'custom_properties'],
  ['aad', 'ad'],
  ['axx', undefined],
  ['completely_different', undefined],
  ['constructor', undefined],
])('suggests for the unknown field %s: %s', (name, meant) => {
  const [issue, ...more] = errorsOf({ [name]: 'x' });
  expect(more).toEqual([]);
  expect(issue?.code).toBe('unknown_field');
  expect(issue?.message).toBe(meant ? `this field is not known: did you mean ${meant}?` : ask);
});

test.each([
  ['contents', [{}, { contentId: 'a' }], 'contents[1].contentId', 'content_id'],
  ['contents', [{ prise: 1 }], 'contents[0].prise', 'price'],
  ['app', { appId: 'a' }, 'app.appId', 'app_id'],
  ['ad', { campaign: 'a' }, 'ad.campaign', 'campaign_id'],
  ['ad', { budget: 'a' }, 'ad.budget', undefined],
  ['ad', { callbak: 'a' }, 'ad.callbak', 'callback'],
  ['lead', { leadid: 'a' }, 'lead.leadid', 'lead_id'],
])('reports an unknown field in %s %o as %s and suggests %s', (name, value, field, meant) => {
  const message = meant ? `this field is not known: did you mean ${meant}?` : ask;
  expect(errorsOf({ [name]: value })).toEqual([{ field, code: 'unknown_field', message }]);
});

test.each([
  'jane@example.com',
  '',
  ' ',
  '1st',
  'x'.repeat(65),
  'a b',
  'ünï',
  '<script>',
  'a\n',
  'phone_2133734253',
])('reports the unknown field name %j only by its position', (name) => {
  expect(errorsOf({ [name]: 1 })).toEqual([
    { field: expect.stringMatching(/^\(field [13]\)$/), code: 'unknown_field', message: ask },
  ]);
});

test('reports an unsafe name inside an object by its position there', () => {
  expect(errorsOf({ contents: [{}, { price: 1, 'jane doe': 1 }] })).toEqual([
    { field: 'contents[1].(field 2)', code: 'unknown_field', message: ask },
  ]);
  expect(errorsOf({ app: { 'jane doe': 1 } })[0]?.field).toBe('app.(field 1)');
});

test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
  '%s is an unknown field and pollutes nothing',
  (name) => {
    const input = JSON.parse(`{"event_name":"Lead","ttclid":"a","${name}":{"isAdmin":true}}`);
    expect(parse(input)).toEqual({
      ok: false,
      errors: [{ field: name, code: 'unknown_field', message: ask }],
    });
    expect(({} as Record<string, unknown>).isAdmin).toBeUndefined();
  },
);

test('keeps prototypes unchanged when custom properties have names of the language', () => {
  const input = JSON.parse(`{"event_name":"Lead","ttclid":"a","custom_properties":{"constructor":"c"}}`);
  const parsed = parse(input);
  expect(parsed.ok && parsed.event.custom_properties).toEqual({ constructor: 'c' });
});

test('reports 20 of 300,000 unknown fields without reading them all', () => {
  const input: Record<string, unknown> = { ...least };
  for (let n = 0; n < large(300_000); n += 1) input[`field_${n}`] = n;
  const errors = errorsOf(input);
  expect(errors).toHaveLength(20);
  expect(JSON.stringify(errors).length).toBeLessThan(4096);
}, 60_000);

test('reports 20 errors when 200 products are wrong', () => {
  expect(errorsOf({ contents: Array.from({ length: 200 }, () => ({ price: true })) })).toHaveLength(20);
  expect(errorsOf({ contents: Array.from({ length: 200 }, () => ({ price: 'x' })) })).toHaveLength(20);
  expect(errorsOf({ contents: Array.from({ length: 200 }, () => ({ a: 1, b: 2, c: 3 })) })).toHaveLength(20);
});

test('reports all errors of an event at once', () => {
  const wrong = { event_time: 'x', hashed_email: 'y', price: -1, value: 'q' };
  const fields = errorsOf(wrong).map(({ field }) => field);
  expect(fields.toSorted()).toEqual(['event_time', 'hashed_email', 'price', 'value']);
});

test.each(['email', 'contents', 'custom_properties', 'app', 'nowhere'])(
  'in %s is refused, not followed',
  (name) => {
    const depth = large(1_000_000);
    const deep = JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`);
    expect(errorsOf({ [name]: deep })).toHaveLength(1);
    expect(errorsOf({ [name]: { a: deep } }).length).toBeGreaterThan(0);
  },
);
