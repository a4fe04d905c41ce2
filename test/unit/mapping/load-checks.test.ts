/** Mistakes that are certain stop the start: the message names the field and says what to write. */
import { expect, test } from 'vitest';
import { compileMapping } from '../../../lib/mapping/compile-mapping.ts';

const start = (mapping: Record<string, unknown>) => () => compileMapping({ event_name: "'X'", ...mapping });

test.each([
  ['event_name', 'Purchase'],
  ['event_name', 'purchase'],
  ['event_name', 'complete_payment'],
  ['event_name', '"Purchase"'],
  ['event_name', "type == 'a' && Purchase"],
  ['event_name', "type == 'a' && 'Lead' || Purchase"],
  ['event_name', "type == 'a' ? 'Lead' : Purchase"],
  ['event_name', 'not_null(type, Purchase)'],
  ['currency', 'USD'],
  ['currency', 'data.currency || EUR'],
  ['currency', 'BGN'],
  ['country', 'US'],
  ['content_type', 'product'],
  ['content_type', 'product_group'],
])('does not start with the constant without quotes %s: %s', (field, expression) => {
  const name = /Purchase|purchase|complete_payment|[A-Z]{2,3}$|product\w*/.exec(expression)?.[0];
  expect(start({ [field]: expression })).toThrow(
    `mapping.${field} is the path of a field ${name}: a constant needs quotes of its own, "'${name}'"`,
  );
});

test.each([
  ['event_name', 'type'],
  ['event_name', 'data.Purchase'],
  ['event_name', 'pick(`{"a":"Purchase"}`, type)'],
  ['event_name', "Purchase && 'Purchase'"],
  ['currency', 'usd'],
  ['currency', 'ABC'],
  ['currency', 'data.USD'],
  ['country', 'us'],
  ['country', 'XX'],
  ['content_type', 'kind'],
  ['email', 'Purchase'],
  ['value', 'USD'],
  ['limited_data_use', 'paid == `true`'],
])('starts with the path %s: %s', (field, expression) => {
  expect(start({ [field]: expression })).not.toThrow();
});

test('starts with columns of rows that are called like a constant', () => {
  const rows = { includeSameNames: true };
  const mapping = { event_name: 'Purchase', currency: 'USD', limited_data_use: 'true' };
  expect(() => compileMapping(mapping, rows)).not.toThrow();
});

test.each([
  ['source.when', 'paid == true'],
  ['source.when', 'a && (test == false)'],
  ['limited_data_use', 'true'],
])('does not start with the bare word in %s: %s', (field, expression) => {
  const word = expression.includes('true') ? 'true' : 'false';
  expect(start({ [field]: expression })).toThrow(
    `mapping.${field} has the path of a field ${word}: write \`${word}\`, in backticks`,
  );
});

test.each<[string, unknown, string]>([
  ['event_name', 5, 'is a number: expected the event'],
  ['event_name', true, 'is a boolean: expected the event'],
  ['currency', 978, 'is a number: expected ISO 4217 currency code'],
  ['email', false, 'is a boolean: expected e-mail address'],
  ['value', true, 'is a boolean: expected'],
  ['zip_code', 1234, 'is a number, which has no zeros at its start: write it as a text, such as "\'01234\'"'],
  ['phone', 491701234567, 'is a number, which has no zeros at its start'],
])('does not start with the constant %s: %j, which the field does not take', (field, value, problem) => {
  expect(start({ [field]: value })).toThrow(`mapping.${field} ${problem}`);
});

test.each([
  { value: 19.99 },
  { limited_data_use: true },
  { quantity: 1 },
  { custom_properties: { a: true, b: 2 } },
  { order_id: 5 },
])('starts with the constants of %j', (mapping) => {
  expect(start(mapping)).not.toThrow();
});

test.each([["type = 'a'"], ["a && (b = 'c')"], ["items[?name = 'a']"], ['let $x = (a = b) in $x']])(
  'does not start with %s, which compares with =',
  (when) => {
    expect(start({ 'source.when': when })).toThrow(
      'mapping.source.when compares with =, which is always true: write ==',
    );
  },
);

test('starts with a let, whose = names a part', () => {
  expect(start({ email: 'let $c = customer, $d = `{"a":1}` in $c.email' })).not.toThrow();
});

test.each([
  ["'Purchase", 1],
  ["type == 'a", 9],
  ["type == 'it\\'s", 9],
  ['total > `5', 9],
  ["'a' || 'b", 8],
])('does not start with %s, whose quote at character %d is open', (when, position) => {
  expect(start({ 'source.when': when })).toThrow(
    `mapping.source.when has no second quote for the one at character ${position}`,
  );
});

test.each(["'it\\'s'", "'\\\\'", "''", "type == '`'", '`"a\'b"`', '`"a\\`b"`'])(
  'starts with the closed quotes of %s',
  (when) => {
    expect(start({ 'source.when': when })).not.toThrow();
  },
);

