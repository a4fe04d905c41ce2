import { expect, test } from 'vitest';
import { urlParameters } from '../../../lib/schema/url-parameters.ts';

test.each<[string, string[]]>([
  ['https://shop.example/?a=1&a=2', ['1', '2']],
  ['/?b=1&amp;a=1&amp;amp;a=2&#038;a=3&#x26;a=4', ['1', '2', '3', '4']],
  ['/?a=1#/b?a=2#a=3', ['1', '2', '3']],
  ['/?b=1?a=2', ['2']],
  ['?a=x%2By+z', ['x+y z']],
  ['?a=x%252B', ['x%2B']],
  ['?a=x\ny', ['xy']],
  ['?a', ['']],
  ['/a=1', []],
  ['a=1&a=2', []],
  ['', []],
])('finds in the address %j the values %j of the parameter a', (address, values) => {
  expect(urlParameters(address, 'a')).toEqual(values);
});
