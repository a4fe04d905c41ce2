/** Values that programs, shoppers and attackers put where something else belongs. */
import { fieldNames } from '../../../lib/events/fields/table.ts';
import type { Random } from '../../support/random.ts';
import { canary } from './canary.ts';

/** Starts a text that stands for JSON which JSON.stringify does not write: 1e999, 400 digits, a name twice. */
export const rawMark = '\uE000';
const raw = (json: string): string => `${rawMark}${json}`;

const bad = [
  null,
  true,
  false,
  0,
  -1,
  1.5,
  -0,
  1e308,
  2 ** 53,
  '',
  ' ',
  'undefined',
  '[object Object]',
  '__CLICKID__',
  '\u0000',
  '\uFEFF',
  '\uD800',
  'a\uDFFFb',
  '\uFFFE\uFFFF',
  '\u202Eabc\u2028',
  '𝟙𝟚𝟛',
  '٣٤٥',
  'İ'.repeat(40),
  'ﬀ'.repeat(300),
  'e\u0301'.repeat(100),
  "' OR 1=1 --",
  '{{7*7}}',
  '<script>alert(1)</script>',
  '&#x40;&commat;&amp;#64;',
  '%00%ff%C0%80%',
  '1e999',
  '0x1F',
  '12,34',
  '1.999,00',
  '9'.repeat(400),
  '2026-13-45T99:99:99Z',
  '0000-00-00',
  '2026-11-20T11:00:00.123456789+01:00[Europe/Berlin]',
  '20261120T110000Z',
  '2026-W47-5',
  '1763636400',
  '1763636400000000000',
  '+275760-09-13T00:00:00.001Z',
  'Fri, 20 Nov 2026 11:00:00 GMT',
  '20/11/2026 11:00',
  '::ffff:203.0.113.7',
  '203.0.113.7:443',
  '[2001:db8::1%eth0]:443',
  'http://[::1',
  `https://${canary.email}/path?ttclid=E.C.P&email=${canary.email}#${canary.phone}`,
  'javascript:alert(1)',
  'data:,x',
  [],
  {},
  [[]],
  [null, null],
  { toString: 1, valueOf: null, constructor: { prototype: {} }, hasOwnProperty: 1 },
  { length: 4_294_967_295, 0: 'x' },
  { toJSON: 'x' },
  { toString: 1, valueOf: 1 },
  { length: { toString: 1, valueOf: 1 } },
  raw('1e999'),
  raw('-1e999'),
  raw('9'.repeat(400)),
  raw(`0.${'3'.repeat(400)}`),
  raw('12345678901234567890'),
  raw('{"__proto__":{"email":"x@example.com","polluted":true}}'),
  raw('{"a":1,"a":{"b":2},"\\u0061":3}'),
  raw('"\\ud83d"'),
] as const;

const bombUnits = [
  ...' 0a.@-+%&/<=#?:;,_"\\(){}[]\t\n',
  ...['\u00a0', '\u200b', 'é', '中', '😀', 'a.', 'a@', '@.', '00', '+1', ' 1', '1-', '%20', '%40', '&amp;'],
  ...['&#', '?a=', '&a=', 'a b', '//', '/@', 'http://', '(1)', '=?', '<a@', 'x.y@z.', '1:', 'T00:'],
];

const heads = ['', 'a', 'https://shop.example/', 'a@', '+1', '2026-11-20', '{', ' '] as const;
const tails = ['', '!', '\u0000', '@', ' x', '=', '"', '\n'] as const;

/** A long run of the same characters with an end that does not fit: what makes a regular expression go back and forth. */
function bomb(random: Random): string {
  const unit = bombUnits[random.between(0, bombUnits.length - 1)] ?? ' ';
  const length = 10 ** (1 + random.next() * (random.isHit(0.02) ? 4.7 : 3.2));
  return random.pick(heads) + unit.repeat(Math.ceil(length / unit.length)) + random.pick(tails);
}

function nested(random: Random): string {
  const depth = random.between(2, random.isHit(0.05) ? 3_000 : 60);
  return random.isHit(0.5)
    ? raw('['.repeat(depth) + ']'.repeat(depth))
    : raw(`${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`);
}

function wide(random: Random): unknown {
  const length = random.between(10, random.isHit(0.05) ? 3_000 : 120);
  const item = random.pick<unknown>(['a', 1, null, canary.email, { content_id: 'x' }, [], {}]);
  return random.isHit(0.5)
    ? Array.from({ length }, () => item)
    : Object.fromEntries(Array.from({ length }, (_, index) => [`k${index}`, item]));
}

export function hostileValue(random: Random): unknown {
  const drawn = random.next();
  if (drawn < 0.3) return bomb(random);
  if (drawn < 0.35) return nested(random);
  if (drawn < 0.4) return wide(random);
  return bad[random.between(0, bad.length - 1)];
}

const names = [
  ...['__proto__', 'constructor', 'prototype', 'toString', 'events', 'event', 'v', 'Type', 'Message'],
  ...['detail', 'detail-type', 'properties', 'user', 'EMAIL', 'e-mail', 'ema il', '', '\u0000', '0'],
  ...[canary.email, canary.phone],
];

export function hostileName(random: Random): string {
  const drawn = random.next();
  if (drawn < 0.1) return bomb(random);
  const among = drawn < 0.6 ? fieldNames : names;
  return among[random.between(0, among.length - 1)] ?? '';
}
