/** The promises of the README that only the whole gateway can keep, tried on the process that `npm start` runs. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { type GatewayProcess, startGatewayProcess } from '../support/gateway/gateway-process.ts';

let gateway: GatewayProcess;
beforeAll(async () => {
  gateway = await startGatewayProcess();
});
afterAll(async () => {
  expect(await gateway.stop(), 'stops cleanly').toBe(0);
});
beforeEach(async () => {
  await gateway.clearFaults();
  await fetch(`${gateway.url}/_sandbox/requests`, { method: 'DELETE' });
});

const purchase = (id: string) => ({ event_name: 'Purchase', event_id: id, email: `${id}@shop.example` });
const range = (count: number, prefix: string) =>
  Array.from({ length: count }, (_, index) => purchase(`${prefix}-${index}`));

const deliveredIds = async (prefix: string): Promise<string[]> => {
  const taken = (await gateway.requests()).filter(({ code }) => code === 0);
  return taken
    .flatMap(({ body }) => body.data.map((event) => String(event.event_id)))
    .filter((id) => id.startsWith(prefix));
};

const delivered = (prefix: string, count: number): Promise<string[]> =>
  eventually(
    () => deliveredIds(prefix),
    (ids) => ids.length >= count,
  );

test('promise 1: delivers 500 accepted events of one post in calls of 50 or fewer, each counted once', async () => {
  const answer = await gateway.post({ events: range(500, 'p1') });
  expect(answer.status).toBe(202);
  const ids = () => deliveredIds('p1');
  const distinct = new Set(await eventually(ids, (seen) => new Set(seen).size >= 500));
  expect([...distinct].toSorted()).toEqual(
    range(500, 'p1')
      .map(({ event_id }) => event_id)
      .toSorted(),
  );
  // On a slow machine the SDK sends a batch again, and SQS keeps both. TikTok counts the copies as duplicates.
  const requests = await gateway.requests();
  const counted = requests.reduce((sum, { events, duplicates }) => sum + events - duplicates, 0);
  expect(counted).toBe(500);
  expect(Math.max(...requests.map(({ events }) => events))).toBeLessThanOrEqual(50);
});

const at = Math.floor(Date.now() / 1000) - 60;
test.each([
  ['with an event_id', { event_name: 'Purchase', event_id: 'p2-own', email: 'p2@shop.example' }, {}],
  ['with an event_time', { event_name: 'Purchase', event_time: at, email: 'p2-time@shop.example' }, {}],
  [
    'with an Idempotency-Key',
    { event_name: 'Purchase', email: 'p2-key@shop.example' },
    { 'idempotency-key': 'k-1' },
  ],
])('promise 2: sends TikTok the same event id when a post is repeated %s', async (how, event, headers) => {
  const marked = { ...event, description: `promise 2 ${how}` };
  for (let copy = 0; copy < 2; copy += 1) expect((await gateway.post(marked, headers)).status).toBe(202);
  const idsSent = async (): Promise<unknown[]> =>
    (await gateway.requests())
      .flatMap(({ body }) => body.data)
      .filter(
        ({ properties }) =>
          (properties as { description?: string } | undefined)?.description === marked.description,
      )
      .map(({ event_id }) => event_id);
  const ids = await eventually(idsSent, (seen) => seen.length >= 2);
  expect(new Set(ids).size).toBe(1);
});

test.each([true, false])(
  'promise 3: delivers 49 of 50 events and parks the bad one (TikTok names its position: %s)',
  async (index) => {
    const prefix = `p3-${index}`;
    await gateway.addFaults({ kind: 'poison', match: `${prefix}-17`, index });
    await gateway.post({ events: range(50, prefix) });
    await delivered(prefix, 49);
    const { deadLetters } = await eventually(
      gateway.queue,
      (seen) => seen.deadLetters.length > (index ? 0 : 1),
    );
    expect(await deliveredIds(prefix)).toHaveLength(49);
    expect(deadLetters.at(-1)?.attributes).toMatchObject({
      reason: 'tiktok_40002',
      outcome: 'refused',
      destination: 'default',
    });
    expect((await gateway.requests()).length).toBeLessThanOrEqual(15);
  },
);

test.each([
  ['an outage', { kind: 'status', status: 503 }],
  ['a revoked token', { kind: 'revoke_token' }],
  ['a missing permission', { kind: 'code', code: 40001 }],
  ['a rate limit', { kind: 'code', code: 40100 }],
])('promise 4: loses and parks nothing during %s', async (name, fault) => {
  const prefix = `p4-${name.replaceAll(' ', '-')}`;
  const before = (await gateway.queue()).deadLetters.length;
  await gateway.addFaults(fault);
  await gateway.post({ events: range(20, prefix) });
  await eventually(gateway.requests, (seen) => seen.length > 0);
  expect(await deliveredIds(prefix)).toEqual([]);
  await gateway.clearFaults();
  expect(new Set(await delivered(prefix, 20)).size).toBe(20);
  expect((await gateway.queue()).deadLetters).toHaveLength(before);
});

test('promise 6: sends raw identifiers as digests of the normal form, and digests unchanged', async () => {
  const digest = '9f7ec22d72092cd3c0b58726ed9c2d91b92e51a3f29837508fb2948bb22dd2fd';
  await gateway.post({
    event_name: 'Purchase',
    event_id: 'p6-1',
    email: ' ALICE_abc@gmail.com ',
    hashed_phone: digest,
    external_id: 'user_123',
  });
  await delivered('p6', 1);
  const user = (await gateway.requests()).at(-1)?.body.data[0]?.user;
  expect(user).toEqual({
    email: '848a771458438fc2ec420560d769fb9b9b86851ee338ec56517baabd79d3bb4f',
    phone: digest,
    external_id: '80fba0ae1c48e3978e43e4efc365e14e12ea0c830ba8ba5b9a2dafc7e3f2ab8b',
  });
});

test.each([
  ['none', { authorization: '' }],
  ['a wrong one', { authorization: 'Bearer wrong' }],
  ['garbage', { authorization: 'Bearer \u00ff\u00fe' }],
  ['two different ones', { 'x-api-key': 'another' }],
])('promise 7: rejects a post when its key is %s', async (_, headers) => {
  const answer = await gateway.post(purchase('p7-1'), headers);
  expect(answer.status).toBe(401);
  expect(answer.headers.get('content-type')).toBe('application/problem+json');
});

test('promise 9: names the field in a problem, repeats no value, and answers the same to the same input', async () => {
  const ask = async () => {
    const { instance, ...problem } = (await (
      await gateway.post({ event_name: 'Purchase', hashed_email: 'not-an-address' })
    ).json()) as { instance: string };
    return problem;
  };
  const first = await ask();
  expect(first).toMatchObject({
    status: 422,
    errors: [{ index: 0, field: 'hashed_email', code: 'invalid_digest' }],
  });
  expect(JSON.stringify(first)).not.toContain('not-an-address');
  expect(await ask()).toEqual(first);
});
