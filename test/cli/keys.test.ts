/** `keys` on a deployed stage: own keys, secrets that are long enough, and commands at the same moment. */
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sha256 } from '../../lib/privacy/sha256.ts';
import {
  type SecretsManagerServer,
  startSecretsManager,
} from '../../local/secrets-manager/secrets-manager.ts';
import { runCli } from './support/run-cli.ts';

const ingest = 'tiktok-events/prod/ingest';
let secrets: SecretsManagerServer;
let config: string;
let env: Record<string, string>;

beforeEach(async () => {
  secrets = await startSecretsManager('eu-central-1');
  secrets.set(ingest);
  config = mkdtempSync(join(tmpdir(), 'keys-test-'));
  env = {
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_ENDPOINT_URL_SECRETS_MANAGER: secrets.url,
    XDG_CONFIG_HOME: config,
  };
});
afterEach(async () => {
  rmSync(config, { recursive: true });
  await secrets.stop();
});

const keys = (args: readonly string[], input = '') =>
  runCli(['keys', ...args, '--stage', 'prod', '--yes'], { env, input });
const stored = (): { keys: { id: string }[] } => JSON.parse(secrets.get(ingest) ?? '{"keys":[]}');
const ids = () => stored().keys.map(({ id }) => id);

describe('keys commands at the same moment', () => {
  test('a revocation is not undone by an addition, and no addition is lost, however they interleave', async () => {
    for (let round = 0; round < 4; round += 1) {
      const leaked = { id: 'leaked', sha256: sha256('leaked-key'), destinations: ['*'] };
      secrets.set(ingest, { keys: [leaked] });
      const added = [0, 1, 2].map((index) => `key-${round}-${index}`);
      const runs = await Promise.all([keys(['revoke', 'leaked']), ...added.map((id) => keys(['add', id]))]);
      expect(runs.map(({ code, stderr }) => (code === 0 ? 0 : stderr))).toEqual([0, 0, 0, 0]);
      expect(ids().toSorted()).toEqual(added);
    }
  }, 120_000);
});

describe('the secret of a webhook source', () => {
  // The stage file prod has no source: a stage without a file takes any.
  const add = (secret: string) =>
    runCli(['keys', 'add', '--webhook', 'shop', '--stage', 'nofile', '--yes'], {
      env: { ...env, AWS_REGION: 'eu-central-1' },
      input: secret,
    });

  test('needs 16 characters', async () => {
    secrets.set('tiktok-events/nofile/ingest');
    const short = await add('fifteen-letters');
    expect(short).toMatchObject({ code: 2, stderr: expect.stringContaining('16 characters') });
    expect(short.stdout + short.stderr).not.toContain('fifteen-letters');
    expect(secrets.get('tiktok-events/nofile/ingest')).toBeUndefined();
    expect((await add('sixteen-letters!')).code).toBe(0);
    expect(secrets.get('tiktok-events/nofile/ingest')).toContain('sixteen-letters!');
  });
});

describe('the API token of a webhook source', () => {
  const ingestOfNofile = 'tiktok-events/nofile/ingest';
  const nofile = (args: readonly string[], input = '') =>
    runCli(['keys', ...args, '--stage', 'nofile'], { env: { ...env, AWS_REGION: 'eu-central-1' }, input });
  const addToken = (token: string) => nofile(['add', '--webhook', 'shop', '--api-token', '--yes'], token);
  const webhooks = () => JSON.parse(secrets.get(ingestOfNofile) ?? '{}').webhooks;
  const token = 'token-of-the-platform';

  beforeEach(() =>
    secrets.set(ingestOfNofile, { keys: [], webhooks: { shop: { secrets: ['sixteen-letters!'] } } }),
  );

  test('is stored beside the secrets and shown by its digest only', async () => {
    const { code, stdout, stderr } = await addToken(`${token}\n`);
    expect({ code, shown: stdout + stderr }).toMatchObject({
      code: 0,
      shown: expect.not.stringContaining(token),
    });
    expect(webhooks()).toEqual({ shop: { secrets: ['sixteen-letters!'], api_token: token } });
    const listed = JSON.parse((await nofile(['list', '--json'])).stdout);
    expect(listed.api_tokens).toEqual([{ source: 'shop', digest_end: sha256(token).slice(-4) }]);
  });

  test('is rejected when it cannot go into a header, without being repeated', async () => {
    const { code, stdout, stderr } = await addToken('two words');
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('visible ASCII') });
    expect(stdout + stderr).not.toContain('two words');
    expect(webhooks()).toEqual({ shop: { secrets: ['sixteen-letters!'] } });
  });

  test('needs a source, and cannot be generated', async () => {
    expect(await nofile(['add', '--api-token', '--yes'], token)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--api-token goes with --webhook'),
    });
    const generated = await nofile(['add', '--webhook', 'shop', '--api-token', '--generate', '--yes']);
    expect(generated).toMatchObject({ code: 2, stderr: expect.stringContaining('comes from the platform') });
  });
});

