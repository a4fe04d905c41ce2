/** `trigger` on deployed stages: settings of the stage file, secrets of Secrets Manager, a question, and words about what counts. */
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type * as realStageFile from '../../../lib/config/stage-file.ts';
import { startSecretsManager } from '../../../local/secrets-manager/secrets-manager.ts';
import { startAwsDouble } from '../support/aws-double.ts';
import { runCli } from '../support/run-cli.ts';
import { startTriggers, type Triggers } from './run-trigger.ts';

/** The sources and the test code of the stage `prod`, in place of those in its file. */
const stageFile = vi.hoisted(() => ({ sources: '{}', testEventCode: '' }));
vi.mock('../../../lib/config/stage-file.ts', async (original) => {
  const actual = await original<typeof realStageFile>();
  return {
    ...actual,
    readStageText: (stage: string) =>
      actual
        .readStageText(stage)
        ?.replace(/^sources: \{\}$/m, `sources: ${stageFile.sources}`)
        .replace(
          /^( +)eventSource: web$/m,
          `$&${stageFile.testEventCode && `\n$1testEventCode: ${stageFile.testEventCode}`}`,
        ),
  };
});

const shop = '{ platform: shopify, contentId: variant_id, shops: [mine.myshopify.com] }';
const paid = 'shopify:orders/paid';

let triggers: Triggers;
let env: Record<string, string>;
let stop: () => Promise<unknown>;
beforeAll(async () => {
  triggers = await startTriggers();
  const { url } = triggers.gateway;
  const aws = await startAwsDouble(
    {
      deployed: true,
      status: 'UPDATE_COMPLETE',
      metricAgeSeconds: 1,
      metrics: {},
      mapping: 'Enabled',
      concurrency: 1_000,
      subscriptions: [],
      redAlarms: [],
      denied: new Set(),
    },
    { ApiUrl: url, QueueUrl: url, DeadLetterQueueUrl: url },
  );
  const secrets = await startSecretsManager('eu-central-1');
  secrets.set('tiktok-events/prod/ingest', {
    keys: [],
    webhooks: {
      shopify: { secrets: ['an-older-secret-of-the-shop', 'local-shopify-secret'] },
      unknown: { secrets: ['local-shopify-secret'] },
      stranger: { secrets: ['not-the-secret-of-the-shop'] },
    },
  });
  env = {
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_ENDPOINT_URL_CLOUDFORMATION: aws.url,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: secrets.url,
  };
  stop = () => Promise.all([triggers.stop(), aws.stop(), secrets.stop()]);
});
afterAll(() => stop());
beforeEach(() => {
  stageFile.sources = `{ shopify: ${shop} }`;
  stageFile.testEventCode = '';
});

const prod = (...args: string[]) => runCli(['trigger', '--stage', 'prod', ...args], { env });

test('signs with the newest secret of the source, for the shop that its settings allow', async () => {
  const { code, stdout } = await prod(paid, '--yes', '--json');
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ accepted: 1, source: 'shopify' });
  const { headers } = JSON.parse((await prod(paid, '--print', '--json')).stdout);
  expect(headers).toMatchObject({ 'x-shopify-shop-domain': 'mine.myshopify.com' });
});

test('asks before it sends to a deployed stage, and says that the event counts', async () => {
  const { code, stderr } = await prod(paid, '--set', 'id=4242');
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr: expect.stringMatching(
      /^Refusing to send this webhook to stage prod, where its event counts at TikTok without/,
    ),
  });
  stageFile.testEventCode = 'TEST1';
  expect((await prod(paid)).stderr).toMatch(
    /goes to the Test Events page of Events Manager, and does not count/,
  );
  const { events } = JSON.parse((await prod(paid, '--yes', '--json')).stdout);
  await triggers.delivered(events[0].event_id);
  expect(JSON.stringify(await triggers.gateway.requests())).not.toContain('4242');
});

test('asks with the address when --url names another one than that of the stage', async () => {
  const { code, stderr } = await prod(paid, '--url', 'https://gateway.example.com');
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr: expect.stringMatching(/^Refusing to send this webhook to https:\/\/gateway\.example\.com, where/),
  });
});

test('says after sending whether the event counts, and where it shows', async () => {
  const { stdout } = await prod(paid, '--yes');
  expect(stdout).toMatch(
    /On stage prod, its event counts at TikTok\. `npx --no tiktok-events dead-letters list --stage prod`/,
  );
});

test('does not ask when the source is a dry run', async () => {
  stageFile.sources = `{ shopify: ${shop.replace(' }', ', dryRun: true }')} }`;
  expect((await prod(paid)).code).toBe(0);
});

