import { expect, test } from 'vitest';
import {
  browserCookie,
  browserKeyOf,
  clearedCookie,
  isStateOf,
  stateOf,
} from '../../../lib/oauth/browser-state.ts';
import { newConnectLink } from '../../../lib/oauth/connect-link.ts';

const key = 'k'.repeat(43);
const link = newConnectLink('n'.repeat(43), 'default', 0);
const state = stateOf(key, link);

test('hides the key of the browser and the digest of the link in the OAuth state', () => {
  expect(state).toMatch(/^[\w-]{43}$/);
  expect(state).not.toBe(key);
});

test.each([
  ['the same browser and link', state, key, link, true],
  ['another browser', state, 'K'.repeat(43), link, false],
  ['another link', state, key, newConnectLink('m'.repeat(43), 'default', 0), false],
  ['a longer text', `${state}=`, key, link, false],
  ['an empty text', '', key, link, false],
  ['text of as many bytes in other letters', 'é'.repeat(21).concat('x'), key, link, false],
])(
  'matches an OAuth state only with its own browser and link, and never throws: %s',
  (_, given, browserKey, openLink, expected) => {
    expect(isStateOf(given, browserKey, openLink)).toBe(expected);
  },
);

test('sets the OAuth cookie for this host, over HTTPS, hidden from scripts, for 10 minutes', () => {
  expect(browserCookie(key)).toBe(
    `__Host-tiktok-events-state=${key}; Max-Age=600; Path=/; HttpOnly; Secure; SameSite=Lax`,
  );
  expect(clearedCookie).toContain('__Host-tiktok-events-state=; Max-Age=0; Path=/');
});

const cookie = `__Host-tiktok-events-state=${key}`;
test.each([
  [[cookie], key],
  [['other=1', ` ${cookie}`], key],
  [[cookie, cookie], undefined],
  [[`${cookie}k`], undefined],
  [['__Host-tiktok-events-state='], undefined],
  [[`x${cookie}`], undefined],
  [[], undefined],
  [undefined, undefined],
])('accepts the OAuth cookie only once and in its own form: %j', (cookies, expected) => {
  expect(browserKeyOf(cookies)).toBe(expected);
});
