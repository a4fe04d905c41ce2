import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { authenticate } from '../../../../lib/http/middleware/api-key.ts';
import { createSecretCache } from '../../../../lib/secrets/secret-cache.ts';
import { decodeIngest } from '../../../../lib/secrets/secret-values.ts';
import { problemOfAsync } from '../../../support/http/problems.ts';

const nowMs = Date.UTC(2026, 10, 26, 12);
const digestOf = (key: string) => createHash('sha256').update(key).digest('hex');
const decode = (keys: readonly object[]) => decodeIngest('s', JSON.stringify({ keys }));
/** As `keys add` stores them: by digest. */
const secret = (...keys: string[]) => decode(keys.map((key) => ({ id: `id-${key}`, sha256: digestOf(key) })));

const open = (headers: Parameters<typeof authenticate>[0], cache: Parameters<typeof authenticate>[1]) =>
  authenticate(headers, cache, nowMs);

function setUp(value = secret('alpha', 'beta')) {
  const state = { value, now: 0, reads: 0, error: undefined as Error | undefined };
  const load = async () => {
    state.reads += 1;
    if (state.error) throw state.error;
    return state.value;
  };
  return { state, cache: createSecretCache({ load, now: () => state.now, staleMs: 3_600_000 }) };
}

test.each([
  [{ authorization: 'Bearer beta' }],
  [{ authorization: 'bearer   beta ' }],
  [{ 'x-api-key': 'beta' }],
  [{ 'x-api-key': ' beta ' }],
  [{ authorization: 'Bearer beta', 'x-api-key': 'beta' }],
  [{ authorization: 'Bearer beta', 'x-api-key': '' }],
])('promise 7: accepts a valid key in the headers %o', async (headers) => {
  expect((await open(headers, setUp().cache)).id).toBe('id-beta');
});

test.each([
  [{}],
  [{ authorization: '' }],
  [{ authorization: 'beta' }],
  [{ authorization: 'Basic beta' }],
  [{ authorization: 'Bearer' }],
  [{ authorization: 'Bearer ' }],
  [{ authorization: 'Bearer be ta' }],
  [{ authorization: 'Bearer beta,Bearer beta' }],
  [{ authorization: 'Bearer Beta' }],
  [{ authorization: 'Bearer bet' }],
  [{ authorization: 'Bearer betaa' }],
  [{ authorization: `Bearer ${'x'.repeat(100_000)}` }],
  [{ authorization: 'Bearer \u0000\uffff' }],
  [{ 'x-api-key': '' }],
  [{ 'x-api-key': 'gamma' }],
  [{ 'x-api-key': 'alpha,beta' }],
  [{ authorization: 'Bearer alpha', 'x-api-key': 'beta' }],
  [{ authorization: 'Basic x', 'x-api-key': 'beta' }],
])('promise 7: answers the same 401 to a request without one valid key: headers %#', async (headers) => {
  const problem = await problemOfAsync(open(headers, setUp().cache));
  expect(problem).toEqual({
    status: 401,
    code: 'unauthorized',
    detail: expect.stringContaining('Authorization: Bearer <key>'),
    headers: { 'www-authenticate': 'Bearer' },
  });
});

test('promise 7: rejects every key while the secret is empty', async () => {
  expect(await problemOfAsync(open({ 'x-api-key': 'alpha' }, setUp(secret()).cache))).toMatchObject({
    status: 401,
  });
});

test('reads no secret for a request without a key', async () => {
  const { state, cache } = setUp();
  await problemOfAsync(open({}, cache));
  expect(state.reads).toBe(0);
});

test('reads the secret again for an unknown key, at most once in 30 seconds', async () => {
  const { state, cache } = setUp();
  await open({ 'x-api-key': 'alpha' }, cache);
  state.value = secret('gamma');
  state.now = 29_999;
  expect(await problemOfAsync(open({ 'x-api-key': 'gamma' }, cache))).toMatchObject({
    status: 401,
  });
  expect(state.reads).toBe(1);
  state.now = 30_000;
  expect((await open({ 'x-api-key': 'gamma' }, cache)).id).toBe('id-gamma');
  expect(await problemOfAsync(open({ 'x-api-key': 'alpha' }, cache))).toMatchObject({
    status: 401,
  });
  expect(state.reads).toBe(2);
});

const expiring = (...keys: readonly (readonly [id: string, expiresAtMs: number])[]) =>
  setUp(
    decode(
      keys.map(([id, expiresAtMs]) => ({
        id,
        sha256: digestOf('alpha'),
        expires_at: new Date(expiresAtMs).toISOString(),
      })),
    ),
  );

test('accepts a key until the millisecond before its expiry, and rejects it from then on', async () => {
  const headers = { 'x-api-key': 'alpha' };
  expect((await open(headers, expiring(['a', nowMs + 1]).cache)).id).toBe('a');
  for (const expiresAtMs of [nowMs, nowMs - 1]) {
    const { cache } = expiring(['a', expiresAtMs]);
    expect(await problemOfAsync(open(headers, cache))).toMatchObject({ status: 401, code: 'unauthorized' });
  }
});

test('accepts a key that expired under one id but not under another', async () => {
  const { cache } = expiring(['valid', nowMs + 1], ['expired', nowMs]);
  expect((await open({ 'x-api-key': 'alpha' }, cache)).id).toBe('valid');
});

test('accepts a key without end when its expiry is null', async () => {
  const { cache } = setUp(decode([{ id: 'a', sha256: digestOf('alpha'), expires_at: null }]));
  expect((await open({ 'x-api-key': 'alpha' }, cache)).id).toBe('a');
});

test('accepts a key in clear beside one that is stored as a digest', async () => {
  const { cache } = setUp(
    decode([
      { id: 'old', key: 'clear' },
      { id: 'new', sha256: digestOf('alpha') },
    ]),
  );
  expect((await open({ 'x-api-key': 'clear' }, cache)).id).toBe('old');
  expect((await open({ 'x-api-key': 'alpha' }, cache)).id).toBe('new');
  const asKey = await problemOfAsync(open({ 'x-api-key': digestOf('alpha') }, cache));
  expect(asKey).toMatchObject({ status: 401 });
});

test('answers 503 with a pause, and keeps the reason private, while the keys cannot be read', async () => {
  const { state, cache } = setUp();
  state.error = new Error('canary');
  const problem = await problemOfAsync(open({ 'x-api-key': 'alpha' }, cache));
  expect(problem).toMatchObject({ status: 503, code: 'keys_unavailable', headers: { 'retry-after': '5' } });
  expect(JSON.stringify(problem)).not.toContain('canary');
});

test('accepts known keys while the secret cannot be read', async () => {
  const { state, cache } = setUp();
  await open({ 'x-api-key': 'alpha' }, cache);
  state.error = new Error('down');
  state.now = 3_000_000;
  expect((await open({ 'x-api-key': 'alpha' }, cache)).id).toBe('id-alpha');
  expect(await problemOfAsync(open({ 'x-api-key': 'gamma' }, cache))).toMatchObject({
    status: 401,
  });
});
