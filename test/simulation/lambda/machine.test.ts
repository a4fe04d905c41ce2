/** The machine room as a whole: events from the door to TikTok, twice the same. */
import { expect, test } from 'vitest';
import { httpEvent } from '../../support/http/http-event.ts';
import { createRandom } from '../../support/random.ts';
import { platform } from '../../support/webhooks/signed-requests.ts';
import { clockOf, createScheduler } from '../engine/scheduler.ts';
import { createTrace } from '../engine/trace.ts';
import { createMachine, type Machine, type MachineOptions } from '../machine.ts';
import { credentials } from '../secrets/secrets.ts';
import type { Fact } from '../world-parts.ts';

const startMs = Date.parse('2026-11-27T00:00:00Z');
const hourMs = 3_600_000;

async function* bytesOf(text: string) {
  yield Buffer.from(text);
}

/** A world of one machine and a TikTok that takes everything after 300 ms. */
function world(seed: number, { fetch, ...options }: Partial<MachineOptions> = {}) {
  const scheduler = createScheduler(startMs);
  const trace = createTrace(scheduler.now);
  const facts: Fact[] = [];
  const taken: string[] = [];
  const witness = (fact: Fact) => {
    facts.push(fact);
    trace.note(JSON.stringify(fact));
  };
  const takesAll: MachineOptions['fetch'] = async (_url, { body }) => {
    await clockOf(scheduler).pause(300);
    const { data } = JSON.parse(String(body));
    taken.push(...data.map((event: { properties: { order_id: string } }) => event.properties.order_id));
    return { status: 200, body: bytesOf('{"code":0,"message":"OK","request_id":"r1"}') as never };
  };
  const surroundings = { scheduler, random: createRandom(seed), trace, witness };
  const machine = createMachine(surroundings, { fetch: fetch ?? takesAll, ...options });
  return { scheduler, trace, facts, taken, machine };
}

const eventNamed = (key: string) => ({
  event_name: 'Purchase',
  event_id: `id-${key}`,
  order_id: key,
  email: 'jane@shop.example',
  value: 9.5,
  currency: 'EUR',
});

const post = (machine: Machine, events: readonly object[]) =>
  machine.ingest.invoke(
    httpEvent({
      headers: { 'content-type': 'application/json', 'x-api-key': credentials.apiKey },
      body: JSON.stringify({ events }),
    }),
  );

const signatureOf = (name: 'standard' | 'shopify', secret: string, body: string) =>
  platform(name).sign({ secret, body: Buffer.from(body), nowSeconds: startMs / 1000 });

const keysOf = (facts: readonly Fact[], kind: Fact['kind']) =>
  facts.flatMap((fact) => (fact.kind === kind && 'key' in fact ? [fact.key] : [])).sort();

const thirty = Array.from({ length: 30 }, (_, index) => `e${index}`);

async function deliverThirty(seed: number) {
  const { scheduler, trace, facts, taken, machine } = world(seed);
  machine.mapping.start();
  const answers: (number | undefined)[] = [];
  for (const [index, key] of thirty.entries())
    scheduler.after(index * 400, async () => {
      answers.push((await post(machine, [eventNamed(key)])).statusCode);
    });
  await scheduler.run(startMs + hourMs);
  return { facts, taken, answers, depth: machine.sqs.depth(), digest: trace.digest() };
}

test('thirty posted events reach TikTok once each and leave the queue', async () => {
  const { facts, taken, answers, depth } = await deliverThirty(1);
  expect(answers).toEqual(thirty.map(() => 202));
  expect(taken.toSorted()).toEqual(thirty.toSorted());
  expect(keysOf(facts, 'queued')).toEqual(thirty.toSorted());
  expect(keysOf(facts, 'removed')).toEqual(thirty.toSorted());
  expect(depth).toEqual({ visible: 0, inFlight: 0, deadLetters: 0 });
});

test('the same seed gives the same trace, and another seed another one', async () => {
  const [first, second, other] = [await deliverThirty(7), await deliverThirty(7), await deliverThirty(8)];
  expect(second.digest).toBe(first.digest);
  expect(other.digest).not.toBe(first.digest);
});

test('a signed webhook of both sources reaches TikTok', async () => {
  const { scheduler, taken, machine } = world(3);
  machine.mapping.start();
  const standard = JSON.stringify(eventNamed('standard-1'));
  const shopify = JSON.stringify({
    id: 4_512,
    email: 'jane@shop.example',
    created_at: '2026-11-26T23:59:00Z',
    processed_at: '2026-11-26T23:59:00Z',
    currency: 'EUR',
    total_price: '9.50',
    financial_status: 'paid',
    line_items: [{ variant_id: 7, quantity: 1, price: '9.50' }],
  });
  const headers = {
    standard: signatureOf('standard', credentials.standardSecret, standard),
    shopify: {
      'x-shopify-topic': 'orders/paid',
      'x-shopify-shop-domain': 'shop.myshopify.com',
      ...signatureOf('shopify', credentials.shopifySecret, shopify),
    },
  };
  const receive = (source: 'standard' | 'shopify', body: string) =>
    machine.webhook.invoke(httpEvent({ path: `/v1/webhooks/${source}`, headers: headers[source], body }));
  const answers = Promise.all([receive('standard', standard), receive('shopify', shopify)]);
  await scheduler.run(startMs + hourMs);
  expect((await answers).map(({ statusCode }) => statusCode)).toEqual([200, 200]);
  expect(taken.toSorted()).toEqual(['4512', 'standard-1']);
});

/** Five bad minutes of everything, then an hour of peace. */
async function deliverThroughTrouble(seed: number) {
  const { scheduler, trace, taken, machine, facts } = world(seed);
  const { sqs, ingest, deliver, secrets } = machine;
  Object.assign(sqs.trouble, { fails: 0.2, losesAnswer: 0.2, failsEntry: 0.1, repeats: 0.2 });
  Object.assign(ingest.trouble, { crashes: 0.2, startsCold: 0.3 });
  Object.assign(deliver.trouble, { crashes: 0.1, startsCold: 0.3 });
  scheduler.after(10_000, () => {
    secrets.trouble.mode = 'stalls';
  });
  scheduler.after(60_000, () => {
    secrets.trouble.mode = 'up';
  });
  scheduler.after(300_000, () => {
    Object.assign(sqs.trouble, { fails: 0, losesAnswer: 0, failsEntry: 0, repeats: 0 });
    for (const { trouble } of [ingest, deliver]) Object.assign(trouble, { crashes: 0, startsCold: 0 });
  });
  machine.mapping.start();
  const accepted: string[] = [];
  for (const [index, key] of thirty.entries())
    scheduler.after(index * 1_000, async () => {
      if ((await post(machine, [eventNamed(key)])).statusCode === 202) accepted.push(key);
    });
  await scheduler.run(startMs + hourMs);
  return { accepted, taken, facts, depth: sqs.depth(), digest: trace.digest() };
}

test('every accepted event reaches TikTok after failures, crashes and cold starts', async () => {
  const { accepted, taken, depth } = await deliverThroughTrouble(4);
  expect(accepted.length).toBeGreaterThan(10);
  expect(taken).toEqual(expect.arrayContaining(accepted));
  expect(depth).toEqual({ visible: 0, inFlight: 0, deadLetters: 0 });
});

test('the same troubles give the same trace for the same seed', async () => {
  const [first, second] = [await deliverThroughTrouble(5), await deliverThroughTrouble(5)];
  expect(second.digest).toBe(first.digest);
  expect(second.facts).toEqual(first.facts);
});
