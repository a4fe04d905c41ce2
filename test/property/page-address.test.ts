/** Laws of page addresses: nothing in them says who the person is, the rest stays, and a click id is found wherever it is. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clickIdOf } from '../../lib/privacy/click-id.ts';
import { holdsIdentifier, scrubUrl } from '../../lib/privacy/scrub-url.ts';
import { runs } from '../support/runs.ts';

const laws = runs(3_000);
const shop = 'https://shop.example';

const email = fc
  .tuple(
    fc.stringMatching(/^[A-Za-z0-9äπ字.+_'~-]{1,12}$/),
    fc.stringMatching(/^[a-zü0-9][a-z0-9-]{0,8}$/),
    fc.constantFrom('com', 'example', 'co.uk', 'de', '中国', 'xn--p1ai'),
  )
  .filter(([, domain]) => !/^\dx$/.test(domain))
  .map(([local, domain, top]) => `${local}@${domain}.${top}`);
const phone = fc
  .tuple(
    fc.constantFrom('+', '00'),
    fc.stringMatching(/^[1-9]\d{8,13}$/),
    fc.constantFrom('', ' ', '-', '.', ' ('),
  )
  .map(
    ([prefix, digits, gap]) =>
      `${prefix}${digits.slice(0, 2)}${gap}${digits.slice(2, 5)}${gap}${digits.slice(5)}`,
  );

const everyByte = (text: string) =>
  [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
const encodings: Readonly<Record<string, (text: string) => string>> = {
  once: encodeURIComponent,
  twice: (text) => encodeURIComponent(encodeURIComponent(text)),
  thrice: (text) => encodeURIComponent(encodeURIComponent(encodeURIComponent(text))),
  everyByte,
  everyByteTwice: (text) => everyByte(text).replaceAll('%', '%25'),
  asForm: (text) => new URLSearchParams({ a: text }).toString().slice(2),
  fullWidth: (text) =>
    encodeURIComponent(text.replace(/[@+]/, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0))),
  json: (text) => encodeURIComponent(JSON.stringify({ of: [text] })),
  htmlThenUrl: (text) => encodeURIComponent(text.replaceAll('@', '&#64;').replaceAll('+', '&#x2B;')),
  nested: (text) => encodeURIComponent(`https://other.example/a?of=${encodeURIComponent(text)}&b=1`),
  nestedTwice: (text) =>
    encodeURIComponent(
      `/a?to=${encodeURIComponent(`https://other.example/#/?of=${encodeURIComponent(text)}`)}`,
    ),
  inWords: (text) => encodeURIComponent(`for ${text} only`),
};
const encoded = fc.constantFrom(...Object.keys(encodings));

const places: Readonly<Record<string, (value: string) => string>> = {
  query: (value) => `/a?x=${value}&utm_source=tiktok`,
  lastOfQuery: (value) => `/a?utm_source=tiktok&x=${value}`,
  html: (value) => `/a?utm_source=tiktok&amp;x=${value}&amp;y=1`,
  wordPress: (value) => `/a?x=${value}&#038;utm_source=tiktok`,
  bare: (value) => `/a?${value}&utm_source=tiktok`,
  fragment: (value) => `/a?utm_source=tiktok#x=${value}`,
  route: (value) => `/a?utm_source=tiktok#/b?x=${value}&y=1`,
  routePath: (value) => `/a?utm_source=tiktok#/b/${value}/c`,
  path: (value) => `/a/${value}/c?utm_source=tiktok`,
  lastOfPath: (value) => `/a/${value}?utm_source=tiktok`,
  secondQuery: (value) => `/a?utm_source=tiktok?x=${value}`,
};
const place = fc.constantFrom(...Object.keys(places));

function decodeAll(text: string): string {
  let decoded = text;
  for (let round = 0; round < 6; round += 1)
    decoded = decoded.replaceAll(/(?:%[0-9a-f]{2})+/gi, (run) =>
      Buffer.from(run.replaceAll('%', ''), 'hex').toString(),
    );
  return decoded;
}

const put = (where: string, how: string, text: string): string =>
  `${shop}${places[where]?.(encodings[how]?.(text) ?? '')}`;

test('leaves no e-mail address in an address, wherever and however it is written, and keeps the rest', () => {
  fc.assert(
    fc.property(place, encoded, email, (where, how, person) => {
      const { url, isScrubbed } = scrubUrl(put(where, how, person));
      expect(isScrubbed).toBe(true);
      expect(decodeAll(url)).not.toMatch(/[@＠]|&#64/);
      expect(url).toContain('utm_source=tiktok');
      expect(scrubUrl(url)).toEqual({ url, isScrubbed: false });
    }),
    laws,
  );
});

test('leaves no international phone in an address, wherever and however it is written, and keeps the rest', () => {
  fc.assert(
    fc.property(place, encoded, phone, (where, how, number) => {
      const { url, isScrubbed } = scrubUrl(put(where, how, number));
      expect(isScrubbed).toBe(true);
      expect(decodeAll(url)).not.toMatch(/\d{3}[\s().-]*\d{3}/);
      expect(url).toContain('utm_source=tiktok');
      expect(scrubUrl(url)).toEqual({ url, isScrubbed: false });
    }),
    laws,
  );
});

test('leaves no digits below the name of a phone, however they are written', () => {
  const name = fc.constantFrom(
    'phone',
    'billing[phone]',
    'customerPhone',
    'tel',
    'mobile_number',
    'whatsapp',
    'MSISDN',
  );
  const local = fc.stringMatching(/^\(?0?[1-9]\d{2}\)?[ ./-]?\d{3}[ -]?\d{1,6}$/);
  const spelling = fc.constantFrom('once', 'twice', 'thrice', 'everyByte', 'asForm', 'inWords');
  fc.assert(
    fc.property(name, local, spelling, fc.boolean(), (key, number, how, isKeyEncoded) => {
      const value = encodings[how]?.(number) ?? '';
      const url = `${shop}/?a=1&${isKeyEncoded ? encodeURIComponent(key) : key}=${value}&b=2`;
      expect(scrubUrl(url)).toEqual({ url: `${shop}/?a=1&b=2`, isScrubbed: true });
      const nested = encodeURIComponent(`/x?${encodeURIComponent(key)}=${value}`);
      expect(scrubUrl(`${shop}/?to=${nested}&b=2`).url).toBe(`${shop}/?b=2`);
    }),
    laws,
  );
});

const cleanValue = fc.oneof(
  fc.stringMatching(/^[a-z]{1,12}([-_.+][a-z]{1,8}){0,3}$/),
  fc.stringMatching(/^[1-9]\d{0,19}$/),
  fc.stringMatching(/^\d{1,4}\.\d\d$/),
  fc.stringMatching(/^E\.C\.P\.[A-Za-z1-9_-]{20,120}$/),
  fc.integer({ min: 1.5e9, max: 2e9 }).map((seconds) => new Date(seconds * 1000).toISOString()),
  fc
    .integer({ min: 1.5e9, max: 2e9 })
    .map((seconds) => encodeURIComponent(new Date(seconds * 1000).toISOString())),
  fc.uuid(),
  fc.string({ unit: fc.constantFrom(...'äöü字 "<>|^()[]{}'), maxLength: 12 }).map(encodeURIComponent),
);
const cleanName = fc.constantFrom(
  'utm_source',
  'utm_campaign',
  'ttclid',
  'q',
  'order_id',
  'id',
  'p',
  'variant',
  'ref',
);
const parameters = fc
  .array(fc.tuple(cleanName, cleanValue), { maxLength: 6 })
  .map((pairs) => pairs.map(([name, value]) => `${name}=${value}`).join('&'));

test('returns an address without identifiers as it is', () => {
  const path = fc.array(cleanValue, { maxLength: 4 }).map((segments) => `/${segments.join('/')}`);
  const fragment = fc.oneof(
    fc.constant(''),
    fc.constant('#top'),
    parameters.map((text) => `#/p?${text}`),
  );
  fc.assert(
    fc.property(path, parameters, fragment, (route, query, rest) => {
      const url = `${shop}${route}?${query}${rest}`;
      expect(scrubUrl(url)).toEqual({ url, isScrubbed: false });
    }),
    laws,
  );
});

test('scrubs any text once and for all, and never throws', () => {
  const scrap = fc.constantFrom(
    ...'@%+0/?#&;=:.a1 \\',
    'phone=',
    '&amp;',
    '%40',
    '%25',
    '%2B',
    '00',
    'a@b.de',
    '+4915112345678',
  );
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(scrap, { maxLength: 40 }).map((scraps) => scraps.join('')),
  );
  fc.assert(
    fc.property(text, fc.constantFrom('', 'https://', `${shop}/`, `${shop}/?`), (rest, start) => {
      const { url, isScrubbed } = scrubUrl(start + rest);
      expect(scrubUrl(url)).toEqual({ url, isScrubbed: false });
      expect(isScrubbed).toBe(url !== start + rest);
      expect(typeof holdsIdentifier(rest)).toBe('boolean');
      clickIdOf(start + rest);
    }),
    laws,
  );
});

test('finds an identifier in a search term, however it is encoded', () => {
  const spelling = fc.constantFrom('once', 'twice', 'everyByte', 'fullWidth', 'inWords', 'htmlThenUrl');
  fc.assert(
    fc.property(fc.oneof(email, phone), spelling, (person, how) => {
      expect(holdsIdentifier(person)).toBe(true);
      expect(holdsIdentifier(encodings[how]?.(person) ?? '')).toBe(true);
    }),
    laws,
  );
});

test('finds a click id wherever it is in an address', () => {
  const clickId = fc.stringMatching(/^E\.C\.P\.[A-Za-z0-9_.~+/= -]{1,60}[a-z]$/);
  const before = fc.constantFrom(
    '',
    'a=1&',
    'a=1&amp;',
    'a=1&#038;',
    'ttclid=__CLICKID__&',
    'ttclid=&amp;',
    'a=1?',
    'a=1#',
  );
  const start = fc.constantFrom('/p?', '/#/p?', '/#!/p/1?', '/#', '/?a=1#', '/?a=b&amp;c#/p?d=1&amp;amp;');
  const end = fc.constantFrom('', '&b=2', '&amp;b=2', '#top', '?b=2', '&ttclid=other');
  fc.assert(
    fc.property(fc.constantFrom('', shop), start, before, clickId, end, (host, a, b, id, z) => {
      expect(clickIdOf(`${host}${a}${b}ttclid=${encodeURIComponent(id)}${z}`)).toBe(id);
    }),
    laws,
  );
});
