/** The machine room as a whole: events from the door to TikTok, twice the same. */
import { expect, test } from 'vitest';
import { httpEvent } from '../support/http/http-event.ts';
import { createRandom } from '../support/random.ts';
import { clockOf, createScheduler } from './engine/scheduler.ts';
import { createTrace } from './engine/trace.ts';
import { createMachine, type Machine, type MachineOptions } from './machine.ts';
import { credentials } from './secrets/secrets.ts';
import type { Fact } from './world-parts.ts';

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
