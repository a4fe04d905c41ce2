/** One valid key opens, in either header; everything else is answered alike and throws nothing else. */
import { describe, expect, it } from 'vitest';
import { authenticate } from '../../../lib/http/api-keys.ts';
import { createSecretCache } from '../../../lib/secrets/secret-cache.ts';
import type { IngestSecret } from '../../../lib/secrets/secret-values.ts';
import { problemOfAsync } from '../../support/problems.ts';

const secret = (...keys: string[]): IngestSecret => ({
  keys: keys.map((key) => ({ id: `id-${key}`, key, destinations: ['*'] })),
  webhooks: {},
});

function setUp(value: IngestSecret = secret('alpha', 'beta')) {
  const state = { value, now: 0, reads: 0, error: undefined as Error | undefined };
  const load = async () => {
    state.reads += 1;
    if (state.error) throw state.error;
    return state.value;
  };
  return { state, cache: createSecretCache({ load, now: () => state.now, staleMs: 3_600_000 }) };
}

describe('a valid key', () => {
  it.each([
    [{ authorization: 'Bearer beta' }],
    [{ authorization: 'bearer   beta ' }],
    [{ 'x-api-key': 'beta' }],
    [{ 'x-api-key': ' beta ' }],
    [{ authorization: 'Bearer beta', 'x-api-key': 'beta' }],
    [{ authorization: 'Bearer beta', 'x-api-key': '' }],
  ])('%o', async (headers) => {
    expect((await authenticate(headers, setUp().cache)).id).toBe('id-beta');
  });
});

describe('anything else is refused in the same words', () => {
  it.each([
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
  ])('%#', async (headers) => {
    const problem = await problemOfAsync(authenticate(headers, setUp().cache));
    expect(problem).toEqual({
      status: 401,
      code: 'unauthorized',
      detail: expect.stringContaining('Authorization: Bearer <key>'),
      headers: { 'www-authenticate': 'Bearer' },
    });
  });

  it('an empty secret opens to nobody', async () => {
    expect(await problemOfAsync(authenticate({ 'x-api-key': 'alpha' }, setUp(secret()).cache))).toMatchObject(
      { status: 401 },
    );
  });

  it('a request without a key costs no read', async () => {
    const { state, cache } = setUp();
    await problemOfAsync(authenticate({}, cache));
    expect(state.reads).toBe(0);
  });
});

describe('an unknown key', () => {
  it('may be a new one: the secret is read again, once in 30 seconds', async () => {
    const { state, cache } = setUp();
    await authenticate({ 'x-api-key': 'alpha' }, cache);
    state.value = secret('gamma');
    state.now = 29_999;
    expect(await problemOfAsync(authenticate({ 'x-api-key': 'gamma' }, cache))).toMatchObject({
      status: 401,
    });
    expect(state.reads).toBe(1);
    state.now = 30_000;
    expect((await authenticate({ 'x-api-key': 'gamma' }, cache)).id).toBe('id-gamma');
    expect(await problemOfAsync(authenticate({ 'x-api-key': 'alpha' }, cache))).toMatchObject({
      status: 401,
    });
    expect(state.reads).toBe(2);
  });
});

describe('while the keys cannot be read', () => {
  it('a request is asked to come again, and the reason is not told', async () => {
    const { state, cache } = setUp();
    state.error = new Error('canary');
    const problem = await problemOfAsync(authenticate({ 'x-api-key': 'alpha' }, cache));
    expect(problem).toMatchObject({ status: 503, code: 'keys_unavailable', headers: { 'retry-after': '5' } });
    expect(JSON.stringify(problem)).not.toContain('canary');
  });

  it('known keys still open', async () => {
    const { state, cache } = setUp();
    await authenticate({ 'x-api-key': 'alpha' }, cache);
    state.error = new Error('down');
    state.now = 3_000_000;
    expect((await authenticate({ 'x-api-key': 'alpha' }, cache)).id).toBe('id-alpha');
    expect(await problemOfAsync(authenticate({ 'x-api-key': 'gamma' }, cache))).toMatchObject({
      status: 401,
    });
  });
});
