/** Each field of the event: which values nobody can match or TikTok does not take, and that the event goes on without them. */
import { expect, test } from 'vitest';
import { fieldNames } from '../../../../lib/events/fields/table.ts';
import { canonical, errorsOf, omissionsOf, strictErrorsOf } from '../../../support/events/events.ts';

const digestOfNothing = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

const rows: [field: string, code: string, sent: unknown, beside?: object][] = [
  ['email', 'invalid_email', 'jane'],
  ['phone', 'invalid_phone', '123'],
  ['phone', 'invalid_phone', '(213) 373-4253'],
  ['phone', 'invalid_phone', '2133734253', { country: 'XX' }],
  ['phone', 'invalid_phone', '12345678901234', { country: 'US' }],
  ['ip', 'invalid_ip', 'localhost'],
  ['ip', 'invalid_ip', '203.0.113.256'],
  ['ip', 'invalid_ip', 'fe80::1%eth0'],
  ['att_status', 'invalid_value', 'allowed'],
  ['currency', 'unsupported_currency', 'XXX'],
  ['currency', 'unsupported_currency', 'US'],
  ['delivery_category', 'invalid_value', 'post'],
  ['customer_type', 'invalid_value', 'old'],
  ['page_url', 'invalid_url', '/cart'],
  ['page_url', 'invalid_url', 'ftp://shop.example'],
  ['page_url', 'invalid_url', 'xhttps://shop.example'],
  ['page_referrer', 'invalid_url', 'javascript:alert(1)'],
  ['email', 'invalid_email', 'jane@@example.com'],
  ['email', 'placeholder', 'undefined'],
  ['email', 'placeholder', 'undefined@undefined'],
  ['email', 'placeholder', 'mailto:Null@NULL'],
  ['phone', 'placeholder', 'null'],
  ['external_id', 'placeholder', '[object Object]'],
  ['external_id', 'placeholder', 0],
  ['external_id', 'placeholder', digestOfNothing.toUpperCase()],
  ['hashed_email', 'placeholder', digestOfNothing],
  ['hashed_phone', 'placeholder', digestOfNothing],
  ['hashed_external_id', 'placeholder', digestOfNothing],
  ['ttclid', 'placeholder', '__CLICKID__', { ttp: 'a' }],
  ['ttp', 'placeholder', 'undefined'],
  ['ip', 'private_ip', '10.0.0.7'],
  ['idfa', 'placeholder', '00000000-0000-0000-0000-000000000000'],
  ['idfa', 'invalid_device_id', 'not-an-idfa'],
  ['gaid', 'invalid_device_id', 'ea75'],
  ['country', 'unknown_country', 'Atlantis'],
  ...['first_name', 'last_name', 'zip_code', 'city', 'state'].map((field): [string, string, unknown] => [
    field,
    'hashed_text',
    digestOfNothing.toUpperCase(),
  ]),
  ['city', 'hashed_text', '1-'.repeat(64)],
  ['state', 'hashed_text', ` ${digestOfNothing}.`],
  ['search_string', 'identifier_in_text', 'orders of jane@example.com'],
  ['query', 'identifier_in_text', 'jane@example.com'],
  ...['description', 'status', 'content_name', 'content_category', 'brand', 'city', 'state'].flatMap(
    (field): [string, string, unknown][] => [
      [field, 'identifier_in_text', 'for jane%40example.com'],
      [field, 'identifier_in_text', 'call +1 (213) 373-4253'],
      [field, 'identifier_in_text', 'phone: 2133734253'],
    ],
  ),
  ...Object.entries({
    email: 320,
    phone: 64,
    external_id: 256,
    first_name: 256,
    last_name: 256,
    zip_code: 64,
    city: 256,
    state: 128,
    country: 64,
    ttp: 256,
    ip: 64,
    user_agent: 2048,
    locale: 64,
    idfa: 64,
    idfv: 64,
    gaid: 64,
    currency: 16,
    content_id: 256,
    content_name: 1024,
    content_category: 512,
    brand: 256,
    content_type: 64,
    order_id: 256,
    shop_id: 256,
    query: 1024,
    search_string: 1024,
    description: 2048,
    status: 128,
    page_url: 4096,
    page_referrer: 4096,
  }).map(([field, limit]): [string, string, unknown] => [field, 'too_long', 'x'.repeat(limit + 1)]),
  ['ttclid', 'too_long', 'x'.repeat(1025), { ttp: 'a' }],
];

test.each(rows)(
  'omits the field %s with the code %s and sends the event: case %#',
  (field, code, sent, beside = {}) => {
    const fields = { ...beside, [field]: sent };
    expect(canonical(fields)).not.toHaveProperty(field);
    expect(omissionsOf(fields)).toEqual(
      expect.arrayContaining([{ field, code, message: expect.stringMatching(/^omitted: ./) }]),
    );
    expect(strictErrorsOf(fields)).toEqual(
      expect.arrayContaining([{ field, code, message: expect.not.stringMatching(/^omitted/) }]),
    );
  },
);

