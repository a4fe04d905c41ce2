/** `npm start -- --stage <name>` runs the settings of a stage file against the sandbox, and says what it needs. */
import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { closeServer, listenOnLoopback } from '../../../local/loopback-server.ts';
import { eventually } from '../../support/eventually.ts';
import { spawnGateway } from '../../support/gateway/gateway-process.ts';
import { createStageProject } from '../../support/gateway/stage-project.ts';
import { orders, type StageRun, startStage } from './stage-run.ts';

const project = createStageProject();
let calls = 0;
/** Plays TikTok at the address of a destination: a local run must never call it. */
const elsewhere = createServer((_, response) => {
  calls += 1;
  response.end('{}');
});
let run: StageRun;

beforeAll(async () => {
  const tiktokApiUrl = await listenOnLoopback(elsewhere, 0);
  project.write('shop', {
    destinations: {
      eu: { pixelCode: 'PIXELEU', currency: 'EUR', testEventCode: 'TEST1', tiktokApiUrl },
      us: { pixelCode: 'YOUR_US_PIXEL', eventSource: 'offline', currency: 'USD' },
    },
    sources: {
      orders: { ...orders(), destination: 'eu' },
      shop: { platform: 'shopify', destination: 'us', contentId: 'sku' },
      app: { platform: 'standard', destination: 'eu', secretEncoding: 'hex' },
      store: { platform: 'bigcommerce', destination: 'eu', storeHash: 'abc123', contentId: 'sku' },
    },
    'api.consent': 'require',
    'delivery.tiktokApiUrl': 'https://business-api.us.tiktok.com',
  });
  run = await startStage(project, ['--host', 'my.tunnel.dev']);
});
afterAll(async () => {
  await run.stop();
  project.remove();
  await closeServer(elsewhere);
});

test('says in the ready line which file runs, with a curl that works without a warning', async () => {
  expect(run.readyLine).toContain(`Ready at ${run.url} with the settings of stages/shop.yml (open it`);
  const command = run.readyLine.slice(run.readyLine.indexOf('curl '));
  const { stdout } = await promisify(execFile)('sh', ['-c', command]);
  expect(JSON.parse(stdout)).toMatchObject({ accepted: 1, events: [{ warnings: [] }] });
});

test('prints the secret of each source in the form that the source needs', () => {
  expect(run.output()).toContain(
    [
      'Local secrets of stages/shop.yml:',
      '  API key: local-api-key',
      `  source orders: ${run.url}/v1/webhooks/orders, secret local-orders-secret`,
      `  source shop: ${run.url}/v1/webhooks/shop, secret local-shop-secret`,
      `  source app: ${run.url}/v1/webhooks/app, secret ${Buffer.from('local-app-webhooks-secret').toString('hex')}`,
      `  source store: ${run.url}/v1/webhooks/store, secret local-store-secret, API token local-store-api-token`,
      '  destination eu: access token local-eu-access-token',
      '  destination us: access token local-us-access-token',
      '',
    ].join('\n'),
  );
});

test('warns of a placeholder and runs', () => {
  expect(run.output()).toContain(
    'stages/shop.yml: destinations.us.pixelCode is a placeholder: replace it with your own value before a deployment.\n',
  );
});

test('delivers a webhook of a mapped source with the pixel, token and test event code of its destination', async () => {
  expect((await run.order('own-1')).status).toBe(200);
  const { request, event } = await run.delivered('own-1');
  expect(request).toMatchObject({
    code: 0,
    headers: { 'access-token': '***oken' },
    body: { event_source: 'web', event_source_id: 'PIXELEU', test_event_code: 'TEST1' },
  });
  expect(event).toMatchObject({ event: 'Purchase', properties: { value: 20, currency: 'EUR' } });
});

