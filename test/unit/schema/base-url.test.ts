import { expect, test } from 'vitest';
import {
  isLoopbackHost,
  isLoopbackUrl,
  isSafeUrl,
  isTikTokUrl,
  withoutTrailingSlash,
} from '../../../lib/schema/base-url.ts';

test.each(['127.0.0.1', '127.1.2.3', 'localhost', 'LOCALHOST', '[::1]', '::1'])(
  'recognizes %s as a host of this machine',
  (host) => {
    expect(isLoopbackHost(host)).toBe(true);
  },
);

test.each(['128.0.0.1', '127.0.0.1.example.com', 'localhost.example.com', 'localhost:3000', '::2', ''])(
  'does not recognize %s as a host of this machine',
  (host) => {
    expect(isLoopbackHost(host)).toBe(false);
  },
);

test('reads the host of a URL before it decides if the URL is on this machine', () => {
  expect(isLoopbackUrl('http://127.0.0.1:3000/v1')).toBe(true);
  expect(isLoopbackUrl('http://localhost@example.com')).toBe(false);
  expect(isLoopbackUrl('no URL')).toBe(false);
});

test('accepts https anywhere, and http on this machine only', () => {
  expect(['https://example.com', 'http://[::1]:3000', 'http://localhost'].map(isSafeUrl)).toEqual([
    true,
    true,
    true,
  ]);
  expect(['http://example.com', 'ftp://localhost', 'no URL'].map(isSafeUrl)).toEqual([false, false, false]);
});

test.each(['https://business-api.tiktok.com', 'http://127.0.0.1:3000/_sandbox/tiktok'])(
  'sends access tokens to %s',
  (url) => {
    expect(isTikTokUrl(url)).toBe(true);
  },
);

test.each([
  'https://example.com',
  'https://tiktok.com.example.com',
  'https://eviltiktok.com',
  'http://business-api.tiktok.com',
  'https://user@business-api.tiktok.com',
  'https://:secret@business-api.tiktok.com',
  'no URL',
])('sends no access token to %s', (url) => {
  expect(isTikTokUrl(url)).toBe(false);
});

test('removes all slashes at the end of a base URL and nothing else', () => {
  expect(withoutTrailingSlash('https://example.com/a//')).toBe('https://example.com/a');
});
