import { expect, test } from 'vitest';
import { createTikTokClient, trackPath } from '../../../lib/tiktok/client.ts';
import { judge, refusedIndex } from '../../../lib/tiktok/verdict.ts';
import { createRandom } from '../../support/random.ts';
import { clockOf, createScheduler } from '../engine/scheduler.ts';
import { createTrace } from '../engine/trace.ts';
import { type Flaw, writeMark } from '../marks.ts';
import type { Fact, TikTokTrouble } from '../world-parts.ts';
import { createTikTok } from './tiktok.ts';

const startMs = Date.UTC(2026, 10, 27);

function createWorld({ maxBytes = 1_000_000 } = {}) {
  const scheduler = createScheduler(startMs);
  const facts: Fact[] = [];
  const witness = (fact: Fact) => void facts.push(fact);
  const surroundings = { scheduler, witness, random: createRandom(1), trace: createTrace(scheduler.now) };
  const tiktok = createTikTok(surroundings, {
    pixels: new Map([
      ['P', 'default'],
      ['Q', 'second'],
    ]),
    maxBytes,
  });
  tiktok.tokens.add('token');
  const client = createTikTokClient('https://tiktok.example', {
    fetch: tiktok.network,
    clock: clockOf(scheduler),
  });
  async function call(body: unknown, accessToken = 'token') {
    const text = JSON.stringify(body);
    const reply = client({ method: 'POST', path: trackPath, accessToken, body: text });
    const settled = reply.then((answer) => ({
      ...answer,
      text: undefined,
      afterMs: scheduler.now() - sentMs,
    }));
    const sentMs = scheduler.now();
    await scheduler.run(sentMs + 30_000);
    return settled;
  }
  const taken = () =>
    facts.flatMap((fact) => (fact.kind === 'taken' ? [[fact.key, fact.counts] as const] : []));
  return { scheduler, facts, tiktok, call, taken };
}

const event = (key: string, flaw: Flaw = 'none', destination = 'default') => ({
  event: 'Purchase',
  event_time: startMs / 1000,
  event_id: `id-${key}`,
  properties: { order_id: key, description: writeMark({ destination, flaw }) },
});

const body = (...data: readonly unknown[]) => ({ event_source: 'web', event_source_id: 'P', data });

test('TikTok takes valid events and answers code 0 after its latency', async () => {
  const { call, taken, facts } = createWorld();
  expect(await call(body(event('a'), event('b')))).toMatchObject({ status: 200, code: 0, afterMs: 300 });
  expect(taken()).toEqual([
    ['a', true],
    ['b', true],
  ]);
  expect(facts).toContainEqual({ kind: 'called', keys: ['a', 'b'], answer: 'code 0' });
});

test('TikTok counts a second copy again when the first came 48 hours before', async () => {
  const { call, taken, scheduler } = createWorld();
  await call(body(event('a')));
  await scheduler.run(startMs + 48 * 3_600_000 - 1);
  await call(body(event('a')));
  await call(body(event('a')));
  expect(taken()).toEqual([
    ['a', true],
    ['a', false],
    ['a', true],
  ]);
});

test('TikTok merges the copies of pixel and server that come within five minutes, whichever is first', async () => {
  const { call, taken, scheduler, tiktok, facts } = createWorld();
  tiktok.pixelSends('a');
  await call(body(event('a'), event('b'), event('c')));
  await scheduler.run(startMs + 299_000);
  tiktok.pixelSends('b');
  await scheduler.run(startMs + 301_000);
  tiktok.pixelSends('c');
  const merged = facts.flatMap((fact) => (fact.kind === 'merged' ? [fact.key] : []));
  expect(merged).toEqual(['a', 'b']);
  expect(taken()).toEqual([
    ['a', false],
    ['b', true],
    ['c', true],
  ]);
});

test('TikTok refuses an unknown token with 40105', async () => {
  const { call, taken } = createWorld();
  expect(await call(body(event('a')), 'revoked')).toMatchObject({ status: 200, code: 40105 });
  expect(taken()).toEqual([]);
});

