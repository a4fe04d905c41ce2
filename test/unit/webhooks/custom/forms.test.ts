/** Forms as the bodies of custom sources, from the request to the event. */
import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { webhookReceiver, webhookRequest } from '../../../support/webhooks/receive-webhooks.ts';
import type { Json } from '../../../support/webhooks/webhook-bodies.ts';

const formType = 'application/x-www-form-urlencoded';
const settings = (mapping: Json, more: Json = {}) => ({
  platform: 'custom',
  auth: { profile: 'hmac', header: 'x-sig' },
  mapping: { event_name: "'Purchase'", ...mapping },
  ...more,
});

async function post(body: string | Buffer, contentType: string | undefined, source: Json) {
  const { receive, sent } = await webhookReceiver({ settings: source });
  const bytes = Buffer.from(body);
  const headers = {
    ...(contentType !== undefined && { 'content-type': contentType }),
    'x-sig': createHmac('sha256', 's3cret').update(bytes).digest('hex'),
  };
  const request = { ...webhookRequest('', headers), body: bytes.toString('base64') };
  const { response, log } = await receive(request);
  const { event } = JSON.parse(sent[0]?.body ?? '{}') as { event?: Json };
  return { answer: JSON.parse(String((response as { body?: string }).body)), log, event };
}

/** The names are those of https://gumroad.com/ping. */
const gumroad =
  'sale_id=G6-xnW%3D%3D&email=ada%40example.com&price=1999&currency=usd&test=false&url_params%5Bttclid%5D=E.C.P.abc' +
  '&custom_fields%5BFull+name%5D=Ada&variants[Size]=M&permalink=a&permalink=b&ip_country=Norway';
const gumroadMapping = {
  'source.when': "test != 'true'",
  event_id: 'sale_id',
  email: 'email',
  value: 'minor_units(price, currency)',
  currency: 'upper(currency)',
  ttclid: 'url_params.ttclid',
  description: 'custom_fields."Full name"',
  content_type: "variants.Size && 'product'",
};

test.each([formType, `${formType}; charset=UTF-8`, `${formType.toUpperCase()};charset="utf-8"`])(
  'maps a form that is sent as %s, with names in brackets',
  async (contentType) => {
    const { answer, event } = await post(gumroad, contentType, settings(gumroadMapping));
    expect(answer).toEqual({ accepted: 1, skipped: [] });
    expect(event).toMatchObject({
      event_id: 'G6-xnW==',
      value: 19.99,
      currency: 'USD',
      ttclid: 'E.C.P.abc',
      description: 'Ada',
      content_type: 'product',
    });
  },
);

test.each(['application/json', 'text/plain', undefined])(
  'maps a form that is sent as %s when the settings say that the body is a form',
  async (contentType) => {
    const { event } = await post(gumroad, contentType, settings(gumroadMapping, { format: 'form' }));
    expect(event).toMatchObject({ event_id: 'G6-xnW==' });
  },
);

test('maps JSON in a field of a form', async () => {
  const payload = JSON.stringify({ lead: { id: 7, email: 'ada@example.com' } });
  const body = new URLSearchParams({ payload }).toString();
  const mapping = { event_id: 'text(parse_json(payload).lead.id)', email: 'parse_json(payload).lead.email' };
  const { event } = await post(body, formType, settings(mapping));
  expect(event).toMatchObject({ event_id: '7' });
});

test.each([
  [formType, undefined],
  [formType, 'json'],
  ['text/plain', 'form'],
  ['application/json', undefined],
  [undefined, undefined],
])('maps JSON that is sent as %s with the format %s', async (contentType, format) => {
  const source = settings({ event_id: 'id', email: 'email' }, format === undefined ? {} : { format });
  const { event } = await post('{"id":"a=1","email":"ada@example.com"}', contentType, source);
  expect(event).toMatchObject({ event_id: 'a=1' });
});

test.each<[string, string | Buffer, string | undefined, Json, string, string | undefined]>([
  ['with files', 'x', 'multipart/form-data; boundary=x', {}, 'unsupported_format', 'multipart/form-data'],
  ['in windows-1252', 'name=Zo%EB', formType, {}, 'unsupported_format', 'charset'],
  ['in Latin-1 bytes', Buffer.from('name=Zo\xEB', 'latin1'), formType, {}, 'unsupported_format', 'charset'],
  [
    'in another charset by its type',
    'a=1',
    `${formType}; charset=windows-1252`,
    {},
    'unsupported_format',
    'charset',
  ],
  ['of too many fields', 'a=1&'.repeat(1001), formType, {}, 'unexpected_body', 'more than 1000 fields'],
  ['without a field', 'verify', formType, {}, 'unexpected_body', 'not a form'],
  ['that is empty', '', formType, {}, 'empty_body', undefined],
  ['although the settings say JSON', 'a=1', formType, { format: 'json' }, 'not_json', undefined],
  ['with the type of JSON', 'a=1', 'application/json', {}, 'not_json', undefined],
  ['without a type', 'a=1', undefined, {}, 'not_json', undefined],
])('skips a form %s and says why', async (_what, body, contentType, more, reason, detail) => {
  const source = settings({ event_id: "text('1')", email: "'ada@example.com'" }, more);
  const { answer, log } = await post(body, contentType, source);
  expect(answer).toEqual({ accepted: 0, skipped: [reason] });
  expect(log).toMatchObject({ reason, ...(detail !== undefined && { detail }) });
});

test('gives the same event id to a form that the sender repeats', async () => {
  const source = settings({ email: 'email' });
  const [first, second] = [await post(gumroad, formType, source), await post(gumroad, formType, source)];
  expect(first.event?.event_id).toMatch(/^wh-/);
  expect(second.event?.event_id).toBe(first.event?.event_id);
});
