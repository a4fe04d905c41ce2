/** Tokens: from the cache, read again once an invocation when TikTok refuses one, and never the reason for a dead letter. */
import { expect, test } from 'vitest';
import { createTokenSource } from '../../../lib/delivery/token-source.ts';
import { answer, ok, type RunOptions, runBatch, type SeenCall } from '../../support/delivery/delivery.ts';
import { eventRecords, messageBody, sqsRecord } from '../../support/delivery/records.ts';
import { web } from '../../support/events/events.ts';

/** A secret store whose reads are counted; `cached` and `stored` are what a plain and a fresh read give. */
function store(cached: string | undefined | Error, stored: string | undefined | Error) {
  const reads: boolean[] = [];
  const readToken: NonNullable<RunOptions['readToken']> = async (_, fresh) => {
    reads.push(fresh);
    const value = fresh ? stored : cached;
    if (value instanceof Error) throw value;
    return value;
  };
  return { reads, readToken };
}

/** TikTok that knows one token. */
const knowing = (token: string) => (call: SeenCall) => (call.token === token ? ok : answer(40105));

test('promise 8: reads a replaced token once and uses it for all later calls of the invocation', async () => {
  const { reads, readToken } = store('old', 'new');
  const run = await runBatch(eventRecords(120), knowing('new'), { readToken });
  expect(run.failures).toEqual([]);
  expect(run.delivered).toHaveLength(120);
  expect(reads.filter((fresh) => fresh)).toHaveLength(1);
  // Three batches of 50 at most, and the call with the old token.
  expect(run.calls).toHaveLength(4);
});

test('does not try the old token again after it has read a new one', async () => {
  const { readToken } = store('old', 'new');
  const script = (call: SeenCall, index: number) => (index === 1 ? answer(40002) : knowing('new')(call));
  const run = await runBatch(eventRecords(2), script, { readToken });
  expect(run.calls.map(({ token }) => token)).toEqual(['old', 'new', 'new', 'new']);
});

test.each([40101, 40102, 40104, 40105, 40106, 40113, 40119])(
  'promise 4: holds the events after code %d and one further read of the secret, without a further call',
  async (code) => {
    const { reads, readToken } = store('old', 'old');
    const run = await runBatch(eventRecords(3), () => answer(code), { readToken });
    expect(run.calls).toHaveLength(1);
    expect(reads).toEqual([false, true]);
    expect(run.parked).toEqual([]);
    expect([...run.delays.values()]).toEqual([30, 30, 30]);
  },
);

test.each([undefined, new Error('down')])(
  'holds the events when the secret has become %s',
  async (stored) => {
    const { readToken } = store('old', stored);
    const run = await runBatch(eventRecords(1), () => answer(40105), { readToken });
    expect(run.calls).toHaveLength(1);
    expect(run.failures).toEqual(['m-e0']);
  },
);

test('delivers to one destination when the token of another is revoked', async () => {
  const records = eventRecords(2, (n) => (n === 0 ? {} : { destination: 'shop' }));
  for (const record of records)
    record.body = record.body.replace('"destination":"default","source"', '"source"');
  const readToken: NonNullable<RunOptions['readToken']> = async (name) => `token of ${name}`;
  const run = await runBatch(records, knowing('token of shop'), { readToken });
  expect(run.failures).toEqual(['m-e0']);
});

test('does not read the secret again when the pixel lacks permission', async () => {
  const { reads, readToken } = store('old', 'new');
  const run = await runBatch(eventRecords(1), () => answer(40001), { readToken });
  expect(reads).toEqual([false]);
  expect(run.calls).toHaveLength(1);
  expect(run.failures).toEqual(['m-e0']);
});

test.each([
  [undefined, undefined],
  [new Error('throttled'), new Error('throttled')],
])('holds the events without a call when the token is %s', async (cached, stored) => {
  const { reads, readToken } = store(cached, stored);
  const run = await runBatch(eventRecords(3), () => ok, { readToken });
  expect(run.calls).toEqual([]);
  expect(reads).toEqual([false, true]);
  expect(run.parked).toEqual([]);
  expect([...run.delays.values()]).toEqual([30, 30, 30]);
});

test.each([undefined, new Error('throttled')])(
  'uses the stored token at once when the cache has %s',
  async (cached) => {
    const { readToken } = store(cached, 'new');
    expect((await runBatch(eventRecords(1), knowing('new'), { readToken })).delivered).toEqual(['e0']);
  },
);

test('spends the last of twenty further calls on a new token, and holds the events beyond it', async () => {
  const { readToken } = store('old', 'new');
  const destinations = Object.fromEntries(Array.from({ length: 21 }, (_, n) => [`pixel-${n}`, web]));
  const records = Object.keys(destinations).map((destination) =>
    sqsRecord({ body: messageBody(destination, {}, { destination }), messageId: `m-${destination}` }),
  );
  const run = await runBatch(records, knowing('new'), { readToken, destinations });
  expect(run.calls).toHaveLength(21 + 20);
  expect(run.delivered).toHaveLength(20);
  expect(run.failures).toHaveLength(1);
  expect(run.parked).toEqual([]);
});

test('gives the reason why a destination has no token', async () => {
  const reason = async (value: undefined | Error) =>
    createTokenSource(store(value, value).readToken).get('a');
  expect(await reason(undefined)).toEqual({ missing: 'no_token' });
  expect(await reason(new Error('x'))).toEqual({ missing: 'token_unavailable' });
});

test('reads the secret of each destination again once at most', async () => {
  const { reads, readToken } = store('old', 'new');
  const source = createTokenSource(readToken);
  await Promise.all([source.reread('a'), source.reread('a'), source.reread('b')]);
  expect(await source.get('a')).toEqual({ accessToken: 'new' });
  expect(reads).toEqual([true, true]);
});
