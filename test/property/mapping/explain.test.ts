/** Whatever the mapping and the body: an explanation never throws, and contains nothing of the body but near names. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Misconfigured } from '../../../lib/errors/app-error.ts';
import { compileMapping } from '../../../lib/mapping/compile-mapping.ts';

const seeds = ['jane.canary@example.com', '+491701234567', '491701234567', 'Canary Doe', '2001:db8::ca9a'];
const names = ['email', 'emial', 'data', 'items', 'total', 'USD', 'status'];

const value = fc.oneof(
  fc.constantFrom<unknown>(...seeds, 491_701_234_567, null, '', ' ', 0, true, false, [], {}),
  fc.integer(),
);
const key = fc.constantFrom(...seeds, ...names, 'e_mail', 'constructor', '__proto__');
const { body } = fc.letrec((tie) => ({
  body: fc.oneof(
    { depthSize: 'medium', withCrossShrink: true },
    value,
    fc.array(tie('body'), { maxLength: 4 }),
    fc.dictionary(key, tie('body'), { maxKeys: 5 }),
  ),
}));

/** Near the seeds, too, so that a suggestion is tempting. */
const name = fc.constantFrom(
  ...names,
  '"jane.canary@example.co"',
  '"491701234568"',
  '"Canary Do"',
  'constructor',
);
const literal = fc.constantFrom(
  "'x'",
  "'canary doe'",
  '`1`',
  '`491701234568`',
  '`true`',
  '`null`',
  '`[1]`',
  '`{"a":"b"}`',
);
const call = fc.constantFrom(
  'length',
  'sum',
  'keys',
  'values',
  'to_number',
  'unix_time',
  'lower',
  'sort',
  'max',
  'join',
  'contains',
  'not_null',
  'split',
  'url_param',
  'phone',
  'minor_units',
  'pick',
  'header',
  'payload',
  'zip',
  'merge',
  'to_array',
);
const operator = fc.constantFrom('==', '!=', '<', '>=', '&&', '||', '|', '+', '-', '*', '/', '%');

const { expression } = fc.letrec<{ expression: string }>((tie) => {
  const inner = tie('expression');
  const shapes = (template: (one: string, other: string) => string) =>
    fc.tuple(inner, inner).map(([one, other]) => template(one, other));
  return {
    expression: fc.oneof(
      { depthSize: 'medium', withCrossShrink: true },
      fc.oneof(name, literal, fc.constantFrom('@', '$', '[0]', '[]', '*', '[*]')),
      fc
        .tuple(name, fc.constantFrom('.', '[].', '[*].', '[0].', '[-1].', '[1:].', '.*.'), name)
        .map((parts) => parts.join('')),
      shapes((one, other) => `(${one}).{a: ${other}, b: ${one}}`),
      shapes((one, other) => `(${one})[?${other}]`),
      shapes((one, other) => `(${one})[?email == ${other}].total | [0]`),
      shapes((one, other) => `!(${one}) && (${other})`),
      shapes((one, other) => `(${one}) ? (${other}) : total`),
      shapes((one, other) => `let $x = (${one}) in $x.email || (${other})`),
      shapes((one, other) => `map(&(${one}), ${other})`),
      shapes((one, other) => `sort_by(${one}, &${other})`),
      fc.tuple(inner, operator, inner).map(([one, sign, other]) => `(${one}) ${sign} (${other})`),
      fc
        .tuple(call, fc.array(inner, { maxLength: 3 }))
        .map(([name, given]) => `${name}(${given.join(', ')})`),
    ),
  };
});

/** Few entries at a time: a mapping with one wrong expression does not start. */
const mapping = fc.oneof(
  fc.record({ email: expression }),
  fc.record({ contents: expression }),
  fc.record({ custom_properties: fc.record({ one: expression }), currency: name }),
  fc.record({ 'source.when': expression }),
  fc.record({ 'source.each': expression, value: name, 'source.paid_at': name }),
  fc.record({ 'source.consent': name, value: expression }),
);

test('explains any mapping of any body without a throw, and without a value or a key of the body', () => {
  let explained = 0;
  const check = (given: Record<string, unknown>, payload: unknown) => {
    const compiled = compile(given);
    if (compiled === undefined) return;
    const { notes } = compiled(payload, { header: () => undefined });
    explained += notes.filter(({ hint }) => hint !== undefined).length;
    const text = JSON.stringify(notes).replaceAll(
      /jane\.canary@example\.co(?!m)|491701234568|Canary Do(?!e)/g,
      '',
    );
    for (const seed of seeds) expect(text).not.toContain(seed);
    for (const { hint = '', expression } of notes) {
      expect(hint.length).toBeLessThanOrEqual(402);
      expect(expression.length).toBeLessThanOrEqual(80);
    }
  };
  fc.assert(fc.property(mapping, body, check), { numRuns: 1500 });
  expect(explained).toBeGreaterThan(200);
});

function compile(given: Record<string, unknown>) {
  try {
    return compileMapping({ event_name: "'X'", ...given }, { isTolerant: true, isExplained: true });
  } catch (error) {
    if (error instanceof Misconfigured) return undefined;
    throw error;
  }
}

test('gives the same events whether a mapping is explained or not', () => {
  const check = (given: Record<string, unknown>, payload: unknown) => {
    const compiled = compile(given);
    if (compiled === undefined) return;
    const { notes, ...explained } = compiled(payload);
    const { notes: none, ...plain } = compileMapping(
      { event_name: "'X'", ...given },
      { isTolerant: true },
    )(payload);
    expect(explained).toEqual(plain);
    expect(none).toEqual([]);
  };
  fc.assert(fc.property(mapping, body, check), { numRuns: 500 });
});
