/** In a bundle the SDK finds its credentials where Lambda puts them, and nowhere else. */
import { afterEach, expect, test, vi } from 'vitest';
import { defaultProvider } from '../../../scripts/function-credentials.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

test('reads AWS credentials from the environment, with the session token when there is one', async () => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'id');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
  vi.stubEnv('AWS_SESSION_TOKEN', undefined);
  expect(await defaultProvider()()).toEqual({ accessKeyId: 'id', secretAccessKey: 'secret' });
  vi.stubEnv('AWS_SESSION_TOKEN', 'token');
  expect(await defaultProvider()()).toMatchObject({ sessionToken: 'token' });
});

test.each(['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'])(
  'names what to set when %s is missing',
  async (name) => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'id');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
    vi.stubEnv(name, undefined);
    await expect(defaultProvider()()).rejects.toThrow('set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY');
  },
);
