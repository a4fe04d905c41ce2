/** The log says of each event which order it is, by fingerprint, and nothing that can be read. */
import { expect, test } from 'vitest';
import { describeRejected, describeValid } from '../../../lib/ingest/received-events.ts';
import { fingerprint } from '../../../lib/privacy/sha256.ts';

const valid = { name: 'Purchase', omissions: [], warnings: [] };

test.each([
  ['of its own', 'order-1', 'e-1'],
  ['the same', 'e-1', 'e-1'],
])('finds a valid event by its order id, where that is %s', (_, orderId, event_id) => {
  const { event, orders } = describeValid({ ...valid, event_id, orderId }, true);
  expect([event, orders]).toEqual([fingerprint(event_id), [fingerprint(orderId)]]);
});

test('finds a rejected event by the numbers that its program sent as ids', () => {
  const rejected = describeRejected({ event_id: 7, order_id: 1001, event_name: ' Purchase ' }, []);
  expect(rejected).toMatchObject({
    event: fingerprint('7'),
    orders: [fingerprint('1001')],
    name: 'Purchase',
  });
  expect(describeRejected('text', [])).toMatchObject({ event: undefined, orders: [], name: undefined });
});
