import { expect, test } from 'vitest';
import { fields } from '../../../lib/events/fields/table.ts';
import { clickIdOf, isUsableId } from '../../../lib/privacy/click-id.ts';

const longest = 'x'.repeat(1024);

test.each<[string, string | undefined]>([
  ['https://shop.example/?a=1&ttclid=E.C.P.x', 'E.C.P.x'],
  ['https://shop.example/?utm_source=tiktok&amp;ttclid=E.C.P.x', 'E.C.P.x'],
  ['https://shop.example/?utm_source=tiktok&amp;amp;ttclid=E.C.P.x', 'E.C.P.x'],
  ['https://shop.example/?utm_source=tiktok&#038;ttclid=E.C.P.x', 'E.C.P.x'],
  ['https://shop.example/?utm_source=tiktok&#x26;ttclid=E.C.P.x', 'E.C.P.x'],
  ['https://shop.example/#/p/1?ttclid=E.C.P.x', 'E.C.P.x'],
  ['https://shop.example/#!/p/1?a=1&amp;ttclid=E.C.P.x&b=2', 'E.C.P.x'],
  ['https://shop.example/#ttclid=E.C.P.x', 'E.C.P.x'],
  ['https://shop.example/?a=1#a=1&ttclid=E.C.P.x#top', 'E.C.P.x'],
  ['https://shop.example/?a=1?ttclid=E.C.P.x', 'E.C.P.x'],
  ['https://shop.example/?ttclid=E.C.P.x?utm_source=tiktok', 'E.C.P.x'],
  ['/#/p?ttclid=E.C.P.x', 'E.C.P.x'],
  ['/?ttclid=E.C.P.x', 'E.C.P.x'],
  ['?ttclid=E.C.P.x', 'E.C.P.x'],
  ['https://shop.example/?ttclid=E%2EC%252E', 'E.C%2E'],
  ['https://shop.example/?ttclid=%20E.C.P.x%20', 'E.C.P.x'],
  ['https://shop.example/?ttclid=E.C.P.x%E2%80%8B', 'E.C.P.x'],
  ['https://shop.example/?ttclid=E.C\n.P.x', 'E.C.P.x'],
  ['https://shop.example/?ttclid=__CLICKID__&ttclid=E.C.P.x', 'E.C.P.x'],
  ['https://shop.example/?ttclid=__CLICKID__#/p?ttclid=E.C.P.x', 'E.C.P.x'],
  ['https://shop.example/?ttclid=first&ttclid=second', 'first'],
  [`https://shop.example/?ttclid=${longest}`, longest],
  [`https://shop.example/?ttclid=${longest}x&amp;ttclid=E.C.P.x`, 'E.C.P.x'],
  ['https://shop.example/?ttclid=__CLICKID__', undefined],
  ['https://shop.example/?ttclid=undefined', undefined],
  ['https://shop.example/?ttclid=', undefined],
  ['https://shop.example/?ttclid', undefined],
  ['https://shop.example/?TTCLID=E.C.P.x', undefined],
  ['https://shop.example/?xttclid=E.C.P.x', undefined],
  ['https://shop.example/ttclid=E.C.P.x', undefined],
  ['https://shop.example/?q=ttclid%3DE.C.P.x', undefined],
  ['android-app://com.google.android.gm/', undefined],
  ['about:blank', undefined],
  ['ttclid', undefined],
  ['', undefined],
])('reads the click id of the address %j as %j', (address, clickId) => {
  expect(clickIdOf(address)).toBe(clickId);
});

test('reads click ids up to the length that events may have', () => {
  expect(fields.ttclid.maxLength).toBe(longest.length);
});

test('finds an id usable unless it is empty, too long or a placeholder', () => {
  expect(isUsableId('abc', 3)).toBe(true);
  expect(isUsableId('abcd', 3)).toBe(false);
  expect(isUsableId('', 3)).toBe(false);
  expect(isUsableId('null', 9)).toBe(false);
});
