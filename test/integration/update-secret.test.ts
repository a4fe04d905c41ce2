/** Two writers of one secret cannot undo each other: against a server that keeps versions as Secrets Manager does. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createSecretsClient, type SecretWriter } from '../../lib/secrets/secrets-manager.ts';
import { replaceSecret, SecretBusyError, updateSecret } from '../../lib/secrets/update-secret.ts';
import {
  type SecretsManagerServer,
  startSecretsManager,
} from '../../local/secrets-manager/secrets-manager.ts';

let server: SecretsManagerServer;
beforeEach(async () => {
  server = await startSecretsManager('us-east-1');
  vi.stubEnv('AWS_ENDPOINT_URL_SECRETS_MANAGER', server.url);
  vi.stubEnv('AWS_REGION', 'us-east-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await server.stop();
});

const listOf = (text: string | undefined): string[] => JSON.parse(text ?? '[]');
const append = (item: string) => (text: string | undefined) => JSON.stringify([...listOf(text), item]);

test('gives an empty secret its first value, and then a next one', async () => {
  server.set('s');
  const client = createSecretsClient();
  expect(await updateSecret(client, 's', append('a'))).toBe(true);
  expect(await updateSecret(client, 's', append('b'))).toBe(true);
  expect(listOf(server.get('s'))).toEqual(['a', 'b']);
});

test('keeps the change of every writer when eight write at once, ten times over', async () => {
  server.set('s');
  const expected: string[] = [];
  for (let round = 0; round < 10; round += 1) {
    const items = Array.from({ length: 8 }, (_, writer) => `${round}-${writer}`);
    await Promise.all(items.map((item) => updateSecret(createSecretsClient(), 's', append(item))));
    expected.push(...items);
  }
  expect(listOf(server.get('s')).toSorted()).toEqual(expected.toSorted());
});

test('repeats an edit on the value of another writer, and can then write nothing', async () => {
  server.set('s', '[]');
  const seen: (string | undefined)[] = [];
  const client = createSecretsClient();
  const isWritten = await updateSecret(client, 's', (text) => {
    seen.push(text);
    return text === '[]' ? '["late"]' : undefined;
  });
  expect({ isWritten, seen }).toEqual({ isWritten: true, seen: ['[]'] });

  server.set('s', '[]');
  seen.length = 0;
  const { version } = await client.readVersion('s');
  const racing: Pick<SecretWriter, 'readVersion' | 'claim'> = {
    readVersion: client.readVersion,
    async claim(name, value, token) {
      if (seen.length === 1) expect(await client.claim(name, '["first"]', token)).toBe(true);
      return client.claim(name, value, token);
    },
  };
  expect(
    await updateSecret(racing, 's', (text) => {
      seen.push(text);
      return text === '[]' ? '["late"]' : undefined;
    }),
  ).toBe(false);
  expect({ seen, now: server.get('s') }).toEqual({ seen: ['[]', '["first"]'], now: '["first"]' });
  expect((await client.readVersion('s')).version).not.toBe(version);
});

test('throws the error of an edit and writes nothing', async () => {
  server.set('s', '[]');
  const refusal = new Error('no');
  const edit = () => {
    throw refusal;
  };
  await expect(updateSecret(createSecretsClient(), 's', edit)).rejects.toBe(refusal);
  expect(server.calls.filter((call) => call.startsWith('Put'))).toEqual([]);
});

test('gives up an edit when other writers are always first', async () => {
  let version = 0;
  const busy = {
    readVersion: async () => ({ text: '[]', version: `v${version++}` }),
    claim: async () => false,
  };
  const pauses: number[] = [];
  const clock = { pause: async (ms: number) => void pauses.push(ms) };
  const waiting = { clock, chance: () => pauses.length / 12 };
  await expect(updateSecret(busy, 's', append('a'), waiting)).rejects.toThrow(SecretBusyError);
  expect(version).toBe(12);
  expect(pauses).toEqual(Array.from({ length: 12 }, (_, index) => (index / 12) * 200));
});

test('writes after a version that a person made current again, whose first successor exists', async () => {
  const taken = new Map<string, string>();
  const stuck = {
    readVersion: async () => ({ text: '[]', version: 'old' }),
    claim: async (_: string, value: string, token: string) => {
      if (taken.has(token)) return false;
      taken.set(token, value);
      return true;
    },
  };
  await updateSecret(stuck, 's', append('before the return'));
  await updateSecret(stuck, 's', append('after it'));
  expect([...taken.values()]).toEqual(['["before the return"]', '["after it"]']);
  for (const token of taken.keys()) expect(token).toMatch(/^[0-9a-f]{64}$/);
});

test('replaces a secret without the right to read it, and rejects an edit of the version before', async () => {
  server.set('s', '["a"]');
  const client = createSecretsClient();
  let edits = 0;
  const racing: Pick<SecretWriter, 'readVersion' | 'claim'> = {
    readVersion: client.readVersion,
    async claim(name, value, token) {
      edits += 1;
      if (edits === 1) await replaceSecret(client, name, '["replaced"]');
      return client.claim(name, value, token);
    },
  };
  await updateSecret(racing, 's', append('b'));
  expect(listOf(server.get('s'))).toEqual(['replaced', 'b']);
  const reads = server.calls.filter((call) => call.startsWith('GetSecretValue'));
  expect(reads).toHaveLength(2);
});

test('fails to replace a secret that does not exist', async () => {
  await expect(replaceSecret(createSecretsClient(), 'none', '[]')).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
});