test('delivers a webhook of Shopify with a placeholder as its pixel', async () => {
  expect((await run.shopifyOrder('shop', 'local-shop-secret')).status).toBe(200);
  const requests = await eventually(run.requests, (seen) =>
    seen.some(({ body }) => body.event_source_id === 'YOUR_US_PIXEL'),
  );
  expect(requests.find(({ body }) => body.event_source_id === 'YOUR_US_PIXEL')).toMatchObject({
    code: 0,
    body: { event_source: 'offline', data: [{ event: 'Purchase' }] },
  });
});

test('never sends to the address of a destination or of the stage', async () => {
  await run.order('own-2');
  await run.delivered('own-2');
  expect(calls).toBe(0);
  expect((await run.requests()).every(({ code }) => code === 0)).toBe(true);
});

test('applies the consent of the stage', async () => {
  const event = { event_name: 'Purchase', email: 'jane@example.com', destination: 'eu' };
  const headers = { authorization: 'Bearer local-api-key' };
  const answer = await run.post('/v1/events', JSON.stringify(event), headers);
  expect(JSON.stringify(await answer.json())).toContain('no_consent');
});

test('has no route for the sources of the stage local', async () => {
  expect((await run.order('none', 'woocommerce')).status).toBe(404);
});

test('lets the tunnel named by --host reach the webhooks of the file', async () => {
  const statusOf = async (path: string) => {
    const options = [
      '-s',
      '-o',
      '/dev/null',
      '-w',
      '%{http_code}',
      '-X',
      'POST',
      '-H',
      'Host: my.tunnel.dev',
    ];
    return (await promisify(execFile)('curl', [...options, run.url + path])).stdout;
  };
  expect(await statusOf('/v1/webhooks/shop')).toBe('401');
  expect(await statusOf('/v1/events')).toBe('403');
});

test('says at /_sandbox/info which file runs, with the settings of its sources and no secret', async () => {
  const info = await run.json('/_sandbox/info');
  expect(info).toMatchObject({
    stage: 'shop',
    consent: 'require',
    sources: {
      orders: { ...orders(), destination: 'eu' },
      shop: { platform: 'shopify', destination: 'us', contentId: 'sku' },
    },
    destinations: { eu: { pixelCode: 'PIXELEU' }, us: { eventSource: 'offline' } },
    queueUrl: expect.stringMatching(/\/tiktok-events-local$/),
  });
  expect(JSON.stringify(info)).not.toMatch(/local-\w+-(secret|api-token|access-token)|tiktok\.com/);
});

describe('npm start -- --stage ends with 1 and one message', () => {
  const outputOf = async (stage: string) => {
    const ended = spawnGateway({}, ['--stage', stage], project.gatewayFile);
    expect(await ended.ended).toBe(1);
    return ended.output();
  };

  test('for a stage without a file', async () => {
    expect(await outputOf('qa')).toBe('there is no stages/qa.yml: copy stages/prod.yml to make this stage\n');
  });

  test('for a name that is none of a stage', async () => {
    expect(await outputOf('../shop')).toMatch(/^a stage name has 1 to 32 lower-case letters[^\n]*\n$/);
  });

  test('for a file that is not YAML', async () => {
    project.writeText('broken', 'region: eu-central-1\napi: [\n');
    expect(await outputOf('broken')).toMatch(/^stages\/broken\.yml, line \d: not valid YAML: .+\n$/);
  });

  test('for a wrong setting, by name and without its value', async () => {
    project.write('broken', { sources: { shop: { platform: 'shopify', contentId: 'colour' } } });
    const output = await outputOf('broken');
    expect(output).toMatch(/^stages\/broken\.yml cannot be used:\n {2}- sources\.shop\.contentId[^\n]*\n$/);
    expect(output).not.toContain('colour');
  });

  test('for a mapping that does not compile', async () => {
    project.write('broken', { sources: { orders: orders({ value: 'total[' }) } });
    expect(await outputOf('broken')).toMatch(
      /^stages\/broken\.yml cannot be used:\n {2}- sources\.orders\.mapping\.value [^\n]*\n$/,
    );
  });
});
