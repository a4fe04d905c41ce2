/**
 * What release 0.1 left behind is read today: secrets, messages in the queue, dead letters and the ids that it derived.
 * The files of `test/fixtures/upgrade/0.1` were written by the code of that release.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { decodeDeadLetter } from '../../cli/dead-letters/dead-letter.ts';
import { createIdentifier } from '../../lib/events/event-id.ts';
import { decodeConnect, decodeIngest, decodeOauthApp, decodeToken } from '../../lib/secrets/secret-values.ts';
import { runBatch } from '../support/delivery/delivery.ts';
import { sqsRecord } from '../support/delivery/records.ts';
import { parse, receivedAtMs } from '../support/events/events.ts';
import {
  choices,
  type Json,
  outcomeOf,
  shopifyCheckout,
  shopifyOrder,
  stripeEvent,
  wooCustomer,
  wooOrder,
} from '../support/webhooks/webhook-bodies.ts';

const fixture = (name: string) =>
  JSON.parse(readFileSync(new URL(`../fixtures/upgrade/0.1/${name}.json`, import.meta.url), 'utf8'));

describe('secrets of release 0.1', () => {
  const secrets: Record<string, string> = fixture('secrets');

  test('API keys in clear keep their ids and destinations, and webhooks their secrets', () => {
    const { keys, webhooks } = decodeIngest('ingest', secrets.ingest);
    expect(keys.map(({ id, destinations }) => ({ id, destinations }))).toEqual([
      { id: 'backend', destinations: ['*'] },
      { id: 'shop', destinations: ['shop-eu'] },
    ]);
    expect(webhooks).toMatchObject({ shop: { secrets: ['whsec_one', 'whsec_two'] } });
  });

  test('an ingest secret written by hand is read', () => {
    expect(decodeIngest('ingest', secrets.ingestByHand).keys).toMatchObject([
      { id: 'backend', destinations: ['*'] },
    ]);
  });

  test.each(['token', 'tokenByHand'])('the access token of %s is read', (name) => {
    expect(decodeToken('token', secrets[name])).toMatchObject({ access_token: 'act.0123456789abcdef' });
  });

  test('a destination that was disconnected has no token', () => {
    expect(decodeToken('token', secrets.disconnected)).toBeUndefined();
  });

  test('the developer app is read', () => {
    expect(decodeOauthApp('oauth-app', secrets.oauthApp)).toEqual({
      app_id: '7123456789012345678',
      secret: 'app-secret',
    });
  });

  test('an open connect link stays open, and one that was used stays closed', () => {
    expect(decodeConnect('connect', secrets.connect)).toMatchObject({ destination: 'shop-eu' });
    expect(decodeConnect('connect', secrets.spent)).toBeUndefined();
  });
});

interface StoredMessage {
  readonly from: string;
  readonly nowMs: number;
  readonly body: string;
}

const messages: StoredMessage[] = fixture('messages');

test.each(messages)(
  'a message that 0.1 queued is delivered under its id ($from)',
  async ({ nowMs, body }) => {
    const record = sqsRecord({ body, sentAtMs: nowMs - 1000 });
    const run = await runBatch(
      [record],
      () => ({
        kind: 'answer',
        status: 200,
        code: 0,
        message: 'OK',
        requestId: 'r',
      }),
      { now: () => nowMs },
    );
    expect(run.parked).toEqual([]);
    expect(run.failures).toEqual([]);
    expect(run.delivered).toEqual([JSON.parse(body).event.event_id]);
  },
);

interface StoredLetter {
  readonly body: string;
  readonly attributes: Record<string, string>;
}

test.each(fixture('dead-letters') as StoredLetter[])(
  'a dead letter of 0.1 keeps its reason ($attributes.reason)',
  ({ body, attributes }) => {
    const MessageAttributes = Object.fromEntries(
      Object.entries(attributes).map(([name, StringValue]) => [name, { DataType: 'String', StringValue }]),
    );
    expect(decodeDeadLetter({ Body: body, MessageAttributes }, false)).toMatchObject({
      body,
      reason: attributes.reason,
      outcome: attributes.outcome,
      detail: attributes.detail,
      destination: attributes.destination,
      requestId: attributes.tiktok_request_id,
      firstSentAtMs: Date.parse(attributes.first_sent_at ?? ''),
      failedAtMs: Date.parse(attributes.failed_at ?? ''),
    });
  },
);

interface StoredPost {
  readonly from: string;
  readonly body: unknown;
  readonly idempotencyKey: string | null;
  readonly ids: readonly string[];
}

describe('ids that 0.1 derived', () => {
  const stored: { posts: StoredPost[]; webhooks: { platform: string; topic: string; ids: string[] }[] } =
    fixture('ids');

  test.each(stored.posts)('stay for a post with $from', ({ body, idempotencyKey, ids }) => {
    const request = { keyId: 'backend', idempotencyKey: idempotencyKey ?? undefined };
    const identify = createIdentifier(request, receivedAtMs, () => 'random');
    const events = [body].flat().map((fields) => {
      const parsed = parse(fields);
      if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
      return identify(parsed.event).event.event_id;
    });
    expect(events).toEqual(ids);
  });

  const bodies: Readonly<Record<string, Json>> = {
    'orders/paid': shopifyOrder(),
    'checkouts/create': shopifyCheckout(),
    'order.updated': wooOrder(),
    'customer.created': wooCustomer(),
    'checkout.session.completed': stripeEvent(),
  };

  test.each(stored.webhooks)('stay for a webhook of $platform, $topic', async ({ platform, topic, ids }) => {
    const settings = choices[platform] ?? {};
    const { event } = await outcomeOf({
      settings,
      topic,
      body: bodies[topic],
      currency: 'USD',
      country: 'US',
    });
    expect([event.event_id]).toEqual(ids);
  });
});
