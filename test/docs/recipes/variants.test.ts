/** The changes that the recipes suggest, such as for cash on delivery, do what the guide says. */
import { expect, test } from 'vitest';
import { eventOf, type Json, reasonOf } from '../../support/webhooks/webhook-bodies.ts';
import { readPage } from '../pages.ts';
import { changed, readRecipe } from './guide.ts';

const mappingOf = (settings: Json) => settings.mapping as Record<string, string>;

/** A delivery to the recipe with one entry of its mapping edited, with changes to the first body. */
function delivery(guide: string, entry: string, edit: (text: string) => string, changes: Json = {}) {
  const { settings, headers, examples } = readRecipe(guide);
  const mapping = mappingOf(settings);
  const edited = edit(mapping[entry] ?? '');
  expect(edited).not.toBe(mapping[entry]);
  const body = changed(JSON.parse(examples[0]?.body ?? ''), changes);
  return { settings: { ...settings, mapping: { ...mapping, [entry]: edited } }, headers, body };
}

/** A condition as the guide writes it; fails when the guide no longer does. */
function quoted(guide: string, condition: string): string {
  expect(readPage(`docs/sources/${guide}.md`).replaceAll(/\s+/g, ' ')).toContain(condition);
  return condition;
}

const unpaid = quoted('shopline', "&& financial_status == 'paid'");
const noRefunds = quoted(
  'shopline',
  "&& !contains(['refunded', 'partially_refunded', 'voided'], financial_status)",
);

test.each([
  ['unpaid', 'event'],
  ['paid', 'event'],
  ['refunded', 'filtered'],
  ['partially_refunded', 'filtered'],
  ['voided', 'filtered'],
])('the SHOPLINE recipe for placed orders answers %s with %s', async (financial_status, reason) => {
  const placed = (when: string) => when.replace(unpaid, noRefunds);
  expect(await reasonOf(delivery('shopline', 'source.when', placed, { financial_status }))).toBe(reason);
});

test('the SHOPLINE recipe counts one shop only when it checks the domain', async () => {
  const condition = quoted('shopline', "&& header('x-shopline-shop-domain') == 'example.myshopline.com'");
  const own = delivery('shopline', 'source.when', (when) => `${when} ${condition}`);
  expect(await reasonOf(own)).toBe('event');
  const foreign = { ...own.headers, 'x-shopline-shop-domain': 'other.myshopline.com' };
  expect(await reasonOf({ ...own, headers: foreign })).toBe('filtered');
});

test('the SHOPLINE recipe sends what the buyer paid with presentment_money', async () => {
  const buyers = (text: string) => text.replace('shop_money', 'presentment_money');
  expect(await eventOf(delivery('shopline', 'value', buyers))).toMatchObject({ value: 62.1 });
  expect(await eventOf(delivery('shopline', 'currency', buyers))).toMatchObject({ currency: 'SGD' });
});

test.each([
  ['cod', 'filtered'],
  ['mada', 'event'],
])('the Salla recipe without cash on delivery answers %s with %s', async (method, reason) => {
  const condition = quoted('salla', "&& $order.payment_method != 'cod'");
  const without = (when: string) => `${when} ${condition}`;
  const changes = { 'data.payment_method': method };
  expect(await reasonOf(delivery('salla', 'source.when', without, changes))).toBe(reason);
});

test.each([
  [1_305_146_709, 'event'],
  [7, 'filtered'],
])('the Salla recipe for one shop answers the merchant %s with %s', async (merchant, reason) => {
  const condition = quoted('salla', 'merchant == `1305146709`');
  const ofOne = (when: string) => `${when} && ${condition}`;
  expect(await reasonOf(delivery('salla', 'source.when', ofOne, { merchant }))).toBe(reason);
});

test.each([
  ['purchase', 'Purchase'],
  ['subscription_create', 'Subscribe'],
])('the Polar recipe with a name for subscriptions calls %s a %s', async (billing_reason, name) => {
  const expression = quoted('polar', "data.billing_reason == 'purchase' && 'Purchase' || 'Subscribe'");
  const named = delivery('polar', 'event_name', () => expression, { 'data.billing_reason': billing_reason });
  expect(await eventOf(named)).toMatchObject({ event_name: name });
});
