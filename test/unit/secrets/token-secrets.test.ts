/** Tokens and keys are read from the secrets of their stage, each cached on its own. */
import { afterEach, describe, expect, test, vi } from 'vitest';
import { createIngestSecret } from '../../../lib/secrets/ingest-secret.ts';
import { createTokenReader } from '../../../lib/secrets/token-secrets.ts';

type Client = Parameters<typeof createTokenReader>[1]['client'];

/** Without reports, and with the clock that fake timers move. */
const reading = (client: Client) => ({ client, report: () => {}, now: () => Date.now() });

function setUp(values: Record<string, string | undefined>) {
  const reads: string[] = [];
  const client = {
    read: async (name: string) => {
      reads.push(name);
      return values[name];
    },
    write: async () => {},
  };
  return { reads, client, values };
}

test('reads the token of each destination once from its secret', async () => {
  const { reads, client } = setUp({
    'p/dev/destinations/a': '{"access_token":"ta"}',
    'p/dev/destinations/b': '{"access_token":"tb"}',
  });
  const read = createTokenReader('p/dev', reading(client));
  expect(await Promise.all([read('a', false), read('b', false), read('a', false)])).toEqual([
    'ta',
    'tb',
    'ta',
  ]);
  expect(reads).toEqual(['p/dev/destinations/a', 'p/dev/destinations/b']);
});

test('promise 8: reads a token again from Secrets Manager when a fresh one is needed', async () => {
  const { reads, client, values } = setUp({ 'p/destinations/a': '{"access_token":"old"}' });
  const read = createTokenReader('p', reading(client));
  await read('a', false);
  values['p/destinations/a'] = '{"access_token":"new"}';
  expect(await read('a', false)).toBe('old');
  expect(await read('a', true)).toBe('new');
  expect(await read('a', false)).toBe('new');
  expect(reads).toHaveLength(2);
});

test('gives no token before an ad account is connected, and throws when the secret is malformed', async () => {
  const { client } = setUp({ 'p/destinations/b': '{"advertiser_ids":[]}' });
  const read = createTokenReader('p', reading(client));
  expect(await read('a', false)).toBeUndefined();
  await expect(read('b', false)).rejects.toThrow('secret p/destinations/b: access_token is missing');
});

test('reads and decodes the secret with the API keys', async () => {
  const { reads, client } = setUp({ 'p/ingest': '{"keys":[{"id":"a","key":"k"}]}' });
  const secret = createIngestSecret('p', reading(client));
  expect((await secret.get()).keys).toMatchObject([{ id: 'a', destinations: ['*'] }]);
  await secret.get();
  expect(reads).toEqual(['p/ingest']);
});

describe('while Secrets Manager fails', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  const hour = 3_600_000;
  test.each([
    [
      'a token',
      24 * hour,
      (client: Client) => createTokenReader('p', reading(client)).bind(null, 'a', false),
    ],
    ['the keys', hour, (client: Client) => createIngestSecret('p', reading(client)).get],
  ])('uses the known %s for %d ms while Secrets Manager fails, and no longer', async (_, staleMs, reader) => {
    vi.useFakeTimers({ toFake: ['Date'], now: 0 });
    const { client, values } = setUp({ 'p/destinations/a': '{"access_token":"t"}', 'p/ingest': '{}' });
    const read = reader({
      ...client,
      read: async (name) => values[name] ?? Promise.reject(new Error('down')),
    });
    const first = await read();
    for (const name of Object.keys(values)) delete values[name];
    vi.setSystemTime(staleMs);
    expect(await read()).toEqual(first);
    vi.setSystemTime(staleMs + 1_000);
    await expect(read()).rejects.toThrow('down');
  });
});