test('chooses the only source of the platform, or the one that --source names', async () => {
  stageFile.sources = `{ shop: ${shop} }`;
  const printed = async (...args: string[]) => {
    const { stdout, stderr } = await prod(paid, '--print', '--json', ...args);
    const { url, error } = JSON.parse(stdout);
    return error?.message ?? url ?? stderr;
  };
  expect(await printed()).toMatch(
    /no secret for the source shop: store it with `npx --no tiktok-events keys add/,
  );
  stageFile.sources = `{ unknown: ${shop} }`;
  expect(await printed()).toMatch(/\/v1\/webhooks\/unknown$/);
  stageFile.sources = `{ unknown: ${shop}, shopify: ${shop} }`;
  expect(await printed()).toMatch(/\/v1\/webhooks\/shopify$/);
  expect(await printed('--source', 'unknown')).toMatch(/\/v1\/webhooks\/unknown$/);
  stageFile.sources = `{ unknown: ${shop}, stranger: ${shop} }`;
  expect(await printed()).toMatch(
    /several sources of the platform shopify in stages\/prod\.yml.*unknown, stranger\.$/,
  );
  stageFile.sources = '{}';
  expect(await printed()).toMatch(
    /no source of the platform shopify in stages\/prod\.yml\. It has no sources\.$/,
  );
});

test('says that a source is not deployed', async () => {
  stageFile.sources = `{ unknown: ${shop} }`;
  const { code, stderr } = await prod(paid, '--yes');
  expect({ code, stderr }).toEqual({
    code: 3,
    stderr: expect.stringMatching(/^HTTP 404: no source of this name.* Deploy the stage after/),
  });
});

test('says where the right secret is found when the signature is wrong', async () => {
  const { code, stderr } = await runCli(['trigger', '--stage', 'prod', paid, '--yes', '--secret-stdin'], {
    env,
    input: 'the-secret-of-another-shop',
  });
  expect({ code, stderr }).toEqual({
    code: 3,
    stderr: expect.stringMatching(/rejected the signature \(401\)\. .*app's client secret/),
  });
  expect(stderr).not.toContain('the-secret-of-another-shop');
});

test('names an address that is of no stage, and does not say that a stage has it', async () => {
  const args = ['trigger', paid, '--url', 'https://gateway.example.com', '--secret-stdin'];
  const { code, stderr } = await runCli(args, { input: 'a-secret-of-another-gateway' });
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr: expect.stringMatching(/^Refusing to send this webhook to https:\/\/gateway\.example\.com, where/),
  });
});

describe('an order that the gateway reads from the API of its platform', () => {
  const bigcommerce = '{ platform: bigcommerce, storeHash: mystore, contentId: sku }';
  const print = async (...args: string[]) => {
    stageFile.sources = `{ unknown: ${bigcommerce} }`;
    const { code, stdout, stderr } = await prod(
      'bigcommerce:store/order/statusUpdated',
      '--print',
      '--json',
      ...args,
    );
    return { code, stderr, ...JSON.parse(stdout) };
  };

  test('must be one that the store has', async () => {
    const { code, stderr } = await print();
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringMatching(/--set id=<its id>/) });
  });

  test('is named in a webhook of the store', async () => {
    const { body, before, headers } = await print('--set', 'id=250', '--set', 'data.status.new_status_id=7');
    expect(JSON.parse(body)).toMatchObject({
      scope: 'store/order/statusUpdated',
      producer: 'stores/mystore',
      data: { type: 'order', id: 250, status: { previous_status_id: 0, new_status_id: 7 } },
    });
    expect(before).toBeUndefined();
    expect(headers).toMatchObject({ 'webhook-signature': expect.stringMatching(/^v1,/) });
  });

  test('cannot be changed', async () => {
    const { code, stderr } = await print(
      '--set',
      'id=250',
      '--set',
      'email=a@example.com',
      '--set',
      'order.status_id=7',
    );
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringMatching(/^--set email, order: .*Only id, placed, paid/),
    });
  });
});

test.each([
  ['header: x-token', "-H 'x-token: YOUR_TOKEN'"],
  ['query: token', '/v1/webhooks/unknown?token=YOUR_TOKEN'],
  ['body: key', '"key":"YOUR_TOKEN"'],
])('does not print a token that is itself the proof of a deployed stage: %s', async (place, shown) => {
  stageFile.sources = `{ unknown: { platform: custom, mapping: { event_name: "'Lead'" }, auth: { profile: static-token, ${place} } } }`;
  const args = ['trigger', '--stage', 'prod', 'custom:unknown', '--body', '-', '--print'];
  for (const address of [[], ['--url', triggers.gateway.url]]) {
    const { stdout } = await runCli([...args, ...address], { env, input: '{}' });
    expect(stdout).toContain(shown);
    expect(stdout).not.toContain('local-shopify-secret');
  }
});
