/** Values that stand for nobody are recognized in every usual spelling, and ids of real people are not among them. */
import { expect, test } from 'vitest';
import { isPlaceholder, isPlaceholderDigest } from '../../../lib/privacy/placeholder.ts';
import { sha256 } from '../../../lib/privacy/sha256.ts';

const words = [
  ...[
    'undefined',
    'null',
    '(null)',
    '<null>',
    '[null]',
    'none',
    '(none)',
    'nil',
    '<nil>',
    'NaN',
    'undef',
    '\\N',
  ],
  ...[
    'n/a',
    '#N/A',
    'NA',
    'n.a.',
    '#NULL!',
    '#VALUE!',
    '#REF!',
    '#NAME?',
    '#DIV/0!',
    'void',
    'true',
    'false',
  ],
  ...[
    '[object Object]',
    '[object Null]',
    'not set',
    '(not set)',
    'not_set',
    'Not Available',
    '(not provided)',
  ],
  ...[
    'unknown',
    'anonymous',
    'anonymous_user',
    'guest',
    'empty',
    'missing',
    'not_authenticated',
    '[REDACTED]',
  ],
  ...[
    'distinct_id',
    'user_id',
    'id',
    'ttclid',
    'undefined_undefined',
    'null null',
    'undefined:0',
    '"undefined"',
  ],
];
const numbers = ['0', '000', '0.0', '-0', '-1', '00000000-0000-0000-0000-000000000000', '0'.repeat(32)];
const signs = ['', ' ', '-', '--', '—', '.', '?', '""', "''", '{}', '[]', '***', '\u200b'];
const macros = [
  ...[
    '__CLICKID__',
    '__CALLBACK_PARAM__',
    '__SUB1__',
    '{{ttclid}}',
    '{{ ttclid }}',
    '{{ e.id | default: "1" }}',
  ],
  ...[
    `\${ttclid}`,
    '$(ttclid)',
    '#{ttclid}',
    '%{ttclid}',
    '@{ttclid}',
    '%%CLICKID%%',
    '%CLICKID%',
    '##CLICKID##',
  ],
  ...[
    '{clickid}',
    '{sub1}',
    '{s2s_click_id}',
    '{!ttclid}',
    '[CLICKID]',
    '[[ttclid]]',
    '[%click.id%]',
    '<ttclid>',
  ],
  ...[
    '<<ttclid>>',
    '<%= ttclid %>',
    '{% ttclid %}',
    '*|EMAIL|*',
    '|CLICKID|',
    '$CLICKID$',
    '(ttclid)',
    '@@ID@@',
  ],
  ...['%7B%7Bttclid%7D%7D', '%5BCLICKID%5D', '%24%7Bttclid%7D', '$$id$$', '#clickid#'],
];
const digestsOfNothing = [
  'd41d8cd98f00b204e9800998ecf8427e',
  'da39a3ee5e6b4b0d3255bfef95601890afd80709',
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  sha256('undefined'),
  '0'.repeat(64),
];

test.each([...words, ...numbers, ...signs, ...macros, ...digestsOfNothing])(
  'takes %j for a placeholder, in any case and with space around it',
  (text) => {
    for (const spelling of [
      text,
      text.toUpperCase(),
      text.toLowerCase(),
      ` ${text}\n`,
      `\ufeff${text}\u200b`,
    ]) {
      expect(isPlaceholder(spelling)).toBe(true);
    }
  },
);

test.each([
  ...[
    '1',
    '10',
    '-2',
    '100200',
    '__A_0-0-00-Aaa-A01___',
    '1.5',
    'a',
    'n',
    'x0',
    '0a',
    'user_1',
    'guest-17',
    'anonymous4711',
    'nullable',
  ],
  ...[
    'ada',
    'Nil Ada',
    'nonesuch',
    'undefined behavior',
    'Zero',
    'ada@example.com',
    '#1001',
    '$17',
    '11111111',
  ],
  ...[
    'EA7583CD-A667-48BC-B806-42ECB2B48606',
    '{EA7583CD-A667-48BC-B806-42ECB2B48606}',
    '[10]',
    '<7>',
    '_ab_',
  ],
  ...[
    'E.C.P.v1-0',
    'E.C.P.CqgB_abc-DEF',
    'E_C_P_x',
    'gid://shopify/Customer/1',
    'GA1.2.304.17',
    '-abc-',
    'abc=',
  ],
  ...[
    '$RCAnonymousID:0a',
    '100%',
    '50% off 20%',
    '%41da',
    '%E0%A4%A',
    'José',
    '用户',
    '__ada',
    'ada__',
    '{ada',
    'ada}',
  ],
  ...[sha256('ada@example.com'), `${'f'.repeat(63)}0`, 'x'.repeat(300)],
])('takes %j for a real value', (text) => {
  expect(isPlaceholder(text)).toBe(false);
});

test.each([
  ...[
    '',
    ' ',
    '+',
    '\n',
    'undefined',
    'Undefined',
    'UNDEFINED',
    'null',
    'NULL',
    'Null',
    'None',
    'nan',
    'NaN',
    'NAN',
  ],
  ...[
    'n/a',
    'N/A',
    '(null)',
    '[object Object]',
    '[object object]',
    'not set',
    'unknown',
    'Anonymous',
    '0',
    '00000000',
  ],
  ...[
    '-1',
    '-',
    'null\n',
    ' null',
    'null ',
    '+null',
    '+0',
    '+undefined',
    '+11111111111',
    '+9999999',
    '__CLICKID__',
  ],
  ...['00000000-0000-0000-0000-000000000000', 'undefined@undefined', '{{email}}', '\\N', '""', sha256('')],
])('takes the digest of %j for the digest of a placeholder', (text) => {
  expect(isPlaceholderDigest(sha256(text))).toBe(true);
  expect(isPlaceholderDigest(sha256(text).toUpperCase())).toBe(true);
});

test('takes 64 zeros for the digest of a placeholder, and no other repeated character', () => {
  expect(isPlaceholderDigest('0'.repeat(64))).toBe(true);
  expect(isPlaceholderDigest('a'.repeat(64))).toBe(false);
  expect(isPlaceholder('x'.repeat(256))).toBe(false);
});

test.each(['ada@example.com', '+12133734253', '1', '7', '1111111', 'user_1', 'ada'])(
  'takes the digest of %j for the digest of a person',
  (text) => {
    expect(isPlaceholderDigest(sha256(text))).toBe(false);
  },
);
