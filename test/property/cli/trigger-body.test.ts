/** Laws of made-up webhooks: the sums of an order agree, and --set changes the field of its path and no other. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createFacts } from '../../../cli/trigger/samples/facts.ts';
import { decimalsOf, priceOf } from '../../../cli/trigger/samples/price.ts';
import { changeField } from '../../../cli/trigger/set/change-field.ts';
import { currencies } from '../../../lib/events/currencies.ts';

const runs = { numRuns: 500 };

test('products and shipping add up to the total in every currency, whatever the quantity', () => {
  const sale = fc.record({
    units: fc.integer({ min: 0, max: 100_000_000 }),
    quantity: fc.integer({ min: 1, max: 999 }),
    currency: fc.constantFrom(...currencies),
  });
  fc.assert(
    fc.property(sale, ({ units, quantity, currency }) => {
      const scale = 10 ** decimalsOf(currency);
      const { facts } = createFacts({ total: units / scale, quantity, currency }, 0);
      const price = priceOf(facts);
      const inUnits = (text: string) => Math.round(Number(text) * scale);
      expect(inUnits(price.total)).toBe(units);
      expect(inUnits(price.products) + inUnits(price.shipping)).toBe(units);
      expect(inUnits(price.unit) * quantity).toBe(inUnits(price.products));
      expect(inUnits(price.shipping)).toBeLessThan(quantity);
    }),
    runs,
  );
});

const names = fc.constantFrom('a', 'b', 'c', '0', '1');
const tree = fc.dictionary(
  names,
  fc.dictionary(names, fc.oneof(fc.integer(), fc.string(), fc.constant(null))),
);

test('a changed field has the new value, and the rest of the body is as before', () => {
  fc.assert(
    fc.property(tree, names, names, fc.integer(), (before, first, second, value) => {
      const after = structuredClone(before) as Record<string, Record<string, unknown>>;
      changeField(after, { segments: [first, second], text: `{"new":${value}}`, isFromRoot: true });
      expect(after[first]?.[second]).toEqual({ new: value });
      const expected = { ...before, [first]: { ...before[first], [second]: { new: value } } };
      expect(after).toEqual(expected);
    }),
    runs,
  );
});
