/** The Secrets Manager client against a server of its protocol: values, absence, trouble, and bounded time. */
import type { ServerResponse } from 'node:http';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { createSecretsClient } from '../../lib/secrets/secrets-manager.ts';
import { startHttpServer } from '../support/http/http-server.ts';

interface Call {
  readonly operation: string;
  readonly body: Record<string, unknown>;
}

const calls: Call[] = [];
let answer: (response: ServerResponse, call: Call) => void;
let server: Awaited<ReturnType<typeof startHttpServer>>;

const json = (response: ServerResponse, body: object, status = 200) =>
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(body));

beforeAll(async () => {
  server = await startHttpServer((request, response, body) => {
    const operation = String(request.headers['x-amz-target']).replace('secretsmanager.', '');
    const call = { operation, body: JSON.parse(body) };
    calls.push(call);
    answer(response, call);
  });
  vi.stubEnv('AWS_ENDPOINT_URL_SECRETS_MANAGER', server.url);
  vi.stubEnv('AWS_REGION', 'us-east-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await server.stop();
});
beforeEach(() => {
  calls.length = 0;
});

test('reads the id of the current version of a secret with its text', async () => {
  answer = (response) => json(response, { SecretString: 'text', VersionId: 'v1' });
  expect(await createSecretsClient().readVersion('p/ingest')).toEqual({ text: 'text', version: 'v1' });
});

test('reads the current text of a secret', async () => {
  answer = (response) => json(response, { SecretString: '{"a":1}' });
  expect(await createSecretsClient().read('p/ingest')).toBe('{"a":1}');
  expect(calls).toEqual([{ operation: 'GetSecretValue', body: { SecretId: 'p/ingest' } }]);
});

test('reads undefined from a secret that is empty or does not exist', async () => {
  answer = (response) => json(response, { __type: 'ResourceNotFoundException', message: 'no value' }, 400);
  expect(await createSecretsClient().read('p/ingest')).toBeUndefined();
});

test.each(['AccessDeniedException', 'DecryptionFailure'])(
  'throws when Secrets Manager answers %s',
  async (type) => {
    answer = (response) => json(response, { __type: type, message: 'x' }, 400);
    await expect(createSecretsClient().read('p/ingest')).rejects.toMatchObject({ name: type });
  },
);

test('tries a read twice when Secrets Manager throttles', async () => {
  answer = (response) =>
    calls.length === 1
      ? json(response, { __type: 'ThrottlingException' }, 400)
      : json(response, { SecretString: 's' });
  expect(await createSecretsClient().read('p/ingest')).toBe('s');
  expect(calls).toHaveLength(2);
});

test('ends a read within seconds when Secrets Manager does not answer', async () => {
  answer = () => {};
  const startedAt = Date.now();
  await expect(createSecretsClient().read('p/ingest')).rejects.toThrow();
  expect(Date.now() - startedAt).toBeLessThan(4_000);
});

test('writes a text as the current version with the given version id', async () => {
  answer = (response) => json(response, { VersionId: 'v' });
  expect(await createSecretsClient().claim('p/ingest', '{}', 'v'.repeat(64))).toBe(true);
  expect(calls).toEqual([
    {
      operation: 'PutSecretValue',
      body: { SecretId: 'p/ingest', SecretString: '{}', ClientRequestToken: 'v'.repeat(64) },
    },
  ]);
});

test('rejects a write whose version id has another value', async () => {
  answer = (response) => json(response, { __type: 'ResourceExistsException' }, 400);
  expect(await createSecretsClient().claim('p/ingest', '{}', 'v'.repeat(64))).toBe(false);
});

test('finds the current version of a secret without reading its value', async () => {
  const VersionIdsToStages = { v1: ['AWSPREVIOUS'], v2: ['custom', 'AWSCURRENT'] };
  answer = (response) => json(response, { VersionIdsToStages });
  expect(await createSecretsClient().currentVersion('p/ingest')).toBe('v2');
  expect(calls).toEqual([{ operation: 'DescribeSecret', body: { SecretId: 'p/ingest' } }]);
  answer = (response) => json(response, {});
  expect(await createSecretsClient().currentVersion('p/ingest')).toBeUndefined();
});
