/** Event objects in the Standard Webhooks envelope, as your own back end sends them (docs/events.md). */
import { emailOf, phoneOf, token } from './facts.ts';
import { priceOf } from './price.ts';
import type { Json, SampleContext, SamplePlatform } from './sample.ts';
import { utcTime } from './times.ts';

export const standardSamples: SamplePlatform = {
  platform: 'standard',
  headers: () => ({}),
  samples: [
    { topic: 'Purchase', when: 'an order is paid', build: (context) => ({ body: saleOf(context) }) },
    { topic: 'PlaceAnOrder', when: 'an order is placed', build: (context) => ({ body: saleOf(context) }) },
    {
      topic: 'CompleteRegistration',
      when: 'an account is made',
      build: (context) => ({ body: eventOf(context) }),
    },
    { topic: 'Lead', when: 'a form is sent', build: (context) => ({ body: eventOf(context) }) },
  ],
};

function saleOf(context: SampleContext): Json {
  const { facts } = context;
  const { currency, quantity, sku, product_id = sku } = facts;
  const price = priceOf(facts);
  const event = eventOf(context);
  return {
    ...event,
    order_id: event.event_id,
    value: Number(price.total),
    currency,
    content_type: 'product',
    contents: [
      {
        content_id: product_id,
        content_name: 'Linen Towel',
        price: Number(price.unit),
        quantity,
        brand: 'Example Goods',
      },
    ],
  };
}

function eventOf({ topic, facts }: SampleContext): Json {
  const { seed, id = `order-${token(seed, 'order', 12)}`, ttclid, ttp, consent, country } = facts;
  return {
    event_name: topic,
    event_id: id,
    event_time: utcTime(facts.placed),
    email: emailOf(facts),
    phone: phoneOf(facts),
    first_name: facts.first_name,
    last_name: facts.last_name,
    city: 'New York',
    country,
    ...(ttclid !== null && { ttclid }),
    ...(ttp !== null && { ttp }),
    ...(consent !== undefined && { consent }),
    ip: '203.0.113.34',
    user_agent:
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1',
    page_url: 'https://shop.example.com/products/linen-towel',
  };
}