const long = 'x'.repeat(2049);
test.each([
  [{ email: ['a@b.example', 'x'] }, { email: ['a@b.example'] }, 'email[1]', 'invalid_email'],
  [{ phone: ['+12133734253', 'x'] }, { phone: ['+12133734253'] }, 'phone[1]', 'invalid_phone'],
  [{ email: [long, 'a@b.example'] }, { email: ['a@b.example'] }, 'email[0]', 'too_long'],
  [{ external_id: ['null', 'u1'] }, { external_id: ['u1'] }, 'external_id[0]', 'placeholder'],
  [
    { contents: [{ content_id: long, brand: 'B' }] },
    { contents: [{ brand: 'B' }] },
    'contents[0].content_id',
    'too_long',
  ],
  [{ content_ids: [long, 'a'] }, { content_ids: ['a'] }, 'content_ids[0]', 'too_long'],
  [{ app: { app_id: 'a', app_name: long } }, { app: { app_id: 'a' } }, 'app.app_name', 'too_long'],
  [
    { custom_properties: { note: long, kept: 1 } },
    { custom_properties: { kept: 1 } },
    'custom_properties.note',
    'too_long',
  ],
  [{ app: { app_name: long } }, {}, 'app.app_name', 'too_long'],
  [
    { custom_properties: { 'jane.doe-1': long, kept: 1 } },
    { custom_properties: { kept: 1 } },
    'custom_properties.(name)',
    'too_long',
  ],
])('keeps the good members of %o', (fields, kept, field, code) => {
  expect(canonical(fields)).toMatchObject(kept);
  expect(omissionsOf(fields)).toMatchObject([{ field, code }]);
});

test.each([
  ['email', 'jane@example.com'],
  ['note', 'of jane%40example.com'],
  ['phone', '2133734253'],
  ['whatsapp', 12_133_734_253],
  ['notes', ['fragile', '+1 213 373 4253']],
  ['contact', { name: 'J', mail: 'jane@example' }],
])('omits the custom property %s that contains an identifier, and sends the others', (name, value) => {
  const fields = { custom_properties: { color: 'red', [name]: value } };
  expect(canonical(fields).custom_properties).toEqual({ color: 'red' });
  const field = `custom_properties.${name}`;
  expect(omissionsOf(fields)).toMatchObject([{ field, code: 'identifier_in_text' }]);
  expect(strictErrorsOf(fields)).toMatchObject([{ field, code: 'identifier_in_text' }]);
});

test.each([
  { custom_properties: { gtin: '00850012345670', mpn: 12_133_734_253, mobile: true, mail: false } },
  { description: 'GTIN 00850012345670, 2 x 100 ml @ 9.99' },
  { content_name: 'iPhone 15 + AirPods 2', brand: 'C&A', city: 'Kyōto' },
])('takes nothing in %o for an identifier', (fields) => {
  expect(omissionsOf(fields)).toEqual([]);
});

test.each([{ email: ['ada@example.com', null] }, { email: ['ada@example.com', '', ' ', '\u200b'] }])(
  'ignores the empty members of %o',
  (fields) => {
    expect(canonical(fields).email).toEqual(['ada@example.com']);
    expect(omissionsOf(fields)).toEqual([]);
  },
);

test('omits value and prices with a currency that TikTok does not take, and takes no default in its place', () => {
  const fields = {
    destination: 'shop',
    currency: 'XXX',
    value: 5,
    contents: [{ content_id: 'a', price: 5 }],
  };
  const event = canonical(fields);
  expect(event).not.toHaveProperty('value');
  expect(event).not.toHaveProperty('currency');
  expect(event.contents).toEqual([{ content_id: 'a' }]);
  expect(omissionsOf(fields)).toMatchObject([{ field: 'currency', code: 'unsupported_currency' }]);
});

test('omits a product of which only its price was known, with the currency of the price', () => {
  const fields = { currency: 'XXX', contents: [{ price: 5 }, { price: 5, content_id: 'a' }] };
  expect(canonical(fields).contents).toEqual([{ content_id: 'a' }]);
  expect(canonical({ currency: 'XXX', contents: [{ price: 5 }] })).not.toHaveProperty('contents');
});

test('does not read a phone with the default country when the country of the event is unknown', () => {
  const fields = { destination: 'shop', phone: '0151 12345678' };
  expect(canonical(fields).phone).toBe('+4915112345678');
  expect(canonical({ ...fields, country: 'Atlantis' })).not.toHaveProperty('phone');
  expect(
    omissionsOf({ ...fields, country: 'Atlantis' })
      .map(({ code }) => code)
      .toSorted(),
  ).toEqual(['invalid_phone', 'unknown_country']);
});

test.each(fieldNames.filter((name) => name !== 'event_name'))(
  'accepts blank text in the field %s as if the field were absent',
  (name) => {
    const rest = name === 'ttclid' ? { ttclid: undefined, ttp: 'a' } : {};
    for (const blank of ['', '  ', '\u00a0\u200b'])
      expect(canonical({ ...rest, [name]: blank })).toEqual(canonical(rest));
  },
);

test.each(['email', 'phone', 'external_id', 'hashed_email', 'contents', 'content_ids'])(
  'accepts an empty list in the field %s as if the field were absent',
  (name) => {
    expect(canonical({ [name]: [] })).toEqual(canonical({}));
    expect(canonical({ [name]: [null] })).toEqual(canonical({}));
  },
);

test('rejects an event without a match key, with the omissions that led there', () => {
  const errors = errorsOf({ ttclid: '__CLICKID__', email: 'n/a', ip: '127.0.0.1', user_agent: 'UA' });
  expect(errors.map(({ field, code }) => `${field} ${code}`)).toEqual([
    'email no_match_key',
    'ttclid placeholder',
    'email placeholder',
    'ip private_ip',
  ]);
});
