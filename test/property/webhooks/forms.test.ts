/** Forms: any text is read or refused without throwing, and what was written is what is read. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readForm } from '../../../lib/payload/read-form.ts';

test('reads any text as a form or gives a reason, and never throws', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void readForm(text)));
  const names = fc.string({ unit: fc.constantFrom('a', '0', '1', '[', ']', '=', '&', '_', '%5B', '%') });
  fc.assert(
    fc.property(names, (text) => {
      const read = readForm(text);
      if (read.ok) JSON.stringify(read.form);
    }),
    { numRuns: 500 },
  );
});

/** Text that a form can hold: a lone surrogate and U+FFFD have no form of their own. */
const text = fc.string({ unit: 'grapheme' }).filter((value) => !value.includes('\uFFFD'));
const plainName = text.filter((name) => name !== '' && !/[[\]]/.test(name));

test('reads each field of a form that was written with other names', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.tuple(plainName, text), { minLength: 1, selector: ([name]) => name }),
      (fields) => {
        const read = readForm(new URLSearchParams(fields).toString());
        expect(read.ok && Object.entries(read.form).sort()).toEqual([...fields].sort());
      },
    ),
  );
});

test('reads an object of objects that was written with names in brackets', () => {
  const step = fc.stringMatching(/^[a-z_ -]{1,8}$/).filter((name) => name.trim() === name);
  const branch = (depth: number): fc.Arbitrary<unknown> =>
    depth === 0 ? text : fc.oneof(text, fc.dictionary(step, branch(depth - 1), { minKeys: 1, maxKeys: 3 }));
  const form = fc.dictionary(step, branch(3), { minKeys: 1, maxKeys: 4 });
  const write = (value: unknown, name: string): [string, string][] =>
    typeof value === 'string'
      ? [[name, value]]
      : Object.entries(value as object).flatMap(([key, part]) => write(part, `${name}[${key}]`));
  fc.assert(
    fc.property(form, (written) => {
      const fields = Object.entries(written).flatMap(([name, value]) => write(value, name));
      expect(readForm(new URLSearchParams(fields).toString())).toEqual({
        ok: true,
        form: JSON.parse(JSON.stringify(written)),
      });
    }),
  );
});
