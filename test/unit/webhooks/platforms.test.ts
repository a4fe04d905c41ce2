/** What a new platform gets from the registry: its folder and a line there are all that it takes. */
import { createHmac } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { asMoney } from '../../../lib/payload/money.ts';
import { pickEmail, pickPhone } from '../../../lib/payload/person.ts';
import { asUnixSeconds } from '../../../lib/payload/time.ts';
import { asId, asObject } from '../../../lib/payload/values.ts';
import { fingerprint } from '../../../lib/privacy/sha256.ts';
import { commonShape, shops } from '../../../lib/webhooks/common-settings.ts';
import { finishEvent } from '../../../lib/webhooks/compose-event.ts';
import { definePlatform } from '../../../lib/webhooks/platform.ts';
import { type Platforms, platformNamed, platforms } from '../../../lib/webhooks/platforms.ts';
import { notAfterMs } from '../../../lib/webhooks/rules/freshness.ts';
import { bodyHmac, signHmacHeader, verifyHmacHeader } from '../../../lib/webhooks/signatures/hmac-header.ts';
import { parseSources } from '../../../lib/webhooks/source-settings.ts';
import { headerValue } from '../../../lib/webhooks/webhook-headers.ts';
import { skip } from '../../../lib/webhooks/webhook-outcome.ts';
import { webhookReceiver, webhookRequest } from '../../support/webhooks/receive-webhooks.ts';
import { hoursAgo, type Json } from '../../support/webhooks/webhook-bodies.ts';

const auth = bodyHmac('x-teashop-hmac', 'hex');

const teashopSettings = () =>
  z.strictObject({
    platform: z.literal('teashop'),
    ...commonShape(),
    shops: shops(),
    eventName: z._default(z.string(), 'Purchase'),
  });

const teashop = definePlatform({
  name: 'teashop',
  settings: teashopSettings,
  verify: (request) => verifyHmacHeader(request, auth),
  sign: (request) => signHmacHeader(request, auth),
  secretHint: 'use the secret under Teashop > Settings',
  topicOf: (headers) => headerValue(headers, 'x-teashop-topic') ?? '',
  topicWords: ['brewed'],
  complianceTopics: new Set(['tea/forget']),
  ordersOf: ({ pot }) => [asId(asObject(pot).id)],
  shopOf: (headers) => headerValue(headers, 'x-teashop-domain'),
  isPing: (headers) => headerValue(headers, 'x-teashop-topic') === 'ping',
  map: ({ topic, payload, settings, country, consent }) => {
    if (topic !== 'tea/brewed') return skip('ignored_topic');
    const paidAt = asUnixSeconds(payload.paid_at);
    if (paidAt === undefined) return skip('unpaid');
    return finishEvent(
      {
        fields: { event_name: settings.eventName, event_id: asId(payload.id), event_time: paidAt },
        email: pickEmail([payload.mail]),
        phone: pickPhone([[payload.phone, undefined]], country),
        money: asMoney(payload.total, payload.currency),
        attributes: new Map(),
        consent,
        notAfterMs: notAfterMs(paidAt),
      },
      settings,
    );
  },
});
const withTeashop: Platforms = [...platforms, teashop];

const order = {
  id: 12,
  paid_at: hoursAgo(1),
  mail: 'ada@example.com',
  total: '5.00',
  currency: 'EUR',
  note: 'n',
};
const teaRequest = (body: Json, topic: string, secret = 's3cret') => {
  const text = JSON.stringify(body);
  const digest = createHmac('sha256', secret).update(text).digest('hex');
  return webhookRequest(text, { 'x-teashop-topic': topic, 'x-teashop-hmac': digest });
};
const receiver = (settings: Json = {}) =>
  webhookReceiver({ settings: { platform: 'teashop', ...settings }, platforms: withTeashop });

test('checks the settings of a platform that was added to the registry, and fills in their defaults', () => {
  const { shop } = parseSources({ shop: { platform: 'teashop' } }, withTeashop);
  expect(shop).toMatchObject({ destination: 'default', consent: 'always', eventName: 'Purchase', shops: [] });
  const misspelled = { shop: { platform: 'teashop', eventname: 'x' } };
  expect(() => parseSources(misspelled, withTeashop)).toThrow('sources.shop has an unknown setting');
  expect(() => parseSources({ shop: { platform: 'teashop' } })).toThrow(
    'sources.shop.platform must be one of the known platforms',
  );
});

test('verifies, maps, queues and answers a webhook of a platform that was added to the registry', async () => {
  const { receive, sent, counted } = await receiver({ eventName: 'Tea' });
  const { response, log } = await receive(teaRequest(order, 'tea/brewed'));
  expect(response).toMatchObject({ statusCode: 200, body: '{"accepted":1,"skipped":[]}' });
  expect(JSON.parse(sent[0]?.body ?? '')).toMatchObject({
    destination: 'default',
    source: 'shop',
    event: { event_name: 'Tea', event_id: '12', email: 'ada@example.com', value: 5, currency: 'EUR' },
  });
  // No word list knows "tea": a topic is logged when each of its words is known.
  expect(log).toMatchObject({ source: 'shop', topic: 'other', accepted: 1 });
  expect(counted).toEqual([]);
});

