/** An event in the shape of another API is answered once, with how the same event looks here. */
import { expect, test } from 'vitest';
import { decodeEvent } from '../../../../lib/events/decode/decode-event.ts';
import { destinations, parse, receivedAtMs } from '../../../support/events/events.ts';

const canary = 'canary';

function foreignIssue(input: unknown) {
  const parsed = parse(input);
  expect(parsed).toMatchObject({ ok: false, errors: [{ code: 'foreign_shape' }] });
  const [issue, ...more] = parsed.ok ? [] : parsed.errors;
  expect(more).toEqual([]);
  expect(JSON.stringify(issue)).not.toContain(canary);
  return issue;
}

const tiktok = {
  event: canary,
  event_time: 1_780_315_200,
  event_id: canary,
  user: { email: canary, phone: [canary], ttclid: canary, ip: canary },
  properties: { value: 1, currency: canary, contents: [{ price: 1 }], coupon: canary },
  page: { url: canary, referrer: canary },
};

test("answers an event in the shape of TikTok's API with how it looks here", () => {
  expect(foreignIssue(tiktok)).toEqual({
    field: 'event',
    code: 'foreign_shape',
    message:
      "this has the shape of TikTok's Events API 2.0; an event is flat here: event → event_name, " +
      'user.email → email (or hashed_email), user.phone → phone (or hashed_phone), user.ttclid → ttclid, user.ip → ip, ' +
      'page.url → page_url, page.referrer → page_referrer, properties.value → value, properties.currency → currency, ' +
      'properties.contents → contents, other properties → custom_properties',
  });
});

test.each(['user', 'properties', 'page'])("recognizes TikTok's event by its %s alone", (name) => {
  expect(foreignIssue({ event: 'Purchase', [name]: {} })?.message).toContain('Events API 2.0');
});

test("answers a request to TikTok's API once, whatever the number of its events", () => {
  const issue = foreignIssue({ event_source: 'web', event_source_id: canary, data: [tiktok, tiktok] });
  expect(issue?.field).toBe('data');
  expect(issue?.message).toContain('a request here is {"events":[…]} of flat events: event → event_name');
});

test.each([
  { data: [{ event: 'Purchase' }] },
  { event_source: 'web', data: [] },
  { event_source_id: 'X', data: [7] },
])("recognizes a request to TikTok's API by what little it has: case %#", (body) => {
  expect(foreignIssue(body)?.field).toBe('data');
});

test("answers an event in the shape of TikTok's older API, where the click id is the callback of the ad", () => {
  const issue = foreignIssue({
    pixel_code: canary,
    event: canary,
    timestamp: canary,
    context: {
      ad: { callback: canary },
      page: { url: canary },
      user: { phone_number: canary },
      user_agent: canary,
    },
    properties: { value: 1 },
  });
  expect(issue?.message).toContain('pixel/track');
  for (const pair of [
    'timestamp → event_time',
    'pixel_code → destination',
    'context.ad.callback → ttclid',
    'context.page.url → page_url',
    'context.user.phone_number → phone (or hashed_phone)',
    'context.user_agent → user_agent',
    'properties.value → value',
  ])
    expect(issue?.message).toContain(pair);
});

test.each([
  { event: 'Purchase', context: {} },
  { pixel_code: 'X', batch: [{ type: 'track', event: 'a' }] },
])("recognizes TikTok's older API: case %#", (body) => {
  expect(foreignIssue(body)?.message).toContain('pixel/track');
});

test("answers an event in Segment's shape with how it looks here", () => {
  const issue = foreignIssue({
    type: 'track',
    event: canary,
    userId: canary,
    messageId: canary,
    properties: { order_id: canary, revenue: 1, products: [], name: canary, coupon: canary },
    context: {
      ip: canary,
      userAgent: canary,
      page: { url: canary, title: canary },
      traits: { firstName: canary },
    },
  });
  expect(issue).toEqual({
    field: 'event',
    code: 'foreign_shape',
    message:
      "this has the shape of Segment's HTTP API; an event is flat here: event → event_name, userId → external_id, " +
      'messageId → event_id, context.ip → ip, context.userAgent → user_agent, context.traits.firstName → first_name, ' +
      'context.page.url → page_url, properties.order_id → order_id, properties.revenue → value, ' +
      'properties.products → contents, properties.name → content_name, other properties → custom_properties',
  });
});

test.each([
  [{ type: 'identify', userId: 'a', traits: { email: 'x' } }, 'type'],
  [{ type: 'track', event: 'a', properties: {} }, 'event'],
  [{ event: 'a', anonymousId: 'b' }, 'event'],
  [{ batch: [{ type: 'track', event: 'a', userId: 'b' }] }, 'batch'],
  [{ batch: [], writeKey: 'a' }, 'batch'],
])("recognizes Segment's shape: case %#", (body, field) => {
  expect(foreignIssue(body)).toMatchObject({ field, message: expect.stringContaining('Segment') });
});

test.each([
  { event: 'Purchase', email: 'a@b.de' },
  { event: 7, user: {} },
  { type: 'track' },
  { event_name: 'Purchase', event: 'Purchase', user: {}, userId: 'a' },
  { data: [{ event_name: 'Purchase', user_data: {} }] },
  { batch: {}, data: {} },
  {},
])('takes other faulty events for its own, and names their fields: case %#', (body) => {
  const parsed = parse(body);
  const codes = parsed.ok ? [] : parsed.errors.map(({ code }) => code);
  expect(codes.length).toBeGreaterThan(0);
  expect(codes).not.toContain('foreign_shape');
});

test('stays short and quick for an object of very many names', () => {
  const properties = Object.fromEntries(Array.from({ length: 50_000 }, (_, n) => [`name_${n}`, canary]));
  const issue = foreignIssue({ event: 'Purchase', user: properties, properties });
  expect(issue?.message.length).toBeLessThan(300);
});

test.each(['strict', 'salvage'] as const)('is named when the handling is %s, too', (handling) => {
  const decoded = decodeEvent({ event: 'Purchase', user: {} }, { receivedAtMs, destinations }, handling);
  expect(decoded).toMatchObject({ ok: false, errors: [{ field: 'event', code: 'foreign_shape' }] });
});
