/** A renewal stays one, however its subscription app, or the shop, spells and sorts the tags of the order. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { choices, reasonOf, shopifyOrder } from '../../support/webhooks/webhook-bodies.ts';

const judge = (tags: unknown) =>
  reasonOf({
    settings: { ...choices.shopify, sourceNames: ['*', 'web'] },
    topic: 'orders/paid',
    body: shopifyOrder({ tags }),
  });

/** Each letter in either case. */
const inAnyCase = (text: string) =>
  fc
    .array(fc.boolean(), { minLength: text.length, maxLength: text.length })
    .map((upper) => [...text].map((letter, at) => (upper[at] ? letter.toUpperCase() : letter)).join(''));

const renewal = fc
  .constantFrom(
    'subscription recurring order',
    'appstle_subscription_recurring_order',
    'recurring order #12',
    'subscription renewal',
  )
  .chain(inAnyCase);
const plain = fc.constantFrom<string[]>(
  'Subscription',
  'vip',
  'Subscription First Order',
  'breeze',
  '',
  'Summer Sale',
);

test('skips an order with the tag of a renewal among any other tags, in any order and case', async () => {
  await fc.assert(
    fc.asyncProperty(
      renewal,
      fc.array(plain, { maxLength: 4 }),
      fc.nat(4),
      fc.boolean(),
      async (tag, others, at, isList) => {
        const tags = others.toSpliced(at, 0, ` ${tag} `);
        expect(await judge(isList ? tags : tags.join(','))).toBe('renewal');
      },
    ),
    { numRuns: 200 },
  );
});

test('counts an order without such a tag, in any order and case of its tags', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(plain.chain(inAnyCase), { maxLength: 5 }), async (tags) => {
      expect(await judge(tags.join(', '))).toBe('event');
    }),
    { numRuns: 200 },
  );
});
