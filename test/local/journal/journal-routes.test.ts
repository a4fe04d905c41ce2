/** The gateway on this machine keeps what its functions logged and the events on their way, for programs of this machine. */
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readLine } from '../../../lib/journal/parse-line.ts';
import { fingerprint } from '../../../lib/privacy/sha256.ts';
import { type Gateway, startGateway } from '../../../local/gateway.ts';
import { eventually } from '../../support/eventually.ts';

let gateway: Gateway;
beforeAll(async () => {
  gateway = await startGateway({ port: 0, sqsPort: 0, mapping: { windowMs: 50 } });
});
afterAll(() => gateway.stop());

type Fields = Readonly<Record<string, unknown>>;
interface Page {
  readonly lines: { readonly seq: number; readonly line: Fields }[];
  readonly next: number;
  readonly dropped: number;
}

const ask = (path: string, init?: RequestInit) => fetch(gateway.url + path, init);
const pageOf = async (query = '') =>
  (await (await ask(`/_sandbox/journal?limit=100000${query}`)).json()) as Page;
const linesOf = async (message: string) =>
  (await pageOf()).lines.filter(({ line }) => line.message === message).map(({ line }) => line);

const postEvent = (event: object) =>
  ask('/v1/events', {
    method: 'POST',
    headers: { authorization: 'Bearer local-api-key', 'content-type': 'application/json' },
    body: JSON.stringify(event),
  });

const append = (body: unknown, headers: Record<string, string> = { 'content-type': 'application/json' }) =>
  ask('/_sandbox/journal', { method: 'POST', headers, body: JSON.stringify(body) });

const discarded = {
  message: 'message discarded',
  timestamp: '2026-11-26T20:00:00.000Z',
  event: fingerprint('a'),
  reason: 'invalid_event',
  message_id: 'm-1',
};

test('keeps the lines of the functions in their order, and no metrics', async () => {
  expect((await postEvent({ event_name: 'Purchase', event_id: 'order-1', email: 'a@b.co' })).status).toBe(
    202,
  );
  await eventually(async () => (await linesOf('tiktok answered')).length > 0);
  const { lines, next, dropped } = await pageOf();
  expect(lines.map(({ seq }) => seq)).toEqual(lines.map((_, index) => index + 1));
  expect([next, dropped]).toEqual([lines.length, 0]);
  expect(lines.filter(({ line }) => '_aws' in line)).toEqual([]);
  const kinds = lines.map(({ line }) => readLine(line)?.kind);
  expect(kinds.indexOf('received')).toBeLessThan(kinds.indexOf('answered'));
});

test('continues after a given line, and starts again for a reader of an earlier run', async () => {
  await append({ lines: [discarded, discarded, discarded] });
  const all = await pageOf();
  const newest = all.lines.length;
  const two = await pageOf(`&after=${newest - 2}`);
  expect(two.lines).toEqual(all.lines.slice(-2));
  const one = (await (await ask('/_sandbox/journal?after=0&limit=1')).json()) as Page;
  expect([one.lines.length, one.next]).toEqual([1, 1]);
  expect(await pageOf(`&after=${newest}`)).toEqual({ lines: [], next: newest, dropped: 0 });
  expect((await pageOf(`&after=${newest + 5}`)).lines).toEqual(all.lines);
});

test('appends the lines of an operator, all or none', async () => {
  const before = (await pageOf()).next;
  expect((await append({ lines: [discarded] })).status).toBe(200);
  expect((await pageOf(`&after=${before}`)).lines).toEqual([{ seq: before + 1, line: discarded }]);
  const refused = await append({ lines: [discarded, { message: 'message discarded' }] });
  expect([refused.status, await refused.json()]).toEqual([
    400,
    { error: 'lines[1]: must have the message and the timestamp of a line of the journal' },
  ]);
  expect((await pageOf()).next).toBe(before + 1);
});

test.each([
  ['POST', '/_sandbox/journal', 415],
  ['PUT', '/_sandbox/journal', 405],
  ['DELETE', '/_sandbox/events/0123456789abcdef', 405],
  ['GET', '/_sandbox/events/0123456789abcdef', 404],
  ['GET', '/_sandbox/journal?limit=0', 400],
  ['GET', '/_sandbox/journal?after=-1', 400],
])('answers %s %s with %i', async (method, path, status) => {
  const response = await ask(path, { method, ...(method === 'POST' && { body: '{"lines":[]}' }) });
  expect(response.status).toBe(status);
  expect(await response.json()).toMatchObject({ error: expect.any(String) });
});

test('refuses lines that are not a list', async () => {
  expect((await append([discarded])).status).toBe(400);
  expect((await append('x')).status).toBe(400);
});

test.each([
  { origin: 'https://shop.example' },
  { 'sec-fetch-site': 'cross-site' },
  { 'sec-fetch-site': 'same-site' },
])('refuses the journal to a page of another site, which sends %j', async (headers) => {
  for (const path of ['/_sandbox/journal', `/_sandbox/events/${fingerprint('order-1')}`])
    expect((await ask(path, { headers })).status).toBe(403);
  expect((await append({ lines: [] }, { 'content-type': 'application/json', ...headers })).status).toBe(403);
});

test('shows an event as it was queued and as TikTok received it', async () => {
  await postEvent({ event_name: 'Purchase', event_id: 'order-2', email: 'Ada@Example.com' });
  const path = `/_sandbox/events/${fingerprint('order-2')}`;
  await eventually(async () => {
    const response = await ask(path);
    return response.status === 200 && ((await response.json()) as { sent: unknown }).sent !== null;
  });
  expect(await (await ask(path)).json()).toMatchObject({
    message: {
      event: { event_id: 'order-2', event_name: 'Purchase' },
      source: 'api',
      received_at: expect.stringMatching(/Z$/),
    },
    sent: { event: 'Purchase', event_id: 'order-2', user: { email: expect.stringMatching(/^[\da-f]{64}$/) } },
  });
});

test('shows an event of another producer in the form of the gateway', async () => {
  const client = new SQSClient({});
  const MessageBody = JSON.stringify({ event_name: 'Purchase', event_id: 7, email: 'a@b.co' });
  await client.send(new SendMessageCommand({ QueueUrl: gateway.queueUrl, MessageBody }));
  const path = `/_sandbox/events/${fingerprint('7')}`;
  await eventually(async () => (await ask(path)).status === 200);
  expect(await (await ask(path)).json()).toMatchObject({
    message: { event: { event_id: 7 }, source: 'queue' },
  });
});
