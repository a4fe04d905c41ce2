/** The sandbox refuses what TikTok refuses, in TikTok's codes and under HTTP 200. */
import { describe, expect, test } from 'vitest';
import { body, digest, event, start, track } from './sandbox-support.ts';

const contents = (content: object) => ({ properties: { contents: [content] } });
const user = (fields: object) => ({ user: fields });

const full = event({
  user: {
    email: [digest, digest],
    phone: digest,
    external_id: [digest],
    first_name: digest,
    last_name: digest,
    zip_code: digest,
    city: 'newyork',
    state: 'ny',
    country: 'us',
    ttclid: 'E.C.P.x',
    ttp: 'x',
    ip: '2001:db8::1',
    user_agent: 'UA',
    locale: 'en-US',
    idfa: 'X',
    att_status: 'AUTHORIZED',
  },
  properties: {
    value: 0,
    currency: 'USD',
    content_type: 'product',
    contents: [{ content_id: 'sku', price: 9.5, quantity: 2, content_name: 'n', brand: 'b' }],
    content_ids: ['sku'],
    num_items: 2,
    customer_type: 'new',
    gift: true,
    colors: ['red'],
  },
  page: { url: 'https://shop.example/?a=1', referrer: 'https://x.example/' },
  ad: { callback: 'x', attributed: true, attribution_share: 0.5 },
  limited_data_use: false,
});

describe('a request', () => {
  test.each([
    ['with every field', body({ data: [full], test_event_code: 'TEST1', partner_name: 'x' })],
    ['of 1000 events', body({ data: Array.from({ length: 1000 }, () => event()) })],
    ['of an app', body({ event_source: 'app', data: [event({ app: { app_id: '1' } })] })],
    ['of a CRM', body({ event_source: 'crm', data: [event({ lead: { lead_id: '1' } })] })],
    ['from offline', body({ event_source: 'offline' })],
    ['without an event id', body({ data: [{ event: 'Custom', event_time: 1_767_225_600 }] })],
  ])('accepts %s', async (_, sent) => {
    const answer = await track(await start(), sent);
    expect(answer).toMatchObject({ status: 200, code: 0, message: 'OK', data: {} });
    expect(answer.request_id).toMatch(/^\d{14}[0-9A-F]{18}$/);
  });

  test.each<[string, unknown, number, string | RegExp]>([
    ['another source', body({ event_source: 'shop' }), 40002, /event_source: must be one of/],
    ['no source', { ...body(), event_source: undefined }, 40002, /event_source:/],
    ['a source named like a method', body({ event_source: 'constructor' }), 40002, /event_source:/],
    [
      'a numeric pixel',
      body({ event_source_id: 1 }),
      40002,
      'Invalid value for event_source_id: not a valid string.',
    ],
    ['no pixel', { ...body(), event_source_id: undefined }, 40002, /event_source_id: not a valid string/],
    [
      'an unknown pixel',
      body({ event_source_id: 'NOPE' }),
      40001,
      /^No permission to operate pixel code: NOPE\./,
    ],
    ['no events', body({ data: [] }), 40002, /data: not a valid list/],
    ['one event that is no list', body({ data: event() }), 40002, /data: not a valid list/],
    [
      '1001 events',
      body({ data: Array.from({ length: 1001 }, () => event()) }),
      40002,
      /maximum length 1000/,
    ],
    ['an empty test code', body({ test_event_code: '' }), 40002, /test_event_code/],
    ['an unknown field', body({ pixel_code: 'x' }), 40002, /pixel_code: Unknown/],
    ['a list', [body()], 40002, /JSON object/],
    ['null', null, 40002, /JSON object/],
  ])('refuses a request with %s', async (_, sent, code, message) => {
    const answer = await track(await start(), sent);
    expect(answer).toMatchObject({ status: 200, code, message: expect.stringMatching(message) });
  });
});

