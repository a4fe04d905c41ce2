/** What people, shops and browsers write, posted to the process that `npm start` runs, and what TikTok gets of it. */
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { type GatewayProcess, startGatewayProcess } from '../support/gateway/gateway-process.ts';
import { answerJson, startTikTokServer } from '../support/tiktok/tiktok-server.ts';

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');
const at = Math.floor(Date.now() / 1000) - 3600;
const iso = new Date(at * 1000).toISOString().slice(0, 19);
const inTokyo = new Date((at + 9 * 3600) * 1000).toISOString().slice(0, 19);

type Fields = Readonly<Record<string, unknown>>;
type Issues = readonly (readonly [field: string, code: string])[];
type Row = readonly [title: string, fields: Fields, sent: Fields, warnings?: Issues];

const phone = (title: string, written: string, country: string | null, e164: string): Row => [
  title,
  { phone: written, country },
  { user: { phone: digest(e164) } },
];
const page = (title: string, page_url: string, url: string): Row => [
  title,
  { page_url },
  { page: { url } },
  [['page_url', 'identifier_removed']],
];
const only = { user: { email: digest('ada@example.com') } };

/** `sent` is the part of TikTok's event that is compared; without an e-mail address, ada@example.com is added. */
const accepted: readonly Row[] = [
  [
    'omits the digest of "null" beside a good e-mail address',
    { hashed_phone: digest('null') },
    only,
    [['hashed_phone', 'placeholder']],
  ],
  [
    'keeps the good id of a list with placeholders',
    { external_id: ['undefined', 'u-7', null, 0] },
    { user: { external_id: [digest('u-7')] } },
    [
      ['external_id[0]', 'placeholder'],
      ['external_id[3]', 'placeholder'],
    ],
  ],
  [
    'takes null-7 and 007 for ids',
    { external_id: ['null-7', '007'] },
    { user: { external_id: [digest('null-7'), digest('007')] } },
  ],
  [
    'reads the click id of the page when the field has an unfilled macro',
    { ttclid: '{{ttclid}}', page_url: 'https://shop.example/?a=1&#38;ttclid=E.C.P.x' },
    { user: { ttclid: 'E.C.P.x' } },
    [['ttclid', 'placeholder']],
  ],
  ['takes Null for a first name', { first_name: 'Null' }, { user: { first_name: digest('null') } }],
  ['omits an address inside a network', { ip: '::ffff:172.16.5.4' }, only, [['ip', 'private_ip']]],
  [
    'reads an IPv6 address in brackets with a port',
    { ip: '[2001:db8::1]:443' },
    { user: { ip: '2001:db8::1' } },
  ],
  [
    'omits undefined@undefined',
    { email: 'undefined@undefined', external_id: 'u-1' },
    { user: { external_id: digest('u-1') } },
    [['email', 'placeholder']],
  ],
  ['reads the address in a quoted name with a comma', { email: '"Lovelace, Ada" <ADA@example.com>' }, only],
  [
    'reads full-width and invisible characters in an address',
    { email: '\u202aＡｄａ\u00ad＠ｅｘａｍｐｌｅ．ｃｏｍ\u202c' },
    only,
  ],
  [
    'sends one digest for one address in three spellings',
    { email: ['ada@example.com', ' ADA@example.com', 'mailto:ada@example.com'] },
    { user: { email: [digest('ada@example.com')] } },
  ],
  [
    'hashes a composed and a decomposed name alike',
    { last_name: 'Nguye\u0302\u0303n' },
    { user: { last_name: digest('nguyễn') } },
  ],
  [
    'removes invisible characters around a click id',
    { ttclid: '\ufeffE.C.P.x\u200b' },
    { user: { ttclid: 'E.C.P.x' } },
  ],
  phone(
    'reads a phone beside the name of its country in its own language',
    '06-30 123 4567',
    'Magyarország',
    '+36301234567',
  ),
  phone('reads a phone beside an alpha-3 code', '(011) 91234-5678', 'BRA', '+5511912345678'),
  phone('removes the trunk prefix 8 behind +7', '+7 8 912 345-67-89', null, '+79123456789'),
  phone('keeps the zero of an Italian fixed line', '06 6988 4857', 'IT', '+390669884857'),
  phone('moves the 15 of an Argentine mobile', '011 15 2345-6789', 'AR', '+5491123456789'),
  phone('reads the 1 of an old Mexican mobile', '1 55 1234 5678', 'MX', '+525512345678'),
  phone(
    'reads 0011 as the prefix for calls abroad from Australia',
    '0011 44 7911 123456',
    'AU',
    '+447911123456',
  ),
  phone('reads the country code of a phone that lost its +', '49 1512 3456789', 'DE', '+4915123456789'),
  phone('reads Persian digits', '۰۹۱۲ ۳۴۵ ۶۷۸۹', 'IR', '+989123456789'),
  phone(
    'takes the first phone and no extension',
    'Tel.: 213 373 4253 ext. 12 / 213 373 4254',
    null,
    '+12133734253',
  ),
  [
    'never reads a phone in the default country beside an unknown one',
    { phone: '213 373 4253', country: 'Atlantis' },
    only,
    [
      ['phone', 'invalid_phone'],
      ['country', 'unknown_country'],
    ],
  ],
  [
    'omits a phone in scientific notation',
    { phone: '4,91512082436E+11' },
    only,
    [['phone', 'invalid_phone']],
  ],
  [
    'returns the zero to a postal code that a spreadsheet made a number',
    { zip_code: '1067.0', country: 'Deutschland' },
    { user: { zip_code: digest('01067'), country: 'de' } },
  ],
  [
    'sends a province as its code',
    { state: 'Québec', country: 'CAN' },
    { user: { state: 'qc', country: 'ca' } },
  ],
  ['reads a week date', { event_time: weekDate(at) }, { event_time: at }],
  [
    'reads a time with an offset of hours and nine digits of a second',
    { event_time: `${inTokyo}.999999999+09` },
    { event_time: at },
  ],
  [
    'reads the time of a BigQuery export',
    { event_time: `${iso.replace('T', ' ')}.123456 UTC` },
    { event_time: at },
  ],
  ['reads milliseconds with a fraction as text', { event_time: `${at}000.75` }, { event_time: at }],
  page(
    'removes a part of a path with an address',
    'https://shop.example/thanks/eve%40example.org/7?x=1',
    'https://shop.example/thanks/removed/7?x=1',
  ),
  page(
    'removes an address that was encoded twice',
    'https://shop.example/?e=eve%2540example.org&a=1',
    'https://shop.example/?a=1',
  ),
  page(
    'removes the digits of a parameter with the name of a phone',
    'https://shop.example/?customer%5Bphone%5D=415.555.2671&y=2',
    'https://shop.example/?y=2',
  ),
  [
    'leaves ids, times and prices in an address',
    { page_url: 'https://shop.example/?id=5550001234&t=1795669814&p=1999.00' },
    { page: { url: 'https://shop.example/?id=5550001234&t=1795669814&p=1999.00' } },
  ],
  [
    'sends a sale without the referrer of an app',
    { page_referrer: 'ios-app://123' },
    only,
    [['page_referrer', 'invalid_url']],
  ],
  [
    'omits a custom property with a phone',
    { custom_properties: { whatsapp: 4_155_552_671, color: 'red' } },
    { properties: { color: 'red' } },
    [['custom_properties.whatsapp', 'identifier_in_text']],
  ],
  [
    'omits a currency that TikTok does not take, with every amount',
    { custom_properties: { currency: 'XYZ', color: 'red' }, value: 5, price: 5, content_id: 7 },
    { properties: { color: 'red', contents: [{ content_id: '7' }], content_ids: ['7'] } },
    [['currency', 'unsupported_currency']],
  ],
  [
    'reads full-width amounts, currencies, flags and choices',
    { value: '２０．５', currency: 'ｅｕｒ', limited_data_use: '１', customer_type: 'New\u200b' },
    { limited_data_use: true, properties: { value: 20.5, currency: 'EUR', customer_type: 'new' } },
  ],
];

