import { expect, test } from 'vitest';
import { parseLosslessly } from '../../../lib/payload/lossless-json.ts';

test('turns only integers beyond the safe range into text by default', () => {
  expect(parseLosslessly('{"id":9007199254740993,"n":-9007199254740993,"small":7,"price":1.5}')).toEqual({
    id: '9007199254740993',
    n: '-9007199254740993',
    small: 7,
    price: 1.5,
  });
});

test('turns every integer into text when all integers are ids', () => {
  expect(parseLosslessly('[7, 9007199254740993, 1.5, 1e3, "x"]', 'all')).toEqual([
    '7',
    '9007199254740993',
    1.5,
    1000,
    'x',
  ]);
});

test('throws a SyntaxError when the text is not JSON', () => {
  expect(() => parseLosslessly('{')).toThrow(SyntaxError);
});
