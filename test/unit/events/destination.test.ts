/** The settings of a destination, as the stage file gives them: what is taken, and what is refused. */
import { expect, test } from 'vitest';
import { destinationSchema, destinationsSchema } from '../../../lib/events/destination.ts';

const pixelCode = 'PIXEL';
const isTaken = (settings: object): boolean =>
  destinationSchema.safeParse({ pixelCode, ...settings }).success;

test('treats a destination as a web pixel unless it has another event source', () => {
  expect(destinationSchema.parse({ pixelCode })).toEqual({ pixelCode, eventSource: 'web' });
});

test('keeps every setting of a destination', () => {
  const whole = {
    pixelCode,
    eventSource: 'app',
    currency: 'EUR',
    country: 'DE',
    testEventCode: 'TEST1',
    tiktokApiUrl: 'https://business-api.us.tiktok.com',
  };
  expect(destinationSchema.parse(whole)).toEqual(whole);
});

test.each([
  { pixelCode: '' },
  { pixelCode: 7 },
  { pixelCode: 'x'.repeat(129) },
  { eventSource: 'tv' },
  { eventSource: '' },
  { currency: 'XXX' },
  { currency: 'eur' },
  { country: 'de' },
  { country: 'DEU' },
  { country: 'xDE' },
  { country: '12' },
  { testEventCode: '' },
  { testEventCode: 'x'.repeat(65) },
  { pixel: 'a' },
])('rejects a destination with %o', (settings) => {
  expect(isTaken(settings)).toBe(false);
});

test('names the expected form when a destination has an unknown currency', () => {
  const { error } = destinationSchema.safeParse({ pixelCode, currency: 'XXX' });
  expect(error?.issues[0]?.message).toBe('expected an ISO 4217 code that TikTok takes, such as USD');
});

const isName = (name: string): boolean => destinationsSchema.safeParse({ [name]: { pixelCode } }).success;

test.each(['a', 'Shop_2-b', '7', 'x'.repeat(64)])('accepts %s as the name of a destination', (name) => {
  expect(isName(name)).toBe(true);
});

test.each(['', '_a', '-a', 'a b', 'a/b', 'ada@example.com', 'a.', 'x'.repeat(65), 'a\n'])(
  'may not be %j',
  (name) => {
    expect(isName(name)).toBe(false);
  },
);

test.each([
  ['https://business-api.us.tiktok.com', 'https://business-api.us.tiktok.com'],
  ['https://business-api.tiktok.com/', 'https://business-api.tiktok.com'],
  ['http://127.0.0.1:3000/_sandbox/tiktok/', 'http://127.0.0.1:3000/_sandbox/tiktok'],
  ['http://localhost:3000', 'http://localhost:3000'],
  ['http://[::1]:3000', 'http://[::1]:3000'],
])('takes %s as base URL of a destination, without a slash at its end', (tiktokApiUrl, taken) => {
  expect(destinationSchema.parse({ pixelCode, tiktokApiUrl }).tiktokApiUrl).toBe(taken);
});

test.each([
  'http://business-api.tiktok.com',
  'https://tiktok.com',
  'https://tiktok.com.evil.example',
  'https://eviltiktok.com',
  'https://business-api.tiktok.com.evil.example',
  'https://business-api.tiktok.com@evil.example',
  'https://user:secret@business-api.tiktok.com',
  'https://business-api.tiktok.com/open_api',
  'https://business-api.tiktok.com//',
  'https://business-api.tiktok.com?x=1',
  'https://business-api.tiktok.com#x',
  'https://business-api.tiktok.com?',
  'https://business-api.tiktok.com#',
  'https://evil.example\\.tiktok.com',
  ' https://business-api.tiktok.com',
  'https://business-api.tik\ntok.com',
  'http://127.0.0.1:3000?x=1',
  'http://127.0.0.1.evil.example',
  'http://10.0.0.1',
  'https://127.0.0.1',
  'business-api.tiktok.com',
  'ftp://127.0.0.1',
  '',
  7,
])('promise 8: rejects %j as base URL of a destination, and never repeats it', (tiktokApiUrl) => {
  const { success, error } = destinationSchema.safeParse({ pixelCode, tiktokApiUrl });
  expect(success).toBe(false);
  if (typeof tiktokApiUrl === 'string')
    expect(error?.issues[0]?.message).toBe(
      'expected an https URL below tiktok.com without a path, or an http URL of this machine',
    );
});