describe('a key of your own', () => {
  const file = () => join(config, 'tiktok-events', 'prod.json');
  /** A dry run of the key: `send` posts to a place where nothing listens, after it has found its key. */
  const send = (more: Record<string, string> = {}) =>
    runCli(
      [
        'send',
        '--event-name',
        'Lead',
        '--email',
        'a@example.com',
        '--stage',
        'prod',
        '--url',
        'http://127.0.0.1:1',
      ],
      { env: { ...env, ...more } },
    );

  test('is saved where only you can read it, never printed, and used by send', async () => {
    const { code, stdout, stderr } = await keys(['add', 'mine', '--save', '--json']);
    expect(code).toBe(0);
    const { id, key } = JSON.parse(readFileSync(file(), 'utf8'));
    expect([id, key]).toEqual(['mine', expect.stringMatching(/^teg_[\w-]{43}$/)]);
    expect(stdout + stderr).not.toContain(key);
    expect(JSON.parse(stdout)).toMatchObject({ id: 'mine', saved_at: file() });
    expect(stored().keys).toEqual([expect.objectContaining({ id: 'mine', sha256: sha256(key) })]);
    expect([statSync(file()).mode & 0o777, statSync(join(config, 'tiktok-events')).mode & 0o777]).toEqual([
      0o600, 0o700,
    ]);
    expect((await send()).stderr).toContain('did not accept the event');
  });

  test('is asked for when there is none: the key of another sender is never taken', async () => {
    secrets.set(ingest, { keys: [{ id: 'backend', key: 'key-of-another-sender', destinations: ['*'] }] });
    const { code, stderr } = await send();
    expect(code).toBe(3);
    expect(stderr).toContain('TIKTOK_EVENTS_KEY');
    expect(stderr).toContain('`npx --no tiktok-events keys add --stage prod --save`');
    expect(secrets.calls).toEqual([]);
    expect((await send({ TIKTOK_EVENTS_KEY: 'k' })).stderr).toContain('did not accept the event');
  });

  test.each([
    { what: 'others can read', spoil: () => chmodSync(file(), 0o640), says: 'chmod go=' },
    {
      what: 'is a link',
      spoil: () => {
        const other = join(config, 'other.json');
        writeFileSync(other, readFileSync(file()), { mode: 0o600 });
        rmSync(file());
        symlinkSync(other, file());
      },
      says: 'is a link',
    },
    {
      what: 'is a folder',
      spoil: () => {
        rmSync(file());
        mkdirSync(file(), { mode: 0o700 });
      },
      says: 'is not a file: remove it',
    },
    {
      what: 'is a pipe that nobody writes to',
      spoil: () => {
        rmSync(file());
        execFileSync('mkfifo', ['-m', '600', file()]);
      },
      says: 'is not a file: remove it',
    },
    {
      what: 'is in a folder that others can write to',
      spoil: () => chmodSync(join(config, 'tiktok-events'), 0o777),
      says: 'chmod go=',
    },
    { what: 'is not what was saved', spoil: () => writeFileSync(file(), 'canary'), says: 'remove it' },
  ])('is refused when its file $what', async ({ spoil, says }) => {
    await keys(['add', 'mine', '--save']);
    spoil();
    const { code, stderr } = await send();
    expect({ code, stderr }).toEqual({ code: 3, stderr: expect.stringContaining(says) });
    expect(stderr).not.toContain('canary');
  });

  test('is not made when the folder cannot hold it', async () => {
    writeFileSync(join(config, 'tiktok-events'), '');
    const { code } = await keys(['add', 'mine', '--save']);
    expect(code).toBe(3);
    expect(secrets.get(ingest)).toBeUndefined();
  });

  test('is refused in a folder that others can read', async () => {
    await keys(['add', 'mine', '--save']);
    chmodSync(join(config, 'tiktok-events'), 0o755);
    const { code, stderr } = await keys(['add', 'next', '--save']);
    expect({ code, stderr }).toEqual({ code: 3, stderr: expect.stringContaining('Others can read') });
    expect(ids()).toEqual(['mine']);
  });
});