const rejected: readonly (readonly [title: string, fields: Fields, errors: Issues])[] = [
  [
    'rejects an event whose only key is an unfilled macro',
    { ttclid: '*|CLICKID|*' },
    [
      ['email', 'no_match_key'],
      ['ttclid', 'placeholder'],
    ],
  ],
  [
    'rejects an event whose only key is a zero id',
    { gaid: '0'.repeat(32) },
    [
      ['email', 'no_match_key'],
      ['gaid', 'placeholder'],
    ],
  ],
  ['rejects microseconds', { external_id: 'u-1', event_time: at * 1e6 }, [['event_time', 'invalid_time']]],
  [
    'rejects 30 February',
    { external_id: 'u-1', event_time: '2026-02-30T00:00:00Z' },
    [['event_time', 'invalid_time']],
  ],
  [
    'rejects a digest in upper case',
    { hashed_email: digest('a').toUpperCase() },
    [['hashed_email', 'invalid_digest']],
  ],
  [
    'rejects an amount with separators',
    { external_id: 'u-1', value: '1.999,00' },
    [['value', 'invalid_number']],
  ],
  [
    'rejects an event of a visitor who refused',
    { external_id: 'u-1', consent: 'opt-out' },
    [['consent', 'no_consent']],
  ],
];

/** @returns the ISO week date of an hour ago, such as `2026-W48-4T05:17:25Z` */
function weekDate(seconds: number): string {
  const day = new Date(seconds * 1000);
  const weekday = day.getUTCDay() || 7;
  const thursday = new Date((seconds + (4 - weekday) * 86_400) * 1000);
  const week = Math.ceil(
    ((thursday.getTime() - Date.UTC(thursday.getUTCFullYear(), 0, 1)) / 86_400_000 + 1) / 7,
  );
  return `${thursday.getUTCFullYear()}-W${String(week).padStart(2, '0')}-${weekday}${day.toISOString().slice(10, 19)}Z`;
}

