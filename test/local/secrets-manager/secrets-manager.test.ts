/** The stand-in speaks Secrets Manager's protocol: AWS's own client cannot tell the difference. */
import {
  CreateSecretCommand,
  DeleteSecretCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  ListSecretsCommand,
  PutSecretValueCommand,
  ResourceNotFoundException,
  RestoreSecretCommand,
  SecretsManagerClient,
  UpdateSecretCommand,
} from '@aws-sdk/client-secrets-manager';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  type SecretsManagerServer,
  startSecretsManager,
} from '../../../local/secrets-manager/secrets-manager.ts';

let server: SecretsManagerServer;
let client: SecretsManagerClient;

beforeEach(async () => {
  server = await startSecretsManager('us-east-1');
  client = new SecretsManagerClient({
    region: 'us-east-1',
    endpoint: server.url,
    credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
    maxAttempts: 2,
  });
});
afterEach(async () => {
  client.destroy();
  await server.stop();
});

const read = async (SecretId: string, VersionStage?: string) =>
  (await client.send(new GetSecretValueCommand({ SecretId, ...(VersionStage ? { VersionStage } : {}) })))
    .SecretString;

describe('a secret', () => {
  test('creates a secret, reads it by name, ARN and partial ARN, and describes it', async () => {
    const { ARN = '' } = await client.send(new CreateSecretCommand({ Name: 'a/b', SecretString: 'one' }));
    expect(ARN).toMatch(/^arn:aws:secretsmanager:us-east-1:000000000000:secret:a\/b-[0-9a-f]{6}$/);
    expect(await read('a/b')).toBe('one');
    expect(await read(ARN)).toBe('one');
    expect(await read(ARN.slice(0, -7))).toBe('one');
    const described = await client.send(new DescribeSecretCommand({ SecretId: 'a/b' }));
    expect(described.CreatedDate).toBeInstanceOf(Date);
    expect(Object.values(described.VersionIdsToStages ?? {})).toEqual([['AWSCURRENT']]);
  });

  test('keeps the previous value as AWSPREVIOUS', async () => {
    server.set('a', 'one');
    await client.send(new PutSecretValueCommand({ SecretId: 'a', SecretString: 'two' }));
    expect([await read('a'), await read('a', 'AWSPREVIOUS')]).toEqual(['two', 'one']);
    await client.send(new UpdateSecretCommand({ SecretId: 'a', SecretString: 'three' }));
    expect([await read('a'), await read('a', 'AWSPREVIOUS')]).toEqual(['three', 'two']);
    expect(server.get('a')).toBe('three');
  });

  test('writes a value once for the same token', async () => {
    server.set('a');
    const put = (SecretString: string) =>
      client.send(
        new PutSecretValueCommand({ SecretId: 'a', SecretString, ClientRequestToken: 't'.repeat(32) }),
      );
    const [first, second] = [await put('one'), await put('one')];
    expect(second.VersionId).toBe(first.VersionId);
    await expect(put('two')).rejects.toMatchObject({ name: 'ResourceExistsException' });
  });

  test('lists secrets by a prefix of their names, in pages', async () => {
    for (const name of ['p/1', 'p/2', 'p/3', 'q/1']) server.set(name, 'x');
    const list = (NextToken?: string) =>
      client.send(
        new ListSecretsCommand({
          Filters: [{ Key: 'name', Values: ['p/'] }],
          MaxResults: 2,
          ...(NextToken ? { NextToken } : {}),
        }),
      );
    const first = await list();
    const second = await list(first.NextToken);
    const names = [...(first.SecretList ?? []), ...(second.SecretList ?? [])].map(({ Name }) => Name);
    expect([names, second.NextToken]).toEqual([['p/1', 'p/2', 'p/3'], undefined]);
  });

  test('blocks the name of a deleted secret until it is restored or deleted for good', async () => {
    server.set('a', 'one');
    await client.send(new DeleteSecretCommand({ SecretId: 'a' }));
    await expect(read('a')).rejects.toMatchObject({ name: 'InvalidRequestException' });
    const create = () => client.send(new CreateSecretCommand({ Name: 'a', SecretString: 'two' }));
    await expect(create()).rejects.toMatchObject({ name: 'InvalidRequestException' });
    await client.send(new RestoreSecretCommand({ SecretId: 'a' }));
    expect(await read('a')).toBe('one');
    await client.send(new DeleteSecretCommand({ SecretId: 'a', ForceDeleteWithoutRecovery: true }));
    await create();
    expect(await read('a')).toBe('two');
  });
});

describe('an error', () => {
  test('answers ResourceNotFoundException for a missing and for an empty secret', async () => {
    server.set('empty');
    await expect(read('missing')).rejects.toBeInstanceOf(ResourceNotFoundException);
    await expect(read('empty')).rejects.toBeInstanceOf(ResourceNotFoundException);
    await expect(read('empty')).rejects.toThrow(/staging label: AWSCURRENT/);
    expect(server.get('empty')).toBeUndefined();
  });

  test.each([
    ['a second secret of one name', new CreateSecretCommand({ Name: 'a' }), 'ResourceExistsException'],
    [
      'an empty value',
      new PutSecretValueCommand({ SecretId: 'a', SecretString: '' }),
      'InvalidParameterException',
    ],
    [
      'a value above 64 KiB',
      new PutSecretValueCommand({ SecretId: 'a', SecretString: 'x'.repeat(65_537) }),
      'InvalidParameterException',
    ],
  ])('names the error for %s', async (_, command, name) => {
    server.set('a', 'one');
    // biome-ignore lint/suspicious/noExplicitAny: the commands of this table share no type that send() takes.
    await expect(client.send(command as any)).rejects.toMatchObject({ name });
  });

  test('fails as often as a test asks, so that the client can retry', async () => {
    server.set('a', 'one');
    server.fail({ error: 'ThrottlingException', times: 1 });
    expect(await read('a')).toBe('one');
    server.fail({ error: 'ThrottlingException' });
    await expect(read('a')).rejects.toMatchObject({ name: 'ThrottlingException' });
    server.fail({ error: 'connection reset' });
    await expect(read('a')).rejects.toThrow();
    server.heal();
    expect(await read('a')).toBe('one');
    expect(server.calls.filter((call) => call === 'GetSecretValue a')).toHaveLength(7);
  });

  test.each([
    ['no operation', 'secretsmanager.Nothing', '{}', 'UnknownOperationException'],
    ['a name of every object', 'secretsmanager.constructor', '{}', 'UnknownOperationException'],
    ['no JSON', 'secretsmanager.GetSecretValue', '{', 'SerializationException'],
    ['no secret', 'secretsmanager.GetSecretValue', '{}', 'InvalidParameterException'],
  ])('reports %s in the AWS JSON protocol', async (_, target, body, type) => {
    const response = await fetch(server.url, { method: 'POST', headers: { 'x-amz-target': target }, body });
    expect([response.status, response.headers.get('x-amzn-errortype')]).toEqual([400, type]);
    expect(await response.json()).toMatchObject({ __type: type, Message: expect.any(String) });
  });
});
