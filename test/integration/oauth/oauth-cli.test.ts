/** `connect`, `disconnect` and `keys` as an operator runs them, against a running gateway. */
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sha256 } from '../../../lib/privacy/sha256.ts';
import { type Gateway, startGateway } from '../../../local/gateway.ts';
import { runCli } from '../../cli/support/run-cli.ts';
import { eventually } from '../../support/eventually.ts';
import { visit } from './oauth-stage.ts';

let gateway: Gateway;
beforeAll(async () => {
  process.env.POWERTOOLS_LOG_LEVEL = 'SILENT';
  gateway = await startGateway({ port: 0, sqsPort: 0 });
});
afterAll(() => gateway.stop());

const secretOf = (name: string) => gateway.secrets.get(`tiktok-events/local/${name}`) ?? '';
const storedAt = (name: string) => JSON.parse(secretOf(name) || 'null');

/** Standard input is empty unless given, and never a terminal. */
async function cli(args: readonly string[], input = '', environment: Readonly<Record<string, string>> = {}) {
  const env = { PORT: new URL(gateway.url).port, NO_COLOR: '1', ...environment };
  const {
    code: exitCode,
    stdout: output,
    stderr: errors,
  } = await runCli(args, {
    env,
    input,
    keepsEnvironment: true,
  });
  return { exitCode, output, errors };
}

describe('connect', () => {
  test('prints a link that connects, and keeps only the digest of its nonce', async () => {
    const { exitCode, output, errors } = await cli(['connect', '--no-wait']);
    expect([exitCode, errors]).toEqual([0, expect.stringContaining(`${gateway.url}/v1/oauth/callback`)]);
    const link = output.trim();
    const nonce = new URL(link).searchParams.get('link') ?? '';
    expect(nonce).toMatch(/^[\w-]{43}$/);
    const { digest, destination, expires_at } = storedAt('connect');
    expect([digest, destination]).toEqual([sha256(nonce), 'default']);
    expect(Math.abs(Date.parse(expires_at) - Date.now() - 600_000)).toBeLessThan(60_000);
    expect(secretOf('connect')).not.toContain(nonce);

    const { consent, cookie } = await beginAt(link);
    const callback = await approveAt(consent);
    expect((await visit(callback, cookie)).status).toBe(200);
    expect(gateway.sandbox.tokens).toContain(storedAt('destinations/default').access_token);
  });

  test('prints one JSON document for programs with connect --json', async () => {
    const { output } = await cli(['connect', '--json', '--url', 'https://events.shop.example']);
    expect(JSON.parse(output)).toEqual({
      link: expect.stringMatching(/^https:\/\/events\.shop\.example\/v1\/oauth\/start\?link=[\w-]{43}$/),
      destination: 'default',
      expires_at: storedAt('connect').expires_at,
    });
  });

  test('promise 8: stores a token from standard input with --token, and repeats it nowhere', async () => {
    const { exitCode, output, errors } = await cli(['connect', '--token'], 'token-canary\n');
    expect(exitCode).toBe(0);
    expect(output + errors).not.toContain('token-canary');
    expect(storedAt('destinations/default')).toEqual({
      access_token: 'token-canary',
      connected_at: expect.any(String),
    });
  });

  test('stores the developer app with a secret from standard input with --app', async () => {
    const before = storedAt('oauth-app');
    const { exitCode, output } = await cli(['connect', '--app', '7123456789012345678'], 'app-canary');
    expect([exitCode, output.includes('app-canary')]).toEqual([0, false]);
    expect(storedAt('oauth-app')).toEqual({ app_id: '7123456789012345678', secret: 'app-canary' });
    gateway.secrets.set('tiktok-events/local/oauth-app', before);
  });

  test.each([
    ['an unsafe destination', ['connect', '--destination', '../oauth-app'], '', 2],
    ['a token of two words', ['connect', '--token'], 'two words', 2],
    ['no token', ['connect', '--token'], '\n', 2],
    ['a token on the command line', ['connect', '--token', 'canary'], '', 2],
    ['token and app at once', ['connect', '--token', '--app', '71234'], 'x', 2],
    ['an app id that is none', ['connect', '--app', 'x'], 'x', 2],
    ['a destination that is not deployed', ['connect', '--token', '-d', 'nowhere'], 'x', 3],
  ])('changes no connection when %s', async (_, args, input, code) => {
    const calls = gateway.secrets.calls.length;
    const connected = secretOf('destinations/default');
    const { exitCode, errors } = await cli(args, input);
    expect([exitCode, errors === '']).toEqual([code, false]);
    expect(secretOf('destinations/default')).toBe(connected);
    expect(gateway.secrets.calls.slice(calls).filter((call) => call.endsWith('/connect'))).toEqual([]);
  });

  test('does not change a deployed stage without a terminal and without --yes', async () => {
    const aws = { AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'x' };
    const endpoint = {
      AWS_ENDPOINT_URL_SECRETS_MANAGER: gateway.environment.AWS_ENDPOINT_URL_SECRETS_MANAGER ?? '',
    };
    gateway.secrets.set('tiktok-events/nostage/destinations/default');
    const args = ['connect', '--token', '--stage', 'nostage'];
    const refused = await cli(args, 'token', { ...aws, ...endpoint });
    expect([refused.exitCode, refused.errors]).toEqual([2, expect.stringContaining('--yes')]);
    expect(gateway.secrets.get('tiktok-events/nostage/destinations/default')).toBeUndefined();
    expect((await cli([...args, '--yes'], 'token', { ...aws, ...endpoint })).exitCode).toBe(0);
    expect(gateway.secrets.get('tiktok-events/nostage/destinations/default')).toContain('"token"');
  });

  test('says that the gateway does not run when connect cannot reach it', async () => {
    const { exitCode, errors } = await cli(['connect'], '', { PORT: '1' });
    expect([exitCode, errors]).toEqual([3, expect.stringContaining('npm start')]);
  });
});

