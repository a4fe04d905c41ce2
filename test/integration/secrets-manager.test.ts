/** The Secrets Manager client against a server of its protocol: values, absence, trouble, and bounded time. */
import type { ServerResponse } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createSecretsClient } from '../../lib/secrets/secrets-manager.ts';
import { startHttpServer } from '../support/http-server.ts';

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

describe('reading', () => {
  it('gives the id of the current version with its text', async () => {
    answer = (response) => json(response, { SecretString: 'text', VersionId: 'v1' });
    expect(await createSecretsClient().readVersion('p/ingest')).toEqual({ text: 'text', version: 'v1' });
  });

  it('gives the current text', async () => {
    answer = (response) => json(response, { SecretString: '{"a":1}' });
    expect(await createSecretsClient().read('p/ingest')).toBe('{"a":1}');
    expect(calls).toEqual([{ operation: 'GetSecretValue', body: { SecretId: 'p/ingest' } }]);
  });

  it('a secret that was created empty, or not at all, is undefined', async () => {
    answer = (response) => json(response, { __type: 'ResourceNotFoundException', message: 'no value' }, 400);
    expect(await createSecretsClient().read('p/ingest')).toBeUndefined();
  });

  it.each(['AccessDeniedException', 'DecryptionFailure'])('%s is an error', async (type) => {
    answer = (response) => json(response, { __type: type, message: 'x' }, 400);
    await expect(createSecretsClient().read('p/ingest')).rejects.toMatchObject({ name: type });
  });

  it('is tried twice when throttled', async () => {
    answer = (response) =>
      calls.length === 1
        ? json(response, { __type: 'ThrottlingException' }, 400)
        : json(response, { SecretString: 's' });
    expect(await createSecretsClient().read('p/ingest')).toBe('s');
    expect(calls).toHaveLength(2);
  });

  it('ends within seconds when nobody answers', async () => {
    answer = () => {};
    const startedAt = Date.now();
    await expect(createSecretsClient().read('p/ingest')).rejects.toThrow();
    expect(Date.now() - startedAt).toBeLessThan(4_000);
  });
});

describe('writing', () => {
  it('makes the text the current version, under the version id given', async () => {
    answer = (response) => json(response, { VersionId: 'v' });
    expect(await createSecretsClient().claim('p/ingest', '{}', 'v'.repeat(64))).toBe(true);
    expect(calls).toEqual([
      {
        operation: 'PutSecretValue',
        body: { SecretId: 'p/ingest', SecretString: '{}', ClientRequestToken: 'v'.repeat(64) },
      },
    ]);
  });

  it('is refused when the version id has another value', async () => {
    answer = (response) => json(response, { __type: 'ResourceExistsException' }, 400);
    expect(await createSecretsClient().claim('p/ingest', '{}', 'v'.repeat(64))).toBe(false);
  });

  it('finds the current version without reading the value', async () => {
    const VersionIdsToStages = { v1: ['AWSPREVIOUS'], v2: ['custom', 'AWSCURRENT'] };
    answer = (response) => json(response, { VersionIdsToStages });
    expect(await createSecretsClient().currentVersion('p/ingest')).toBe('v2');
    expect(calls).toEqual([{ operation: 'DescribeSecret', body: { SecretId: 'p/ingest' } }]);
    answer = (response) => json(response, {});
    expect(await createSecretsClient().currentVersion('p/ingest')).toBeUndefined();
  });
});
