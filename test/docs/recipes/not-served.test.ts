/** The settings that not-served.md gives for other senders are settings that the gateway takes, and verify what they say. */
import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { webhookReceiver, webhookRequest } from '../../support/webhooks/receive-webhooks.ts';
import type { Json } from '../../support/webhooks/webhook-bodies.ts';
import { readPage } from '../pages.ts';

const page = readPage('docs/sources/not-served.md');
const rows = [...page.matchAll(/^\| ([^|]+?) \| [^|]+ \| `(\{ profile: [^`]+\})`/gm)].map(
  ([, platform = '', auth = '']) => [platform.split(',')[0] ?? '', parse(auth) as Json] as const,
);

const order = JSON.stringify({ id: 7, email: 'ada@example.com' });
const form = 'id=7&email=ada%40example.com&thrivecart_secret=s3cret';
const sign = (algorithm: string, encoding: 'hex' | 'base64', text = order) =>
  createHmac(algorithm, 's3cret').update(text).digest(encoding);
const asForm = { 'content-type': 'application/x-www-form-urlencoded' };
/** The moment of every test, in Unix seconds. */
const now = 1_795_176_000;

/** What each sender sends with the secret `s3cret`: body, headers and query. */
const deliveries: Readonly<
  Record<string, readonly [string, Record<string, string>, Record<string, string>]>
> = {
  Haravan: [order, { 'x-haravan-hmacsha256': sign('sha256', 'base64') }, {}],
  Zid: [order, { authorization: 'Basic s3cret' }, {}],
  Gumroad: [form, asForm, { token: 's3cret' }],
  Kiwify: [order, {}, { signature: sign('sha1', 'hex') }],
  ThriveCart: [form, asForm, {}],
  Hotmart: [order, { 'x-hotmart-hottok': 's3cret' }, {}],
  Calendly: [
    order,
    { 'calendly-webhook-signature': `t=${now},v1=${sign('sha256', 'hex', `${now}.${order}`)}` },
    {},
  ],
};

test('not-served.md gives settings for these senders', () => {
  expect(rows.map(([platform]) => platform)).toEqual(Object.keys(deliveries));
});

test.each(rows)('the settings for %s accept what it sends, and nothing else', async (platform, auth) => {
  const mapping = { event_name: "'Purchase'", event_id: 'text(id)', email: 'email' };
  const settings = { platform: 'custom', auth, mapping };
  const { receive } = await webhookReceiver({ settings, secrets: [['s3cret']] });
  const answer = async (text: string, headers: Record<string, string>, query: Record<string, string>) =>
    (await receive(webhookRequest(text, headers, { queryStringParameters: query }))).response;
  const [body, headers, query] = deliveries[platform] ?? ['', {}, {}];
  const forged = (text: string) => text.replaceAll(/s3cret|[0-9a-f]{20,}|[\w+/]{30,}=/g, 'forged');
  const mapValues = (values: Record<string, string>) =>
    Object.fromEntries(Object.entries(values).map(([name, value]) => [name, forged(value)]));
  expect(await answer(body, headers, query)).toMatchObject({ statusCode: 200 });
  expect(await answer(forged(body), mapValues(headers), mapValues(query))).toMatchObject({ status: 401 });
});
