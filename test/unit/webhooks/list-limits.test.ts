import { expect, test } from 'vitest';
import { asEvents } from '../../../lib/webhooks/rules/mapped-events.ts';
import { shopifyContents } from '../../../lib/webhooks/shopify/fields.ts';
import { tolerate } from '../../../lib/webhooks/tolerate.ts';
import { wooContents } from '../../../lib/webhooks/woocommerce/fields.ts';

const destinations = { default: { pixelCode: 'P', eventSource: 'web' } } as const;

/** The judged event of a webhook that has `fields`. */
function judge(fields: object) {
  const event = { event_name: 'Lead', ttclid: 'E.C', ...fields };
  const judged = tolerate(
    { kind: 'event', event, notAfterMs: 0, omitted: [] },
    { receivedAtMs: 0, destinations },
  );
  if (judged.kind === 'skipped') throw new Error(judged.detail);
  return judged;
}

/** A list of 60,000 entries that counts which of them were read. */
function watchedList(entry: unknown) {
  const read = new Set<string>();
  const list = new Proxy(
    Array.from({ length: 60_000 }, () => entry),
    {
      get: (target, name, self) => {
        if (typeof name === 'string' && /^\d+$/.test(name)) read.add(name);
        return Reflect.get(target, name, self);
      },
    },
  );
  return { list, read };
}

test.each([
  { field: 'phone', entry: 'no number', max: 10 },
  { field: 'email', entry: 'ada@example.com', max: 10 },
  { field: 'external_id', entry: 'x'.repeat(300), max: 10 },
  { field: 'hashed_phone', entry: 'no digest', max: 10 },
  { field: 'ip', entry: '10.0.0.1', max: 10 },
  { field: 'content_ids', entry: 'p1', max: 200 },
  { field: 'contents', entry: { content_id: 'p1', quantity: -1 }, max: 200 },
  { field: 'anything', entry: 'x', max: 10 },
])('reads at most $max of 60,000 entries in $field', ({ field, entry, max }) => {
  const { list, read } = watchedList(entry);
  const { omitted } = judge({ [field]: list });
  expect(read.size).toBeLessThanOrEqual(max);
  const omittedFields = omitted.map((omission) => omission.field);
  expect(omittedFields).toContain(field === 'anything' ? 'unknown_field' : field);
});

test('keeps the first entries of a list that is too long, and reports it', () => {
  const emails = Array.from({ length: 12 }, (_, index) => `u${index}@example.com`);
  const { event, omitted } = judge({ email: emails });
  expect(event.email).toEqual(emails.slice(0, 10));
  expect(omitted).toEqual([{ field: 'email', code: 'too_many' }]);
});

test.each([
  {
    platform: 'Shopify',
    contents: (line_items: unknown) =>
      shopifyContents({ line_items }, { money: 'shop', contentId: 'sku' } as never, 'EUR'),
  },
  { platform: 'WooCommerce', contents: (line_items: unknown) => wooContents({ line_items }, 'sku', 'EUR') },
])('reads the first 1,000 of 60,000 lines of a $platform order and keeps 200', ({ contents }) => {
  const { list, read } = watchedList({ sku: 'p1', quantity: 1 });
  expect(contents(list)).toHaveLength(200);
  expect(read.size).toBe(1_000);
});

test('reads only enough of 60,000 events in a webhook to see that they are too many', () => {
  const { list, read } = watchedList({ event_name: 'Lead' });
  expect(asEvents(list).events).toHaveLength(501);
  expect(read.size).toBe(501);
});
