/** What a caller reads about a fault or a doubt: what was expected, and what to do. The words are part of the product. */
import { expect, test } from 'vitest';
import { errorsOf, omissionsOf, receivedAt, warningsOf } from '../../support/events/events.ts';

const digest = 'ab'.repeat(32);
const day = 86_400;
const invalidPhone =
  'no international phone number can be made of it: send it as + with country code, or the two-letter country beside it';
const invalidDigest = 'expected a SHA-256 digest: 64 lower-case hex characters';
const invalidNumber = 'expected a number of 0 or more, without currency signs or separators';
const keys =
  'email, phone, external_id (or their hashed_ forms), ttclid, ttp, idfa, gaid, lead.lead_id, or ip with user_agent';

const person = { ttclid: null, email: 'a@b.example' };

test.each([
  [{ event_name: ' ' }, 'event_name', 'expected a name of 1 to 100 characters, such as Purchase'],
  [
    { event_name: null },
    'event_name',
    "is missing: the event's name, such as Purchase: text of 1 to 100 characters",
  ],
  [
    { event_time: 'noon' },
    'event_time',
    'expected Unix seconds or milliseconds, or ISO 8601 with Z or an offset',
  ],
  [
    { event_time: receivedAt - 29 * day },
    'event_time',
    'older than 28 days: TikTok does not match it any more',
  ],
  [
    { event_time: receivedAt + day },
    'event_time',
    'more than 10 minutes ahead: check the clock and the zone',
  ],
  [{ email: digest }, 'email', 'this is a SHA-256 digest: send it as hashed_email, in lower case'],
  [{ phone: digest }, 'phone', 'this is a SHA-256 digest: send it as hashed_phone, in lower case'],
  [{ hashed_phone: 'x' }, 'hashed_phone', invalidDigest],
  [{ price: '$5' }, 'price', invalidNumber],
  [{ quantity: 'two' }, 'quantity', invalidNumber],
  [{ quantity: 1.5 }, 'quantity', 'expected a whole number of 0 or more'],
  [{ value: 1 }, 'currency', 'value needs a currency, an ISO 4217 code such as USD'],
  [
    { contents: [{ content_id: 'a' }], price: 1 },
    'contents',
    'give the products either in contents or as content_id, price …, not both',
  ],
  [{ ...person, destination: 'app' }, 'app.app_id', 'this destination is an app: send app.app_id'],
  [
    { ttclid: null, external_id: 'u1', destination: 'crm' },
    'lead.lead_id',
    'this destination is a CRM set: send lead.lead_id, or an e-mail or phone',
  ],
  [{ consent: 'denied' }, 'consent', 'the visitor refused: the event is not sent to TikTok'],
  [{ consent: 'perhaps' }, 'consent', 'expected granted or denied'],
  [
    { destination: 'x' },
    'destination',
    'no destination of this name is configured for this stage: see destinations in the stage file',
  ],
  [{ ttclid: null }, 'email', `TikTok can match no person to this event: send ${keys}`],
])('promise 9: reports the error of %o once, in the field %s, with the remedy', (fields, field, message) => {
  expect(errorsOf(fields)).toEqual([{ field, code: expect.any(String), message }]);
});

const placeholder =
  'this value stands for a missing one, so it would match strangers: leave the field out instead';

test.each([
  [{ email: 'jane' }, 'email', 'expected an e-mail address: text, one @, text, and no spaces inside'],
  [{ phone: '123' }, 'phone', invalidPhone],
  [{ ip: 'x' }, 'ip', "expected the visitor's IPv4 or IPv6 address"],
  [
    { currency: 'XXX' },
    'currency',
    'expected an ISO 4217 code that TikTok takes, such as USD or EUR; value and prices need one',
  ],
  [{ page_url: '/cart' }, 'page_url', 'expected an absolute http or https address'],
  [{ external_id: 'null' }, 'external_id', placeholder],
  [
    { ip: '10.0.0.1' },
    'ip',
    "expected the visitor's public address; this one belongs to a machine inside a network, such as a load balancer",
  ],
  [{ idfa: 'x' }, 'idfa', 'expected a UUID, or the SHA-256 digest of one'],
  [{ country: 'Atlantis' }, 'country', 'expected an ISO 3166-1 code such as DE, or the name of a country'],
  [{ query: 'a@b.example' }, 'query', 'this text contains an e-mail address or a phone number'],
  [{ customer_type: 'old' }, 'customer_type', 'expected new or returning'],
])('says why %o is omitted, in the field %s', (fields, field, message) => {
  expect(omissionsOf(fields)).toEqual([{ field, code: expect.any(String), message: `omitted: ${message}` }]);
});

test.each([
  [{ event_time: receivedAt - 8 * day }, 'event_time', 'older than 7 days: TikTok may not attribute it'],
  [{ content_type: 'hotel' }, 'content_type', 'TikTok knows product and product_group'],
  [
    { external_id: digest },
    'external_id',
    'this looks like a digest and is hashed again: hashed_external_id passes it on',
  ],
  [
    { ttclid: null, idfa: '6D92078A-8246-4BA4-AE5B-76104861E7DC' },
    'email',
    `TikTok takes none of its match keys for web events and can match no person: add another of ${keys}`,
  ],
])('warns about %o once, in the field %s, with the consequence', (fields, field, message) => {
  expect(warningsOf(fields)).toEqual([{ field, code: expect.any(String), message }]);
});
