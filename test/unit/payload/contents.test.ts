import { expect, test } from 'vitest';
import { clamp, withoutPrices } from '../../../lib/payload/contents.ts';

test('cuts a text between characters, never inside one', () => {
  expect(clamp('ab😀', 3)).toBe('ab');
  expect(clamp('ab😀', 4)).toBe('ab😀');
  expect(clamp('a\ud800b', 9)).toBe('a\ufffdb');
});

test('takes the price out of products, and leaves anything else unchanged', () => {
  expect(withoutPrices([{ content_id: 'a', price: 5 }, 'a'])).toEqual([{ content_id: 'a' }, 'a']);
  expect(withoutPrices('a')).toBe('a');
});
