import { expect, test } from 'vitest';
import { platform } from '../../../support/webhooks/signed-requests.ts';

test.each<[unknown, string]>([
  [{ type: 'charge.refunded' }, 'charge.refunded'],
  [{}, ''],
  [null, ''],
])('reads the topic of Stripe from the body %j as "%s"', (payload, topic) => {
  expect(platform('stripe').topicOf?.({}, payload)).toBe(topic);
});
