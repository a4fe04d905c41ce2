/**
 * The orders that are measured: 50 with phones in international form, 50 in national form, all with six match keys to hash,
 * and 50 with one value each that nobody can match.
 */
import type { SQSRecord } from 'aws-lambda';

/** All times of the fixture are near this moment, so that no event is too old on the day of a run. */
export const receivedAtMs = Date.UTC(2026, 9, 1, 12);

export const batchSize = 50;

export const destinations = {
  default: { pixelCode: 'C1ABCDEFGHIJKLMNOPQR', eventSource: 'web', currency: 'USD', country: 'US' },
} as const;

export type OrderForm = 'international' | 'national' | 'omission';

const firstNames = ['Ada', 'Grace', 'José', 'Mary Ann', "D'Arcy", 'Linus', 'Wanda', 'Søren', 'Uma', 'Karl'];
const lastNames = [
  'Lovelace',
  'Hopper',
  'García',
  'Smith-Jones',
  'O’Neill',
  'Okafor',
  'Ng',
  'Brown',
  'Lee',
  'Diaz',
];
const userAgent =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1';

const pick = (list: readonly string[], index: number): string => list[index % list.length] ?? '';

/** Numbers as people write them, with parentheses, spaces and dots; all are valid in the United States. */
function phone(index: number, form: OrderForm): string {
  const [area, line] = [
    pick(['213', '415', '646', '312', '206'], index),
    String(4253 + index * 7).padStart(4, '0'),
  ];
  if (form === 'national')
    return pick([`(${area}) 373-${line}`, `${area}.373.${line}`, `${area} 373 ${line}`], index);
  return pick([`+1 (${area}) 373-${line}`, `001 ${area} 373 ${line}`, `+1${area}373${line}`], index);
}

const lineItem = (order: number, line: number) => ({
  content_id: `SKU-${order}-${line}`,
  content_name: `Product ${order}.${line}, in blue`,
  price: 9.99 + line,
  quantity: line + 1,
});

/** One value that is omitted, of each kind: found while it is read, or by its shape. */
const unusable: readonly Readonly<Record<string, unknown>>[] = [
  { email: 'ada at example.com' },
  { phone: '0000000000' },
  { external_id: 'undefined' },
  { ip: '10.0.0.7' },
  { ttclid: '__CLICKID__' },
  { page_url: '/checkout/thank-you' },
  { user_agent: 'x'.repeat(2_100) },
  { first_name: 'x'.repeat(300) },
  { country: 'Atlantis' },
  { currency: 'XXX' },
];

/** An order as a shop sends it: not hashed and not in canonical form. */
function order(index: number, form: OrderForm, placedAtMs: number): Record<string, unknown> {
  if (form === 'omission')
    return { ...order(index, 'international', placedAtMs), ...unusable[index % unusable.length] };
  const first = pick(firstNames, index);
  return {
    event_name: 'Purchase',
    event_id: `order-${100_000 + index}`,
    event_time: Math.floor(placedAtMs / 1000) - (index % batchSize),
    email: ` ${pick(firstNames.slice(0, 2), index)}.${index}@Example.com`,
    phone: phone(index, form),
    external_id: `customer-${5000 + index}`,
    first_name: first,
    last_name: pick(lastNames, index),
    zip_code: `${90_001 + index}-1234`,
    country: 'US',
    ip: `203.0.113.${(index % 250) + 1}`,
    user_agent: userAgent,
    ttclid: `E.C.P.${'AbCdEf0123456789'.repeat(3)}${index}`,
    page_url: `https://shop.example.com/checkout/thank-you?order=${100_000 + index}`,
    value: 65.94 + index,
    currency: 'USD',
    contents: [lineItem(index, 0), lineItem(index, 1), lineItem(index, 2)],
  };
}

/** @param placedAtMs when the latest of them was placed */
export const orders = (
  form: OrderForm,
  placedAtMs = receivedAtMs - 60_000,
  count = batchSize,
): Record<string, unknown>[] => Array.from({ length: count }, (_, index) => order(index, form, placedAtMs));

/** A batch contains the events of several posts. */
const eventsPerPost = 5;

/** The body that a producer writes to the queue: the envelope, with the event as the shop sent it. */
export function records(form: OrderForm): SQSRecord[] {
  return orders(form).map((event, index) => {
    const postedAtMs = receivedAtMs + Math.floor(index / eventsPerPost) * 137;
    const message = {
      v: 1,
      event,
      destination: 'default',
      source: 'shop',
      received_at: new Date(postedAtMs).toISOString(),
      not_after: new Date(postedAtMs + 47 * 3_600_000).toISOString(),
      trace: `trace-${index}`,
    };
    return toRecord(JSON.stringify(message), index);
  });
}

/** @param sentAtMs when SQS stored the message */
export const toRecord = (body: string, index: number, sentAtMs = receivedAtMs): SQSRecord => ({
  messageId: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
  receiptHandle: `receipt-${index}`,
  body,
  attributes: {
    ApproximateReceiveCount: '1',
    SentTimestamp: String(sentAtMs),
    SenderId: 'AIDAEXAMPLE',
    ApproximateFirstReceiveTimestamp: String(sentAtMs),
  },
  messageAttributes: {},
  md5OfBody: '',
  eventSource: 'aws:sqs',
  eventSourceARN: 'arn:aws:sqs:eu-west-1:000000000000:tiktok-events',
  awsRegion: 'eu-west-1',
});