describe('disconnect', () => {
  const connectByOauth = async () => {
    const { output } = await cli(['connect', '--no-wait']);
    const { consent, cookie } = await beginAt(output.trim());
    await visit(await approveAt(consent), cookie);
    return storedAt('destinations/default').access_token as string;
  };

  test('promise 8: revokes the token at TikTok, and removes it from every version of the secret in use', async () => {
    const token = await connectByOauth();
    const { exitCode, output } = await cli(['disconnect', '--json']);
    expect([exitCode, JSON.parse(output)]).toEqual([
      0,
      { destination: 'default', was_connected: true, revoked: true },
    ]);
    expect(gateway.sandbox.tokens).not.toContain(token);
    const client = new SecretsManagerClient({
      endpoint: gateway.environment.AWS_ENDPOINT_URL_SECRETS_MANAGER ?? '',
      region: 'us-east-1',
    });
    for (const VersionStage of ['AWSCURRENT', 'AWSPREVIOUS']) {
      const SecretId = 'tiktok-events/local/destinations/default';
      const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId, VersionStage }));
      expect(SecretString).not.toContain(token);
    }
    const again = await cli(['disconnect', '--json']);
    expect([again.exitCode, JSON.parse(again.output)]).toMatchObject([0, { was_connected: false }]);
  });

  test('keeps the token when TikTok cannot be reached, unless you ask to remove it', async () => {
    const token = await connectByOauth();
    gateway.sandbox.faults.add([{ kind: 'status', on: 'oauth', status: 500 }]);
    const failed = await cli(['disconnect']);
    expect([failed.exitCode, storedAt('destinations/default').access_token]).toEqual([3, token]);
    expect((await cli(['disconnect', '--no-revoke'])).exitCode).toBe(0);
    gateway.sandbox.faults.clear();
    expect(storedAt('destinations/default').access_token).toBeUndefined();
    expect(gateway.sandbox.tokens).toContain(token);
  });

  test('keeps a token that somebody connected while disconnect revoked the old one', async () => {
    const token = await connectByOauth();
    gateway.sandbox.faults.add([{ kind: 'slow', on: 'oauth', ms: 3_000 }]);
    const calls = gateway.secrets.calls.length;
    const running = cli(['disconnect']);
    const isRevoking = () => gateway.secrets.calls.slice(calls).some((call) => call.endsWith('/oauth-app'));
    while (!isRevoking()) await new Promise((resolve) => setTimeout(resolve, 20));
    gateway.secrets.set('tiktok-events/local/destinations/default', { access_token: 'newer' });
    const { exitCode, errors } = await running;
    gateway.sandbox.faults.clear();
    expect([exitCode, errors]).toEqual([1, expect.stringContaining('connected again')]);
    expect(storedAt('destinations/default').access_token).toBe('newer');
    expect(gateway.sandbox.tokens).not.toContain(token);
  });

  test('says that you must delete a token from Events Manager there', async () => {
    await cli(['connect', '--token'], 'by-hand');
    const { exitCode, errors } = await cli(['disconnect']);
    expect([exitCode, errors]).toEqual([0, expect.stringContaining('Events Manager')]);
    expect(secretOf('destinations/default')).not.toContain('by-hand');
  });
});

