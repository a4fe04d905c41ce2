/** Every platform whose API is read, with an API that misbehaves: each fault ends as a code and a repeat, never as an event. */
import { describe, expect, test } from 'vitest';
import type { Platforms } from '../../../../lib/webhooks/platforms.ts';
import { type Misbehavior, misbehaving } from '../../../support/webhooks/platform-api-double.ts';
import { webhookReceiver, webhookRequest } from '../../../support/webhooks/receive-webhooks.ts';
import { type Json, nowSeconds } from '../../../support/webhooks/webhook-bodies.ts';
import { bigcommerceDouble, apiToken as bigcommerceToken } from '../bigcommerce/api-double.ts';
import { hook as bigcommerceHook, settings as bigcommerceSettings } from '../bigcommerce/bodies.ts';
import { nuvemshopDouble, apiToken as nuvemshopToken } from '../nuvemshop/api-double.ts';
import { hook as nuvemshopHook, settings as nuvemshopSettings } from '../nuvemshop/bodies.ts';

interface Shop {
  readonly double: () => Promise<{
    readonly platforms: Platforms;
    readonly requests: readonly string[];
    readonly foreignRequests: readonly string[];
  }>;
  readonly settings: Json;
  readonly token: string;
  /** A webhook about the paid order with this id. */
  readonly hook: (id: number) => Json;
}

const shops: readonly [string, Shop][] = [
  [
    'BigCommerce',
    {
      double: bigcommerceDouble,
      settings: bigcommerceSettings(),
      token: bigcommerceToken,
      hook: (id) =>
        bigcommerceHook('store/order/statusUpdated', {
          type: 'order',
          id,
          status: { previous_status_id: 0, new_status_id: 11 },
        }),
    },
  ],
  [
    'Nuvemshop',
    {
      double: nuvemshopDouble,
      settings: nuvemshopSettings(),
      token: nuvemshopToken,
      hook: (id) => nuvemshopHook('order/paid', { id }),
    },
  ],
];

const clientSecret = '5f9c1d0b7a62e48393af0c6d21b8e47f';

/** Receives the webhook of an order, signed by the platform itself. */
async function receive(shop: Shop, id: number, apiToken: string | readonly string[] = shop.token) {
  const { platforms, requests, foreignRequests } = await shop.double();
  const { settings } = shop;
  const receiver = await webhookReceiver({ settings, platforms, secrets: [[clientSecret]], apiToken });
  const body = JSON.stringify(shop.hook(id));
  const headers = platforms[0]
    .bind(settings)
    .sign({ secret: clientSecret, body: Buffer.from(body), nowSeconds });
  const result = await receiver.receive(webhookRequest(body, headers));
  return { ...receiver, ...result, requests, foreignRequests };
}

describe.each(shops)('%s', (_name, shop) => {
  test('queues the order that the API gives, also when it compresses its answer', async () => {
    for (const id of [250, misbehaving('compressing its answer')]) {
      const { response, sent } = await receive(shop, id);
      expect(response).toMatchObject({ statusCode: 200, body: '{"accepted":1,"skipped":[]}' });
      expect(JSON.parse(sent[0]?.body ?? '').event).toMatchObject({
        event_name: 'Purchase',
        event_id: `${id}`,
      });
    }
  });

  test.each<[Misbehavior, string]>([
    ['throttled', 'platform_throttled'],
    ['refusing the token', 'platform_unauthorized'],
    ['forbidding', 'platform_unauthorized'],
    ['failing', 'platform_error'],
    ['down for maintenance', 'platform_error'],
    ['redirecting to another host', 'platform_redirect'],
    ['redirecting to itself', 'platform_redirect'],
    ['answering 2 MiB', 'platform_answer_too_large'],
    ['answering 2 MiB in 2 kB', 'platform_answer_too_large'],
    ['answering a page', 'platform_answer_not_json'],
    ['answering half a document', 'platform_answer_not_json'],
    ['closing the connection', 'platform_unreachable'],
  ])('is asked to send the webhook again when its API is %s: %s', async (behavior, code) => {
    const { response, sent, foreignRequests } = await receive(shop, misbehaving(behavior));
    expect(response).toMatchObject({ status: 503, code, headers: { 'retry-after': '30' } });
    expect([sent, foreignRequests]).toEqual([[], []]);
  });

  test.each<[Misbehavior, string]>([
    ['without the order', 'not_found'],
    ['answering nothing', 'unexpected_body'],
    ['answering another order', 'unexpected_body'],
    ['answering a list', 'unexpected_body'],
  ])('is not asked to send the webhook again when its API is %s: %s', async (behavior, reason) => {
    const { response, sent } = await receive(shop, misbehaving(behavior));
    expect(response).toMatchObject({ statusCode: 200, body: `{"accepted":0,"skipped":["${reason}"]}` });
    expect(sent).toEqual([]);
  });

  test.each<Misbehavior>(['silent', 'silent in the middle of its answer', 'dripping its answer'])(
    'is asked to send the webhook again after 3 seconds when its API is %s',
    async (behavior) => {
      const { response, sent } = await receive(shop, misbehaving(behavior));
      expect(response).toMatchObject({ status: 503, code: 'platform_timeout' });
      expect(sent).toEqual([]);
    },
  );

  test.each([
    ['a wrong token', 'wrong', 'platform_unauthorized'],
    ['no token', '', 'source_not_ready'],
  ])('is asked to send the webhook again when the source has %s', async (_what, token, code) => {
    const { response } = await receive(shop, 250, token);
    expect(response).toMatchObject({ status: 503, code });
  });

  test.each([
    ['a wrong token', ['wrong', shop.token], 2],
    ['no token', ['', shop.token], 1],
  ])('is read with the token that replaced %s since the secret was read', async (_what, tokens, reads) => {
    const { response, requests } = await receive(shop, 250, tokens);
    expect(response).toMatchObject({ body: '{"accepted":1,"skipped":[]}' });
    expect(requests.filter((request) => request.endsWith('/orders/250'))).toHaveLength(reads);
  });
});
