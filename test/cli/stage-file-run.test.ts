/** With `--stage local` the commands see the settings of the stage file that `npm start -- --stage <name>` runs. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Gateway, startGateway } from '../../local/gateway.ts';
import { type LocalStage, ownStage } from '../../local/stage/local-stage.ts';
import { visit } from '../integration/oauth/oauth-stage.ts';
import { runCli } from './support/run-cli.ts';

const stage: LocalStage = {
  name: 'shop',
  destinations: {
    default: { pixelCode: 'PIXELDE', eventSource: 'web', currency: 'EUR' },
    app: { pixelCode: 'PIXELAPP', eventSource: 'app', currency: 'EUR' },
  },
  sources: {
    shop: { platform: 'shopify', contentId: 'sku' },
    own: {
      platform: 'standard',
      secretEncoding: 'hex',
      destination: 'app',
    },
  },
  consent: 'require',
};

let gateway: Gateway;
beforeAll(async () => {
  process.env.POWERTOOLS_LOG_LEVEL = 'SILENT';
  gateway = await startGateway({ port: 0, sqsPort: 0, stage, mapping: { windowMs: 20 } });
});
afterAll(() => gateway.stop());

const cli = (args: readonly string[], input = '') => {
  const env = { PORT: new URL(gateway.url).port, SQS_PORT: new URL(gateway.queueUrl).port, NO_COLOR: '1' };
  return runCli(args, { env, input, keepsEnvironment: true });
};

test('doctor finds every destination and source of the file healthy', async () => {
  const { code, stdout } = await cli(['doctor']);
  expect(stdout).toContain('destinations: default, app.');
  expect(stdout).toContain('token app');
  expect({ code, stdout }).toMatchObject({ code: 0 });
});

test('verify delivers a test event and posts a signed webhook to every source of the file', async () => {
  const { stdout } = await cli(['verify', '--json']);
  const { steps } = JSON.parse(stdout) as { steps: { step: string; outcome: string }[] };
  expect(steps).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ step: 'event delivered', outcome: 'ok' }),
      expect.objectContaining({ step: 'webhook shop', outcome: 'ok' }),
      expect.objectContaining({ step: 'webhook own', outcome: 'ok' }),
    ]),
  );
});

test('send rejects an event by the consent and the event source of the file', async () => {
  const event = ['--event-name', 'Purchase', '--email', 'jane@example.com', '--destination', 'app'];
  const { code, stdout } = await cli(['send', ...event, '--json']);
  expect(code).not.toBe(0);
  expect(stdout).toContain('no_consent');
  expect(stdout).toContain('app.app_id');
});

test('keys add refuses a secret that a source of the file cannot decode', async () => {
  const { code, stderr } = await cli(['keys', 'add', '--webhook', 'own'], 'not-hexadecimal-at-all!');
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr: expect.stringContaining('Nothing was stored: webhooks.own.secrets [0] is not hex'),
  });
});

test('connect connects a destination that only the file has', async () => {
  const { stdout } = await cli(['connect', '--destination', 'app', '--no-wait']);
  const start = await visit(stdout.trim());
  const consent = start.headers.get('location') ?? '';
  const form = new URLSearchParams(new URL(consent).searchParams);
  form.set('decision', 'approve');
  form.append('scope', '5');
  const approved = await fetch(consent.split('?')[0] ?? '', {
    method: 'POST',
    body: form,
    redirect: 'manual',
  });
  const cookie = start.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  const done = await visit(approved.headers.get('location') ?? '', cookie);
  expect(done.status).toBe(200);
  const stored = JSON.parse(gateway.secrets.get('tiktok-events/local/destinations/app') ?? '');
  expect(stored.access_token).toMatch(/^sandbox-/);
});

test('a token that was connected meanwhile survives the next version of the file', async () => {
  const name = 'tiktok-events/local/destinations/default';
  gateway.secrets.set(name, { access_token: 'of-the-operator' });
  const added = await gateway.useStage({
    ...stage,
    destinations: { ...stage.destinations, us: { pixelCode: 'PIXELUS', eventSource: 'web' } },
  });
  expect(added).toEqual({
    sources: [],
    destinations: [{ destination: 'us', accessToken: 'local-us-access-token' }],
  });
  expect(gateway.secrets.get(name)).toContain('of-the-operator');
  await gateway.useStage(ownStage());
});