test('overrides the fields of an added platform with the mapping of the stage file', async () => {
  const { receive, sent } = await receiver({ mapping: { description: 'note' } });
  await receive(teaRequest(order, 'tea/brewed'));
  expect(JSON.parse(sent[0]?.body ?? '').event).toMatchObject({ event_id: '12', description: 'n' });
});

test('refuses a webhook of an added platform whose signature is wrong', async () => {
  const { receive, sent } = await receiver();
  const { response } = await receive(teaRequest(order, 'tea/brewed', 'other'));
  expect([response, sent]).toEqual([expect.objectContaining({ status: 401 }), []]);
});

test('names where the secret of an added platform is found when the source has none', async () => {
  const { receive } = await webhookReceiver({
    settings: { platform: 'teashop' },
    platforms: withTeashop,
    secrets: [[]],
  });
  const { response } = await receive(teaRequest(order, 'tea/brewed'));
  expect(response).toMatchObject({
    status: 503,
    detail: expect.stringContaining(
      'webhooks.shop.secrets is empty: use the secret under Teashop > Settings',
    ),
  });
});

test.each<[string, string, Json]>([
  ['compliance_topic', 'tea/forget', {}],
  ['shop_not_allowed', 'tea/brewed', { shops: ['tea.example'] }],
  ['ignored_topic', 'tea/cold', {}],
])(
  'skips a webhook of an added platform as %s when its topic is %s and its settings are %j',
  async (reason, topic, settings) => {
    const { receive } = await receiver(settings);
    const { response } = await receive(teaRequest(order, topic));
    expect(response).toMatchObject({ statusCode: 200, body: `{"accepted":0,"skipped":["${reason}"]}` });
  },
);

test.each<[string, Json, string]>([
  ['the platform names it', { pot: { id: 'pot-7' } }, 'pot-7'],
  ['the platform finds none there', order, '12'],
])('logs the fingerprint of the id of a skipped body when %s', async (_rule, body, id) => {
  const { receive } = await receiver();
  const { log } = await receive(teaRequest(body, 'tea/cold'));
  expect(log).toMatchObject({ reason: 'ignored_topic', order: fingerprint(id) });
  expect(log?.event).toBeUndefined();
});

test('answers the ping of an added platform without reading a secret', async () => {
  const { receive, reads } = await receiver();
  const { response, log } = await receive(webhookRequest('', { 'x-teashop-topic': 'ping' }));
  expect(response).toMatchObject({ statusCode: 200 });
  expect([log?.reason, reads()]).toEqual(['ping', 0]);
});

test.each(platforms.map((platform) => [platform.name, platform] as const))(
  'accepts what %s itself signed, and nothing else',
  (_name, platform) => {
    const secret = 'whsec_bG9jYWwtc2VjcmV0LW9mLWEtc2hvcA==';
    const samples: Readonly<Record<string, Json>> = {
      custom: { mapping: {}, auth: { profile: 'hmac', header: 'x-sig' } },
      bigcommerce: { storeHash: 'abc123', contentId: 'sku' },
    };
    const settings = platform.local?.settings ?? samples[platform.name] ?? {};
    const { sign, verify } = platform.bind({ platform: platform.name, ...settings });
    const request = { body: Buffer.from('{"id":1}'), nowSeconds: 1_795_176_000 };
    const headers = sign({ ...request, secret });
    expect(verify({ ...request, headers, secrets: [secret] })).toEqual({ ok: true });
    expect(verify({ ...request, body: Buffer.from('{"id":2}'), headers, secrets: [secret] }).ok).toBe(false);
  },
);

test('has one definition for each name', () => {
  const names = platforms.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(platformNamed('custom').methods).toEqual(['POST', 'GET', 'HEAD']);
  expect(() => platformNamed('nowhere')).toThrow('There is no platform nowhere.');
});

test('names no platform outside its folder and the registry', () => {
  const root = join(import.meta.dirname, '../../..');
  // `standard` and `custom` are also words: only the brands can be searched for.
  const brands = platforms.map(({ name }) => name).filter((name) => !['standard', 'custom'].includes(name));
  const files = globSync(
    'lib/{webhooks/*,webhooks/{rules,signatures,platform-api}/*,http/**/*,ingest/*,config/*}.ts',
    {
      cwd: root,
    },
  ).filter((file) => !file.endsWith('webhooks/platforms.ts'));
  const naming = files.filter((file) =>
    new RegExp(brands.join('|'), 'i').test(readFileSync(join(root, file), 'utf8')),
  );
  expect(files.length).toBeGreaterThan(20);
  expect(naming).toEqual([]);
});
