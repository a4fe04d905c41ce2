/** Tokens and keys are read from the secrets of their stage, each cached on its own. */
import { describe, expect, it } from 'vitest';
import { createIngestSecret } from '../../../lib/secrets/ingest-secret.ts';
import { createTokenReader } from '../../../lib/secrets/token-secrets.ts';

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

describe('tokens', () => {
  it('come from the secret of their destination, each read once', async () => {
    const { reads, client } = setUp({
      'p/dev/destinations/a': '{"access_token":"ta"}',
      'p/dev/destinations/b': '{"access_token":"tb"}',
    });
    const read = createTokenReader('p/dev', client);
    expect(await Promise.all([read('a', false), read('b', false), read('a', false)])).toEqual([
      'ta',
      'tb',
      'ta',
    ]);
    expect(reads).toEqual(['p/dev/destinations/a', 'p/dev/destinations/b']);
  });

  it('are read again when asked for fresh', async () => {
    const { reads, client, values } = setUp({ 'p/destinations/a': '{"access_token":"old"}' });
    const read = createTokenReader('p', client);
    await read('a', false);
    values['p/destinations/a'] = '{"access_token":"new"}';
    expect(await read('a', false)).toBe('old');
    expect(await read('a', true)).toBe('new');
    expect(await read('a', false)).toBe('new');
    expect(reads).toHaveLength(2);
  });

  it('are undefined before anything is connected, and an error when malformed', async () => {
    const { client } = setUp({ 'p/destinations/b': '{"advertiser_ids":[]}' });
    const read = createTokenReader('p', client);
    expect(await read('a', false)).toBeUndefined();
    await expect(read('b', false)).rejects.toThrow('secret p/destinations/b: access_token is missing');
  });
});

describe('the ingest secret', () => {
  it('is read from its place and decoded', async () => {
    const { reads, client } = setUp({ 'p/ingest': '{"keys":[{"id":"a","key":"k"}]}' });
    const secret = createIngestSecret('p', client);
    expect((await secret.get()).keys).toEqual([{ id: 'a', key: 'k', destinations: ['*'] }]);
    await secret.get();
    expect(reads).toEqual(['p/ingest']);
  });
});