describe('an event is refused, by its index and field, for', () => {
  test.each<[object, string]>([
    [{ event: undefined }, 'event: Missing data for required field'],
    [{ event: '' }, 'event: Not a valid string'],
    [{ event_time: undefined }, 'event_time: Missing data for required field'],
    [{ event_time: '1767225600' }, 'event_time: Not a valid integer'],
    [{ event_time: 1767225600.5 }, 'event_time: Not a valid integer'],
    [{ event_time: 1767225600000 }, 'event_time: Not a valid timestamp in seconds'],
    [{ event_id: 1 }, 'event_id: Not a valid string'],
    [{ context: { user: {} } }, 'context: Unknown field'],
    [{ user: {} }, 'user: Must not be empty'],
    [{ user: null }, 'user: Not a valid object'],
    [user({ email: 'jane@example.com' }), 'user.email: Not a valid sha256'],
    [user({ email: 'A'.repeat(64) }), 'user.email: Not a valid sha256'],
    [user({ email: [digest, 'x'] }), 'user.email.1: Not a valid sha256'],
    [user({ phone: [] }), 'user.phone: Not a valid list'],
    [user({ external_id: 'raw' }), 'user.external_id: Not a valid sha256'],
    [user({ first_name: 'jane' }), 'user.first_name: Not a valid sha256'],
    [user({ zip_code: '95110' }), 'user.zip_code: Not a valid sha256'],
    [user({ city: digest }), 'user.city: Must not be hashed'],
    [user({ ttclid: '' }), 'user.ttclid: Not a valid string'],
    [user({ ip: '1.2.3' }), 'user.ip: Not a valid IP address'],
    [user({ phone_number: digest }), 'user.phone_number: Unknown field'],
    [user({ att_status: 'YES' }), 'user.att_status: Must be one of'],
    [contents({ content_id: 1 }), 'properties.contents.0.content_id: Not a valid string'],
    [contents({ price: '9.5' }), 'properties.contents.0.price: Not a valid number'],
    [contents({ quantity: 1.5 }), 'properties.contents.0.quantity: Not a valid integer'],
    [contents({ content_type: 'product' }), 'properties.contents.0.content_type: Unknown field'],
    [{ properties: { contents: [] } }, 'properties.contents: Not a valid list'],
    [{ properties: { value: '20' } }, 'properties.value: Not a valid number'],
    [{ properties: { value: null } }, 'properties.value: Not a valid number'],
    [{ properties: { value: -1 } }, 'properties.value: Not a valid number'],
    [{ properties: { currency: 'usd' } }, 'properties.currency: Not a supported currency'],
    [{ properties: { currency: 'XXX' } }, 'properties.currency: Not a supported currency'],
    [{ properties: { content_ids: 'sku' } }, 'properties.content_ids: Not a valid list'],
    [{ properties: { gift: '' } }, 'properties.gift: Not a valid value'],
    [{ properties: { gift: {} } }, 'properties.gift: Not a valid value'],
    [{ properties: { gift: { wrap: { paper: 1 } } } }, 'properties.gift: Not a valid value'],
    [{ properties: { gift: { wrap: null } } }, 'properties.gift: Not a valid value'],
    [{ page: { url: '/thanks' } }, 'page.url: Not a valid URL'],
    [{ app: { app_name: 'x' } }, 'app.app_id: Missing data for required field'],
    [{ limited_data_use: 'true' }, 'limited_data_use: Not a valid boolean'],
  ])('refuses an event with %j and names its index and field', async (fields, message) => {
    const answer = await track(await start(), body({ data: [event(), event(fields), event({ event: 1 })] }));
    expect(answer.code).toBe(40002);
    expect(answer.message).toMatch(new RegExp(`^Batch\\.1\\.${message.replaceAll('.', '\\.')}`));
  });

  test('accepts custom properties that are objects, as the vehicle parameters are', async () => {
    const mileage = { value: 12_000, unit: 'KM' };
    const answer = await track(await start(), body({ data: [event({ properties: { mileage } })] }));
    expect(answer.code).toBe(0);
  });

  test.each([
    ['app', 'Batch.0.app: Missing data for required field'],
    ['crm', 'Batch.0.lead: Missing data for required field'],
  ])('refuses an event without the object that the source %s needs', async (event_source, message) => {
    expect(await track(await start(), body({ event_source }))).toMatchObject({ code: 40002, message });
  });
});