test.each([
  ['refused-batch', 40002, 1],
  ['refused-data', 40002, 1],
  ['refused-elsewhere', 40002, 0],
  ['refused-silent', 40002, undefined],
  ['refused-parameters', 40000, undefined],
  ['refused-later', 40700, undefined],
  ['refused-unknown', 49123, undefined],
] as const)('TikTok refuses the whole call for an event that is %s', async (flaw, code, index) => {
  const { call, taken } = createWorld();
  const answer = await call(body(event('a'), event('b', flaw)));
  expect(answer).toMatchObject({ status: 200, code });
  expect(refusedIndex(answer.message, 2)).toBe(index);
  expect(judge(answer, 5)).toMatchObject({ kind: 'reject' });
  expect(taken()).toEqual([]);
});

test.each([
  ['poison-403', 'http_403'],
  ['poison-400', 'http_400'],
  ['poison-500', 'http_500'],
  ['poison-code', 'tiktok_50000'],
  ['poison-stall', 'timeout'],
  ['poison-reset', 'network'],
] as const)(
  'TikTok answers a call with an event that is %s with something that names no event',
  async (flaw, reason) => {
    const { call, taken } = createWorld();
    const answer = await call(body(event('a'), event('b', flaw)));
    expect(judge(answer, 1)).toMatchObject({ kind: 'retry', suspects: 'event', reason });
    expect(taken()).toEqual([]);
  },
);

test('TikTok answers 413 to a call above its limit', async () => {
  const { call } = createWorld({ maxBytes: 400 });
  expect(await call(body(event('a'), event('b'), event('c')))).toMatchObject({ status: 413 });
  expect(await call(body(event('a')))).toMatchObject({ code: 0 });
});

const modes: readonly (readonly [TikTokTrouble['mode'], string, boolean])[] = [
  ['503', 'http_503', false],
  ['stalls', 'timeout', false],
  ['resets-after', 'network', true],
  ['resets-before', 'network', false],
  ['answers-late', 'timeout', true],
  ['maintenance', 'tiktok_6', false],
  ['not-json', 'unreadable_answer', true],
  ['oversized', 'oversized_answer', true],
  ['redirects', 'http_302', false],
  ['partial', 'tiktok_20001', true],
];

test.each(modes)(
  'TikTok in the mode %s answers %s, and took the events: %s',
  async (mode, reason, isTaken) => {
    const { call, taken, tiktok } = createWorld();
    tiktok.trouble.mode = mode;
    const { reason: seen } = judge(await call(body(event('a'))), 1);
    expect(seen).toContain(reason);
    expect(taken()).toEqual(isTaken ? [['a', true]] : []);
  },
);

test.each([
  ['429', 'retry', 'nothing'],
  ['permission', 'hold', undefined],
  ['firewall', 'retry', 'event'],
  ['faults', 'retry', 'event'],
  ['unknown-codes', 'retry', 'event'],
  ['500', 'retry', 'event'],
] as const)('TikTok in the mode %s gives answers that mean %s', async (mode, kind, suspects) => {
  const { call, taken, tiktok } = createWorld();
  tiktok.trouble.mode = mode;
  for (let count = 0; count < 20; count += 1)
    expect(judge(await call(body(event('a'))), 1)).toMatchObject({ kind, ...(suspects && { suspects }) });
  expect(taken()).toEqual([]);
});

test('TikTok in trouble for a share of its calls answers the others', async () => {
  const { call, tiktok, facts } = createWorld();
  Object.assign(tiktok.trouble, { mode: '503', share: 0.3 });
  for (let count = 0; count < 100; count += 1) await call(body(event('a')));
  const failed = facts.filter((fact) => fact.kind === 'called' && fact.answer === 'http 503').length;
  expect(failed).toBeGreaterThan(15);
  expect(failed).toBeLessThan(45);
});

const { event_id: _id, ...withoutId } = event('a');

test.each([
  ['no event', body()],
  ['an event without an id', body(withoutId)],
  ['an event without a time', body({ ...event('a'), event_time: undefined })],
  ['an event without a name', body({ ...event('a'), event: undefined })],
  ['a raw e-mail address', body({ ...event('a'), user: { email: 'a@example.com' } })],
  ['51 events', body(...Array.from({ length: 51 }, (_, index) => event(`a${index}`)))],
  ['an event of another destination', body(event('a', 'none', 'second'))],
  ['an unknown pixel', { ...body(event('a')), event_source_id: 'X' }],
  ['more than 1 MB', body({ ...event('a'), page: { url: `https://example.com/${'x'.repeat(1_000_000)}` } })],
])('TikTok ends the run when the product sends %s', async (_what, sent) => {
  const { call } = createWorld();
  await expect(call(sent)).rejects.toThrow(/malformed call to TikTok/);
});
