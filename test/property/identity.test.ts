/** Laws of identifying values: a repaired spelling equals its clean form, and no text throws or takes long. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cleanText } from '../../lib/privacy/clean-text.ts';
import { isDeviceId } from '../../lib/privacy/device-id.ts';
import { normalizeEmail } from '../../lib/privacy/email.ts';
import { isPublicAddress, toIpAddress } from '../../lib/privacy/ip-address.ts';
import { normalizeName } from '../../lib/privacy/names.ts';
import { isPlaceholder, isPlaceholderDigest } from '../../lib/privacy/placeholder.ts';
import { sha256 } from '../../lib/privacy/sha256.ts';
import { large, runs } from '../support/runs.ts';

const laws = runs(2_000);
const sign = fc.constantFrom(
  ...'<>()[]{}"\'`“”«».,;:!?@+%_-/\\$#*| \t\n\u00a0\u0301',
  'mailto:',
  '%40',
  'for=',
  'Σ',
  'İ',
);
const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: fc.oneof(sign, fc.constantFrom('a', 'B', '1', 'é')) }),
);
const address = fc
  .tuple(
    fc.stringMatching(/^[a-z0-9äé][a-z0-9._+äé-]{0,12}$/),
    fc.stringMatching(/^[a-z0-9ü-]{1,12}\.[a-z]{2,6}$/),
  )
  .map((parts) => parts.join('@').normalize('NFC'));
const invisible = fc.constantFrom(
  '\u200b',
  '\u200d',
  '\u00ad',
  '\ufeff',
  '\u2060',
  '\u202e',
  '\u034f',
  '\ufe0f',
  '\u{e0001}',
);
const forms = ['NFC', 'NFD'] as const;

/** The text with an invisible character at any of its positions. */
const withInvisible = (text: fc.Arbitrary<string>) =>
  fc.tuple(text, fc.array(fc.tuple(fc.nat(), invisible), { maxLength: 5 })).map(([clean, insertions]) => {
    const characters = [...clean];
    for (const [position, character] of insertions)
      characters.splice(position % (characters.length + 1), 0, character);
    return { clean, dirty: characters.join('') };
  });

test('normalizes a normal form of any text to itself', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      for (const normalize of [cleanText, normalizeName, normalizeEmail, toIpAddress]) {
        const normal = normalize(text);
        if (normal !== undefined) expect(normalize(normal)).toBe(normal);
      }
    }),
    laws,
  );
});

test('gives the composed and the decomposed form of a text one normal form', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const [composed, decomposed] = forms.map((form) => text.normalize(form));
      for (const normalize of [cleanText, normalizeName, normalizeEmail, isPlaceholder])
        expect(normalize(decomposed ?? '')).toBe(normalize(composed ?? ''));
    }),
    laws,
  );
});

test('gives a text the same normal form wherever invisible characters are in it', () => {
  fc.assert(
    fc.property(withInvisible(fc.oneof(anyText, address)), ({ clean, dirty }) => {
      for (const normalize of [
        cleanText,
        normalizeName,
        normalizeEmail,
        isPlaceholder,
        toIpAddress,
        isDeviceId,
      ])
        expect(normalize(dirty)).toBe(normalize(clean));
    }),
    laws,
  );
});

test('gives a decorated e-mail address the normal form of the bare one', () => {
  const name = fc.stringMatching(/^[A-Za-z ]{1,10}$/);
  const decorate = fc.constantFrom<(email: string, name: string) => string>(
    (email) => `mailto:${email}?subject=Hello`,
    (email) => `<${email}>`,
    (email, who) => `"${who}, ${who}" <${email}>`,
    (email, who) => `${who} <mailto:${email}>`,
    (email, who) => `${email} (${who})`,
    (email) => `"${email}"`,
    (email) => `“${email}”`,
    (email) => ` ${email}.`,
    (email) => `${email};\r\n`,
    (email) => `${email}, bob@example.com`,
    (email) => encodeURIComponent(email),
    (email) => email.replace('@', '＠').toUpperCase(),
  );
  fc.assert(
    fc.property(address, decorate, name, (email, decorated, who) => {
      expect(normalizeEmail(decorated(email, who))).toBe(email);
    }),
    laws,
  );
});

test('takes no random id, click id or digest for a placeholder', () => {
  const ids = fc.oneof(
    fc.uuid(),
    fc.uuid().map((id) => `{${id.toUpperCase()}}`),
    fc.integer({ min: 1 }).map(String),
    fc.stringMatching(/^E\.C\.P\.[A-Za-z0-9_-]{20,120}$/),
    // Nothing tells letters between double underscores from an unfilled macro such as __CLICKID__.
    fc.stringMatching(/^[A-Za-z0-9_-]{21}$/).filter((id) => !/^__.*__$/.test(id)),
    fc.stringMatching(/^[0-9a-f]{64}$/),
    fc.base64String({ minLength: 24, maxLength: 88 }),
  );
  const isVaried = (id: string) => new Set(id).size > 5 || /^\d+$/.test(id);
  fc.assert(
    fc.property(ids.filter(isVaried), (id) => {
      expect(isPlaceholder(id)).toBe(false);
      expect(isPlaceholderDigest(sha256(id))).toBe(false);
    }),
    laws,
  );
});

test('reads an IPv4 address alike in every notation of servers and proxies', () => {
  const port = fc.integer({ min: 0, max: 65_535 });
  fc.assert(
    fc.property(fc.ipV4(), fc.ipV6(), port, (ip, other, number) => {
      const notations = [`${ip}:${number}`, `[::ffff:${ip}]:${number}`, `::FFFF:${ip}`, `${ip}, ${other}`];
      for (const text of [...notations, `for="${ip}:${number}";proto=https, for=${other}`]) {
        expect(toIpAddress(text)).toBe(ip);
      }
      expect(isPublicAddress(`::ffff:${ip}`)).toBe(isPublicAddress(ip));
    }),
    laws,
  );
});

test('reads an IPv6 address alike with brackets and a port', () => {
  fc.assert(
    fc.property(fc.ipV6(), fc.integer({ min: 0, max: 65_535 }), (ip, port) => {
      expect(toIpAddress(`[${ip}]:${port}`)).toBe(toIpAddress(ip));
    }),
    laws,
  );
});

test('answers for any text of 64 KB', () => {
  const unit = fc.oneof(
    sign,
    invisible,
    fc.constantFrom('a', '1.', '<>', 'a@', '{{', '"@', 'a,', '%7b', ':', '0'),
  );
  fc.assert(
    fc.property(unit, unit, fc.constantFrom('', 'x', '>', '@'), (first, second, end) => {
      const whole = `${(first + second).repeat(large(32_768))}${end}`;
      // Below the limit of an e-mail address and of a placeholder, which make longer texts cheap.
      for (const text of [whole, whole.slice(0, 1_000), whole.slice(0, 256)]) {
        for (const read of [cleanText, normalizeName, normalizeEmail, isPlaceholder, toIpAddress, isDeviceId])
          expect(() => read(text)).not.toThrow();
      }
    }),
    runs(100),
  );
});