describe('keys', () => {
  const post = (key: string) =>
    fetch(`${gateway.url}/v1/events`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: '{"event_name":"Purchase","email":"a@example.com","event_id":"1"}',
    });

  test('adds a key that works at once and that list never shows, and revokes it', async () => {
    const added = await cli(['keys', 'add', 'backend']);
    const key = added.output.trim();
    expect(key).toMatch(/^teg_[\w-]{43}$/);
    expect((await post(key)).status).toBe(202);
    const list = await cli(['keys', 'list']);
    const today = new Date().toISOString().slice(0, 10);
    expect(list.output).toMatch(new RegExp(`key +backend +${sha256(key).slice(-4)} +\\* +${today} +-\n`));
    expect(list.output).not.toContain(key);
    expect((await cli(['keys', 'revoke', 'backend'])).exitCode).toBe(0);
    expect(secretOf('ingest')).not.toContain(key);
    // The key in clear that was there before is stored as its digest from now on, also in the version before.
    const local = { id: 'local', sha256: sha256('local-api-key'), destinations: ['*'], short: true };
    expect(storedAt('ingest').keys).toEqual([local]);
    expect((await post('local-api-key')).status).toBe(202);
  });

  test('promise 8: keeps a key in clear in no version of the secret after the next change', async () => {
    gateway.secrets.set('tiktok-events/local/ingest', {
      keys: [{ id: 'local', key: 'local-api-key', destinations: ['*'], note: 'kept' }],
      webhooks: storedAt('ingest').webhooks,
    });
    await cli(['keys', 'add', 'other']);
    const client = new SecretsManagerClient({
      region: 'us-east-1',
      endpoint: gateway.environment.AWS_ENDPOINT_URL_SECRETS_MANAGER ?? '',
      credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
    });
    const previous = { SecretId: 'tiktok-events/local/ingest', VersionStage: 'AWSPREVIOUS' };
    const { SecretString } = await client.send(new GetSecretValueCommand(previous));
    expect(SecretString + secretOf('ingest')).not.toContain('local-api-key');
    expect(storedAt('ingest').keys[0]).toEqual({
      id: 'local',
      sha256: sha256('local-api-key'),
      destinations: ['*'],
      note: 'kept',
      short: true,
    });
    await cli(['keys', 'revoke', 'other']);
    client.destroy();
  });

  test('lists a key of add --expires as expired once it is', async () => {
    const { output } = await cli(['keys', 'add', 'guest', '--expires', '2999-01-31', '--json']);
    const made = JSON.parse(output);
    expect(made.expires_at).toBe('2999-01-31T00:00:00.000Z');
    const ingest = storedAt('ingest');
    const keys = ingest.keys.map((key: { id: string }) =>
      key.id === 'guest' ? { ...key, expires_at: new Date().toISOString() } : key,
    );
    gateway.secrets.set('tiktok-events/local/ingest', { ...ingest, keys });
    const list = await cli(['keys', 'list']);
    expect(list.output).toMatch(/key +guest +\w{4} +\* +\S+ +expired \d{4}-\d\d-\d\d\n/);
    const listed = JSON.parse((await cli(['keys', 'list', '--json'])).output);
    expect(listed.keys.map(({ id, expired }: { id: string; expired: boolean }) => [id, expired])).toEqual([
      ['local', false],
      ['guest', true],
    ]);
    await cli(['keys', 'revoke', 'guest']);
  });

  test.each(['90', '2026-02-31', 'tomorrow', '0d', '2020-01-01'])(
    'rejects keys add --expires %s',
    async (when) => {
      const before = secretOf('ingest');
      const { exitCode, errors } = await cli(['keys', 'add', 'x', '--expires', when]);
      expect([exitCode, errors]).toEqual([2, expect.stringContaining('Expected')]);
      expect(secretOf('ingest')).toBe(before);
    },
  );

  test('adds a key with a new id for the named destinations when none is given', async () => {
    const { output } = await cli(['keys', 'add', '--json', '--destination', 'default', 'offline']);
    const made = JSON.parse(output);
    expect(made).toEqual({
      id: `key-${sha256(made.key).slice(-4)}`,
      key: expect.any(String),
      destinations: ['default', 'offline'],
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      expires_at: null,
    });
    const { key, ...shown } = made;
    expect(storedAt('ingest').keys).toContainEqual({ ...shown, sha256: sha256(key) });
    expect(secretOf('ingest')).not.toContain(key);
    await cli(['keys', 'revoke', made.id]);
  });

  test('adds a secret of a webhook source next to the present one, and revokes one of them', async () => {
    const given = await cli(['keys', 'add', '--webhook', 'shopify'], 'webhook-canary\n');
    expect([given.exitCode, given.output.includes('webhook-canary')]).toEqual([0, false]);
    const made = await cli(['keys', 'add', '--webhook', 'standard', '--generate']);
    expect(made.output).toMatch(/^whsec_[A-Za-z0-9]{44}\n$/);
    const { shopify, standard } = storedAt('ingest').webhooks;
    expect(shopify.secrets).toEqual(['local-shopify-secret', 'webhook-canary']);
    expect(standard.secrets[1]).toBe(made.output.trim());
    const end = sha256('local-shopify-secret').slice(-4);
    expect((await cli(['keys', 'revoke', end, '--webhook', 'shopify'])).exitCode).toBe(0);
    expect(storedAt('ingest').webhooks.shopify.secrets).toEqual(['webhook-canary']);
  });

  test.each([
    ['an id that exists', ['add', 'local']],
    ['an id with spaces', ['add', 'a b']],
    ['an unknown id', ['revoke', 'nobody']],
    ['an unknown ending', ['revoke', 'zzzz', '--webhook', 'shopify']],
    ['an unknown source', ['revoke', 'zzzz', '--webhook', 'constructor']],
    ['--generate without --webhook', ['add', 'x', '--generate']],
    ['--save for the stage local', ['add', 'x', '--save']],
    ['--expires with --webhook', ['add', '--webhook', 'shopify', '--expires', '9d']],
  ])('changes no key when the arguments are wrong: %s', async (_, args) => {
    const before = secretOf('ingest');
    const { exitCode } = await cli(['keys', ...args]);
    expect([exitCode, secretOf('ingest')]).toEqual([2, before]);
  });

  test('names a malformed secret and does not overwrite it', async () => {
    const before = storedAt('ingest');
    gateway.secrets.set('tiktok-events/local/ingest', '{"keys":[{"id":"x"}]}');
    const { exitCode, errors } = await cli(['keys', 'add', 'other']);
    expect([exitCode, errors]).toEqual([1, expect.stringContaining('keys.0.sha256')]);
    expect(secretOf('ingest')).toBe('{"keys":[{"id":"x"}]}');
    gateway.secrets.set('tiktok-events/local/ingest', before);
  });
});

/** The consent page of the running gateway lies below a path of it. */
async function beginAt(link: string) {
  // These tests open more new links than the gateway reads in a second, so a link may have to wait for its turn.
  const response = await eventually(
    () => visit(link),
    ({ status }) => status === 302,
  );
  const cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  return { cookie, consent: response.headers.get('location') ?? '' };
}

async function approveAt(consent: string): Promise<string> {
  const form = new URLSearchParams(new URL(consent).searchParams);
  form.set('decision', 'approve');
  form.append('scope', '5');
  const response = await fetch(consent.split('?')[0] ?? '', {
    method: 'POST',
    body: form,
    redirect: 'manual',
  });
  return response.headers.get('location') ?? '';
}