interface Receipt {
  readonly warnings?: readonly { readonly field: string; readonly code: string }[];
  readonly errors?: readonly { readonly field: string; readonly code: string }[];
}

const events = [
  ...accepted.map(([, fields]) => ({
    ...(fields.email === undefined && { email: 'ada@example.com' }),
    ...fields,
  })),
  ...rejected.map(([, fields]) => fields),
].map((fields, index) => ({ event_name: 'Contact', event_id: `v-${index}`, ...fields }));

let gateway: GatewayProcess;
let tiktok: Awaited<ReturnType<typeof startTikTokServer>>;
let receipts: readonly Receipt[];
let answer: string;
const received = new Map<string, unknown>();

beforeAll(async () => {
  tiktok = await startTikTokServer((response, { body }) => {
    for (const event of JSON.parse(body).data) received.set(event.event_id, event);
    answerJson(response, { code: 0, message: 'OK', request_id: 'r', data: {} });
  });
  gateway = await startGatewayProcess({ TIKTOK_API_URL: tiktok.url });
  answer = await (await gateway.post(events)).text();
  receipts = JSON.parse(answer).events;
  await eventually(
    () => Promise.resolve(received.size),
    (size) => size >= accepted.length,
  );
});
afterAll(async () => {
  await gateway.stop();
  await tiktok.stop();
});

const pairs = (issues: Receipt['warnings'] = []) => issues.map(({ field, code }) => [field, code]);

/** @returns the names at TikTok of whole fields that were omitted; a click id can come from the page instead */
const omitted = (issues: Issues): string[] =>
  issues
    .filter(([field, code]) => code !== 'identifier_removed' && field !== 'ttclid' && !field.includes('['))
    .map(([field]) => field.replace(/^(?:custom_properties\.|hashed_|page_)/, ''));

test.each(accepted.map((row, index) => [row[0], index, row] as const))(
  'promise 12: %s',
  (_, index, [, , sent, warnings = []]) => {
    expect(pairs(receipts[index]?.warnings)).toEqual(warnings);
    const event = received.get(`v-${index}`);
    expect(event).toMatchObject(sent);
    for (const name of omitted(warnings)) expect(JSON.stringify(event)).not.toContain(`"${name}":`);
  },
);

test.each(rejected.map((row, index) => [row[0], index, row] as const))('%s', (_, index, [, , errors]) => {
  expect(pairs(receipts[accepted.length + index]?.errors)).toEqual(errors);
  expect(received.has(`v-${accepted.length + index}`)).toBe(false);
});

test('rejects what it would omit for a caller who prefers handling=strict', async () => {
  const event = { event_name: 'Contact', email: 'ada@example.com', phone: 'call me' };
  for (const prefer of ['wait=5, handling="strict"', 'a="b, c", HANDLING = strict; x=y']) {
    const strict = await gateway.post(event, { prefer });
    expect([strict.status, strict.headers.get('preference-applied')]).toEqual([422, 'handling=strict']);
  }
  const quoted = await gateway.post({ ...event, event_id: 'quoted' }, { prefer: 'a="b, handling=strict"' });
  expect([quoted.status, quoted.headers.get('preference-applied')]).toEqual([202, null]);
});

test('promise 9: gives the same post the same answer', async () => {
  expect(await (await gateway.post(events)).text()).toBe(answer);
});

test('promise 5: repeats no identifier in answers, logs or calls to TikTok', () => {
  const texts = [answer, gateway.output(), ...tiktok.requests.map(({ body }) => body)].join('\n');
  const said = texts.replaceAll('jane@example.com', '');
  for (const raw of [/ada@/i, /eve(?:@|%)/i, /3734253/, /\b7911/, /5552671/, /Lovelace/i, /nguy/i, /u-7/])
    expect(said).not.toMatch(raw);
});
