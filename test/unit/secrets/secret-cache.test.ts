/** A secret is read once for many, kept five minutes, and serves on while it cannot be read. */
import { expect, test } from 'vitest';
import { createSecretCache } from '../../../lib/secrets/secret-cache.ts';

const hour = 3_600_000;

/** A cache whose clock and reads are in the test's hands. */
function setUp() {
  const state = { now: 1_000_000, reads: 0, value: 'first', error: undefined as Error | undefined };
  const cache = createSecretCache({
    load: async () => {
      state.reads += 1;
      if (state.error) throw state.error;
      return state.value;
    },
    now: () => state.now,
    staleMs: hour,
  });
  return { state, cache };
}

test('reads a secret once for 100 callers at a time', async () => {
  const { state, cache } = setUp();
  const values = await Promise.all(Array.from({ length: 100 }, () => cache.get()));
  expect(new Set(values)).toEqual(new Set(['first']));
  expect(state.reads).toBe(1);
});

test('keeps a secret for five minutes and not longer', async () => {
  const { state, cache } = setUp();
  await cache.get();
  state.value = 'second';
  state.now += 299_999;
  expect(await cache.get()).toBe('first');
  state.now += 1;
  expect(await cache.get()).toBe('second');
  expect(state.reads).toBe(2);
});

test('caches the value undefined like any other', async () => {
  const cache = createSecretCache({ load: async () => undefined, now: () => 0, staleMs: hour });
  expect(await cache.get()).toBeUndefined();
});

test('gives 100 callers the error of one read, and reads again after a second at the earliest', async () => {
  const { state, cache } = setUp();
  state.error = new Error('throttled');
  const settled = await Promise.allSettled(Array.from({ length: 100 }, () => cache.get()));
  expect(settled.every(({ status }) => status === 'rejected')).toBe(true);
  state.now += 999;
  await expect(cache.get()).rejects.toThrow('throttled');
  expect(state.reads).toBe(1);
  state.now += 1;
  await expect(cache.get()).rejects.toThrow('throttled');
  expect(state.reads).toBe(2);
});

test('gives the old value while reads fail until it is stale, and then throws the error', async () => {
  const { state, cache } = setUp();
  await cache.get();
  state.error = new Error('down');
  state.now += hour;
  expect(await cache.get()).toBe('first');
  state.now += 1;
  await expect(cache.get()).rejects.toThrow('down');
});

test('tries a failing read each second until one succeeds', async () => {
  const { state, cache } = setUp();
  await cache.get();
  state.error = new Error('down');
  state.now += 300_000;
  await cache.get();
  await cache.get();
  expect(state.reads).toBe(2);
  state.error = undefined;
  state.value = 'second';
  state.now += 1_000;
  expect(await cache.get()).toBe('second');
  state.now += 299_999;
  await cache.get();
  expect(state.reads).toBe(3);
});

test('refreshes past the cache, and joins a read in progress', async () => {
  const { state, cache } = setUp();
  await cache.get();
  state.value = 'second';
  expect(await Promise.all([cache.refresh(), cache.refresh(), cache.refresh()])).toEqual([
    'second',
    'second',
    'second',
  ]);
  expect(state.reads).toBe(2);
});

test('does not refresh when the last read ended less than the minimum age ago', async () => {
  const { state, cache } = setUp();
  await cache.get();
  state.now += 29_999;
  await cache.refresh(30_000);
  expect(state.reads).toBe(1);
  state.now += 1;
  state.error = new Error('down');
  expect(await cache.refresh(30_000)).toBe('first');
  expect(state.reads).toBe(2);
  state.now += 29_999;
  await cache.refresh(30_000);
  expect(state.reads).toBe(2);
});