test.each([
  ['data.status == 1', 'a number in an expression is in backticks, such as `1`'],
  ['total > -5', 'a number in an expression is in backticks, such as `1`'],
  ['19.99', 'a number alone needs no quotes'],
  ['`Purchase`', "a text is in single quotes, such as 'Purchase'; backticks are for numbers, true and false"],
  ['type == `order.paid`', "a text is in single quotes, such as 'order.paid'"],
  ['a and b', 'write && for and, || for or, ! for not'],
  ["a or b == 'x'", 'write && for and, || for or, ! for not'],
  ['a & b', 'write && for and'],
  ['a === b', 'a comparison is == or !='],
  ["data['total']", 'a name in brackets is written behind a dot'],
  ['data["total"]', 'a name in brackets is written behind a dot'],
  ['“Purchase”', 'it has typographic quotes'],
  ['{{ order.id }}', 'a path has no braces around it'],
  ['\u0024{order.id}', 'a path has no braces around it'],
  ['order-1', 'a name with a hyphen is in double quotes, such as "order-1"'],
  ['"Purchase', 'a name in double quotes has no second quote'],
])('says what to write in place of %s', (text, remedy) => {
  expect(start({ description: text })).toThrow(`mapping.description is not a JMESPath expression: ${remedy}`);
});

test.each(['a..b', 'a ||', "a == 'b and c' )"])('gives the error of the library alone for %s', (text) => {
  expect(start({ description: text })).toThrow(/is not a JMESPath expression: (?:Syntax error|syntax)/);
});

test('suggests the function that a wrong name probably means', () => {
  expect(start({ value: 'to_nmber(a)' })).toThrow('does not exist: to_nmber: did you mean to_number?');
  expect(start({ 'source.when': "not(a == 'b')" })).toThrow('does not exist: not: write ! for not');
  expect(start({ value: 'frobnicate(a)' })).toThrow(
    /does not exist: frobnicate: docs\/sources\/mapping.md lists the functions$/,
  );
});

test('names the texts that the mapping gives to event_name', () => {
  const namesOf = (event_name: string) => [...compileMapping({ event_name, brand: "'b'" }).eventNames];
  expect(namesOf('type == \'a\' && \'Purchase\' || pick(`{"x":"Lead","y":["Search",1]}`, kind)')).toEqual([
    'a',
    'Purchase',
    'Lead',
    'Search',
  ]);
  expect(namesOf('type')).toEqual([]);
});

test.each([
  ['a constant of words', 'Pro Plan', `a constant needs quotes of its own, "'Pro Plan'"`],
  ['a dot before an index', 'items.[0].sku', 'there is no dot before ['],
  ['a dot before a list', 'items.[].{content_id: sku}', 'there is no dot before ['],
  ['a dot before a filter', "items.[?a == 'b'].c", 'there is no dot before ['],
  ['an open bracket', 'to_number(total', 'a bracket has no end'],
  ['a division by a bare number', 'cents / 100', 'a number in an expression is in backticks'],
  ['a product with a bare number', 'price * 1.2', 'a number in an expression is in backticks'],
  ['a difference with a bare number', 'price - 5', 'a number in an expression is in backticks'],
  ['the alternative of JavaScript', 'a ?? b', 'write || for ??'],
  ['the optional path of JavaScript', 'a?.b', 'write . for ?.'],
  ['an arrow', 'a->b', 'write . between the names of a path'],
])('says what to write for %s', (_what, expression, remedy) => {
  expect(start({ description: expression })).toThrow(`is not a JMESPath expression: ${remedy}`);
});

test.each([
  ['UPPER(a)', 'UPPER: did you mean upper?'],
  ['to_number()', 'to_number takes 1 argument'],
  ['minor_units(a)', 'minor_units takes 2 arguments'],
])('names the function and the remedy of %s', (expression, problem) => {
  expect(start({ description: expression })).toThrow(problem);
});

test('suggests a control for its name without source, and no field that is far away', () => {
  expect(start({ when: 'a' })).toThrow('did you mean source.when?');
  expect(start({ frobnicate: 'a' })).toThrow('docs/events.md lists them');
  expect(start({ emial: 'a' })).toThrow('did you mean email?');
});

test.each(['yes', 'no', 'on', 'off', 'True', 'FALSE', 'data.ldu || yes'])(
  'does not start with the word %s as limited_data_use',
  (word) => {
    expect(start({ limited_data_use: word })).toThrow('write true or false without quotes');
  },
);

test.each(["'order'", "data.id || 'none'", "not_null(data.id, 'none')"])(
  'does not start with the constant event id %s, which all events would share',
  (expression) => {
    expect(start({ event_id: expression })).toThrow(
      'mapping.event_id is a constant, and TikTok drops all but the first event of an id',
    );
  },
);

test.each(['data.id', "''", "join('-', [type, data.id])", "data.id && join('', ['a', data.id])"])(
  'starts with the event id %s',
  (expression) => {
    expect(start({ event_id: expression })).not.toThrow();
  },
);
