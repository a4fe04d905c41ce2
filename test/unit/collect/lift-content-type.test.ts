/** `content_type` inside `contents`, where TikTok's pixel takes it, becomes the one of the event. */
import { expect, test } from 'vitest';
import { readCompactEvent } from '../../../lib/collect/post/compact-event.ts';
import { decodeEvent } from '../../../lib/events/decode/decode-event.ts';

/** What the decoder makes of the properties of a call. */
function sent(d: object) {
  const { input } = readCompactEvent({ n: 'AddToCart', i: '1', d });
  const destinations = { default: { pixelCode: 'C1', eventSource: 'web', currency: 'USD' } } as const;
  const visitor = { ip: '203.0.113.1', user_agent: 'Mozilla/5.0' };
  const decoded = decodeEvent({ ...Object(input), ...visitor }, { receivedAtMs: 0, destinations }, 'salvage');
  if (!decoded.ok) return decoded.errors;
  const { content_type: type, contents } = decoded.event;
  const issues = [...decoded.omissions, ...decoded.warnings].map(({ field, code }) => `${field}:${code}`);
  return { type, ids: contents?.map(({ content_id }) => content_id), issues };
}

const product = (id: string, type?: unknown) => ({ content_id: id, content_type: type });

test.each<[string, object, string | undefined]>([
  ['one product', { contents: [product('a', 'product')] }, 'product'],
  ['products that agree', { contents: [product('a', ' product '), product('b', 'product')] }, 'product'],
  [
    'a product that has one beside a product that has none',
    { contents: [product('a', 'product_group'), { content_id: 'b' }] },
    'product_group',
  ],
  [
    'products that disagree',
    { contents: [product('a', 'product'), product('b', 'product_group')] },
    undefined,
  ],
  [
    'products whose event has its own',
    { contents: [product('a', 'product')], content_type: 'product_group' },
    'product_group',
  ],
  [
    'products whose event has an empty one',
    { contents: [product('a', 'product')], content_type: '' },
    'product',
  ],
  ['empty types', { contents: [product('a', ''), product('b', null), product('c', {})] }, undefined],
])('%s: the event gets the type that holds for all, and no warning', (_, properties, type) => {
  const { contents } = properties as { contents: { content_id: string }[] };
  expect(sent(properties)).toEqual({ type, ids: contents.map(({ content_id }) => content_id), issues: [] });
});

test('a type that TikTok does not know is sent with the warning of any other event', () => {
  expect(sent({ contents: [product('a', 'shoe')] })).toMatchObject({
    type: 'shoe',
    issues: ['content_type:unknown_content_type'],
  });
});

test.each([[undefined], ['x'], [[null, 7]], [{ content_type: 'product' }]])(
  'contents %j stay as they are for the decoder to judge',
  (contents) => {
    const d = { contents, value: 1 };
    expect(readCompactEvent({ n: 'AddToCart', d }).input).toMatchObject(d);
  },
);

test('the properties of the call stay unchanged', () => {
  const d = { contents: [product('a', 'product')] };
  sent(d);
  expect(d).toEqual({ contents: [product('a', 'product')] });
});
