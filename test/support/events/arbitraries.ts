/** Generators of events: right ones, nearly right ones, and any JSON at all. */
import fc from 'fast-check';
import { fieldNames } from '../../../lib/events/fields/table.ts';
import { receivedAt } from './events.ts';

const hexDigest = fc.stringMatching(/^[0-9a-f]{64}$/);
const text = (max: number) => fc.string({ unit: 'binary', maxLength: max });
const word = fc.stringMatching(/^[A-Za-z0-9 .'-]{1,20}$/);
const email = fc
  .tuple(fc.stringMatching(/^[A-Za-z0-9.+]{1,12}$/), fc.stringMatching(/^[a-zA-Z]{1,8}$/))
  .map(([a, b]) => `${a}@${b}.example`);
const phone = fc.oneof(
  fc.stringMatching(/^\+[1-9][0-9]{6,14}$/),
  fc.stringMatching(/^\+1 \(2[0-9]{2}\) [2-9][0-9]{2}-[0-9]{4}$/),
  fc.stringMatching(/^00[1-9][0-9]{6,12}$/),
);
const listOf = <T>(item: fc.Arbitrary<T>) => fc.oneof(item, fc.array(item, { minLength: 1, maxLength: 10 }));
const amount = fc.oneof(
  fc.double({ min: 0, max: 1e9, noNaN: true }),
  fc.nat().map(String),
  fc.stringMatching(/^ [0-9]{1,6}\.[0-9]{2} $/),
);
const id = fc.oneof(word, fc.maxSafeInteger());
const time = fc.oneof(
  fc.integer({ min: receivedAt - 28 * 86_400, max: receivedAt + 600 }),
  fc.integer({ min: receivedAt - 27 * 86_400, max: receivedAt }).map((seconds) => seconds * 1000 + 7),
  fc
    .integer({ min: receivedAt - 27 * 86_400, max: receivedAt })
    .map((seconds) => new Date(seconds * 1000).toISOString()),
);
const content = fc.record(
  {
    content_id: fc.option(id),
    content_name: fc.option(word),
    price: fc.option(amount),
    quantity: fc.option(fc.nat()),
    brand: fc.option(word),
  },
  { requiredKeys: [] },
);

/** Events that the schema takes for the destinations of these tests (web). */
export const goodEvent = fc
  .record(
    {
      event_name: word.filter((name) => name.trim() !== ''),
      event_id: fc.option(id),
      event_time: fc.option(time),
      email: fc.option(listOf(email)),
      phone: fc.option(listOf(phone)),
      external_id: fc.option(listOf(id.filter((value) => String(value).trim() !== ''))),
      hashed_email: fc.option(listOf(hexDigest)),
      hashed_external_id: fc.option(listOf(hexDigest)),
      first_name: fc.option(text(20)),
      zip_code: fc.option(id),
      city: fc.option(text(20)),
      country: fc.constantFrom('US', 'de', ' GB ', 'Germany', null),
      ip: fc.oneof(fc.ipV4(), fc.ipV6(), fc.constant(null)),
      user_agent: fc.option(text(50)),
      value: fc.option(amount),
      currency: fc.constantFrom('USD', ' eur ', 'jpy'),
      content_ids: fc.option(fc.array(id, { maxLength: 5 })),
      contents: fc.option(fc.array(content, { maxLength: 5 })),
      order_id: fc.option(id),
      custom_properties: fc.option(
        fc.dictionary(
          fc.stringMatching(/^[a-z][a-z0-9_.-]{0,9}$/),
          fc.oneof(
            text(20),
            fc.double({ noNaN: true, noDefaultInfinity: true }),
            fc.boolean(),
            fc.constant(null),
          ),
        ),
      ),
      page_url: fc.option(
        fc.oneof(
          fc.webUrl(),
          word.map((clickId) => `https://shop.example/?ttclid=${encodeURIComponent(clickId)}`),
        ),
      ),
      lead: fc.option(fc.record({ lead_id: id })),
      limited_data_use: fc.option(fc.boolean()),
      destination: fc.constantFrom('default', 'shop', null),
    },
    { requiredKeys: ['event_name', 'currency'] },
  )
  .map((event) => ({ ttclid: 'E.C.P', ...event }));

const anything = fc.oneof(
  { weight: 3, arbitrary: fc.jsonValue() },
  fc.string(),
  fc.double(),
  hexDigest,
  phone,
  email,
  amount,
  fc.constant(undefined),
);

/** Known fields with any values, beside unknown ones: what a careless caller sends. */
export const anyEvent = fc.oneof(
  fc.jsonValue(),
  fc.dictionary(
    fc.oneof({ weight: 5, arbitrary: fc.constantFrom<string>(...fieldNames) }, fc.string()),
    anything,
  ),
  fc
    .tuple(goodEvent, fc.dictionary(fc.constantFrom<string>(...fieldNames), anything))
    .map(([good, some]) => ({ ...good, ...some })),
);
