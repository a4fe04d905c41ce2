/** Each function gets exactly the environment that its code reads, and the platform that it was built for. */
import { describe, expect, test } from 'vitest';
import { deliverSettings, ingestSettings, oauthSettings } from '../../lib/config/environment.ts';
import { originDigests } from '../../lib/config/origin-digests.ts';
import { parseStage, readStage } from '../../lib/config/read-stage.ts';
import { webhookSettings } from '../../lib/config/webhook-settings.ts';
import { environments, settingsFiles } from '../../stack/environment.ts';
import {
  compiledWith,
  fullStageFile,
  originSecretSha256,
  type Setting,
  stageFileWith,
} from './full-stage.ts';
import { packageStage, stages } from './package-stage.ts';
import { ofType, properties, resolved, type Template } from './template.ts';

const common = ['POWERTOOLS_LOG_LEVEL', 'POWERTOOLS_METRICS_NAMESPACE', 'POWERTOOLS_SERVICE_NAME', 'STAGE'];
const variables = {
  Ingest: ['DESTINATIONS', 'QUEUE_URL', 'SECRETS_PREFIX'],
  Webhook: ['DESTINATIONS', 'QUEUE_URL', 'SECRETS_PREFIX', 'SOURCES'],
  Deliver: [
    'DEAD_LETTER_QUEUE_URL',
    'DELIVERY',
    'DESTINATIONS',
    'QUEUE_URL',
    'SECRETS_PREFIX',
    'TIKTOK_API_URL',
  ],
  Oauth: ['DESTINATIONS', 'SECRETS_PREFIX', 'TIKTOK_API_URL'],
  Meta: [],
} as const;

describe.each(stages)('in stage %s', (stage) => {
  test.each(Object.entries(variables))(
    '%s has the variables that it reads, and no other',
    async (name, own) => {
      const environment = environmentOf(await packageStage(stage), name);
      expect(Object.keys(environment).sort()).toEqual([...common, ...own].sort());
      expect(environment).toMatchObject({ STAGE: stage, POWERTOOLS_SERVICE_NAME: 'tiktok-events' });
    },
  );

  test('the functions accept their environment and read from it what the stage file says', async () => {
    const template = await packageStage(stage);
    const { destinations, delivery } = readStage(stage);
    expect(ingestSettings(environmentOf(template, 'Ingest'))).toMatchObject({ stage, destinations });
    expect(webhookSettings(environmentOf(template, 'Webhook'))).toMatchObject({ stage, sources: {} });
    expect(oauthSettings(environmentOf(template, 'Oauth'))).toMatchObject({ stage, destinations });
    expect(deliverSettings(environmentOf(template, 'Deliver'))).toMatchObject({
      destinations,
      delivery: { retryStepsSeconds: delivery.retryStepsSeconds, maxReceiveCount: delivery.maxReceiveCount },
      tiktokApiUrl: 'https://business-api.tiktok.com',
      deadLetterQueueUrl: expect.stringMatching(new RegExp(`/tiktok-events-${stage}-dlq$`)),
    });
  });

  test('every function runs on Node 24 on arm64 from its own bundle', async () => {
    for (const [id, lambda] of ofType(await packageStage(stage), 'AWS::Lambda::Function')) {
      expect(lambda.Properties).toMatchObject({
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        Handler: 'index.handler',
        Role: { 'Fn::GetAtt': [id.replace('LambdaFunction', 'Role'), 'Arn'] },
      });
      expect(JSON.stringify(lambda.Properties.Code)).toContain(
        `${id.replace('LambdaFunction', '').toLowerCase()}.zip`,
      );
    }
  });

  test('Lambda does not filter away the lines that carry metrics', async () => {
    for (const [, lambda] of ofType(await packageStage(stage), 'AWS::Lambda::Function')) {
      expect(lambda.Properties.LoggingConfig).toMatchObject({
        LogFormat: 'JSON',
        ApplicationLogLevel: expect.stringMatching(/^(DEBUG|INFO)$/),
      });
    }
  });

  test('promise 8: no secret has a value in the template', async () => {
    const secrets = ofType(await packageStage(stage), 'AWS::SecretsManager::Secret');
    expect(secrets.map(([, { Properties }]) => Properties.Name).sort()).toEqual([
      `tiktok-events/${stage}/connect`,
      `tiktok-events/${stage}/destinations/default`,
      `tiktok-events/${stage}/ingest`,
      `tiktok-events/${stage}/oauth-app`,
    ]);
    for (const [, { Properties }] of secrets) {
      expect(Object.keys(Properties).sort()).toEqual(['Description', 'Name']);
    }
  });
});

test('every destination has a secret of its own', async () => {
  const secrets = ofType(await packageStage('full', fullStageFile()), 'AWS::SecretsManager::Secret');
  expect(secrets.map(([, { Properties }]) => Properties.Name)).toContain(
    'tiktok-events/full/destinations/second-shop',
  );
});

test('few calls a second and many destinations allow few consumers', async () => {
  const { deliver } = await compiledWith(
    [['delivery', 'maximumConcurrency'], 20],
    [['delivery', 'tiktokCallsPerSecond'], 100],
    [['destinations', 'second'], { pixelCode: 'SECOND' }],
  );
  expect(deliver.maximumConcurrency).toBe(5);
});

test('beyond four destinations a consumer makes no more calls at once, and as many may run', async () => {
  const more = ['b', 'c', 'd', 'e', 'f'].map(
    (name) => [['destinations', name], { pixelCode: name.toUpperCase() }] as const,
  );
  const pace = [['delivery', 'tiktokCallsPerSecond'], 160] as const;
  expect((await compiledWith(pace, ...more.slice(0, 3))).deliver.maximumConcurrency).toBe(4);
  expect((await compiledWith(pace, ...more)).deliver.maximumConcurrency).toBe(4);
});

test.each(stages)(
  'deliver of stage %s leaves half of a new account to ingest and webhook; prod carries 1,000 events a second',
  async (stage) => {
    const { ScalingConfig } = properties(await packageStage(stage), 'DeliverEventSourceMappingSQSEventQueue');
    const most = stage === 'prod' ? 20 : 5;
    expect((ScalingConfig as { MaximumConcurrency: number }).MaximumConcurrency).toBeLessThanOrEqual(most);
  },
);

test('concurrency is reserved for the functions that receive where the stage file says so, and never for deliver', async () => {
  const reservedIn = async (template: Template) =>
    ofType(template, 'AWS::Lambda::Function').flatMap(([id, { Properties }]) =>
      'ReservedConcurrentExecutions' in Properties ? [[id, Properties.ReservedConcurrentExecutions]] : [],
    );
  expect(await reservedIn(await packageStage('prod'))).toEqual([]);
  expect(await reservedIn(await packageStage('full', fullStageFile()))).toEqual([
    ['IngestLambdaFunction', 50],
    ['WebhookLambdaFunction', 40],
    ['CollectLambdaFunction', 30],
  ]);
  const forDeliver = stageFileWith([['reservedConcurrency'], { deliver: 10 }]);
  expect(() => parseStage(forDeliver, 'stages/x.yml')).toThrow(
    'reservedConcurrency.deliver is not a setting',
  );
});

test('the digests of the origin secret reach every HTTP function, and no other', async () => {
  const template = await packageStage('full', fullStageFile());
  const withDigests = Object.keys(variables).filter(
    (name) => environmentOf(template, name).ORIGIN_SECRET_SHA256 === originSecretSha256.join(),
  );
  expect(withDigests).toEqual(['Ingest', 'Webhook', 'Oauth', 'Meta']);
  expect(environmentOf(template, 'Deliver')).not.toHaveProperty('ORIGIN_SECRET_SHA256');
  expect(originDigests(environmentOf(template, 'Meta'))).toEqual(originSecretSha256);
});

test('a wrong setting stops packaging, and is named once, without a stack trace', async () => {
  const packaged = packageStage('broken', stageFileWith([['delivery', 'maximumConcurency'], 3]));
  const output = await packaged.then(String, (error: Error) => error.message);
  expect(output.match(/did you mean maximumConcurrency\?/g)).toHaveLength(1);
  expect(output).not.toContain('    at ');
});

test('sources travel as they are written, and the webhook function reads them with their defaults', async () => {
  const template = await packageStage('full', fullStageFile());
  const environment = environmentOf(template, 'Webhook');
  expect(JSON.parse(environment.SOURCES ?? '')).toEqual({ shop: { platform: 'shopify', contentId: 'sku' } });
  expect(webhookSettings(environment).sources.shop).toMatchObject({ destination: 'default', money: 'shop' });
});

test('a broken mapping stops packaging and names the source', async () => {
  const source = { platform: 'custom', auth: { profile: 'standard-webhooks' }, mapping: { event_name: '[' } };
  await expect(compiledWith([['sources', 'crm'], source])).rejects.toThrow('sources.crm');
});

test('the functions that accept and deliver events know what consent means, and no other function does', async () => {
  const template = await packageStage('full', stageFileWith([['api', 'consent'], 'limit']));
  expect(environmentOf(template, 'Ingest').CONSENT).toBe('limit');
  expect(environmentOf(template, 'Deliver').CONSENT).toBe('limit');
  expect(environmentOf(template, 'Webhook')).not.toHaveProperty('CONSENT');
  await expect(compiledWith([['api', 'consent'], 'maybe'])).rejects.toThrow('api.consent');
});

test('a proxy before the API gives the URL to which TikTok sends people back', async () => {
  const template = await packageStage('full', fullStageFile());
  expect(environmentOf(template, 'Oauth').PUBLIC_URL).toBe('https://events.example.com/gateway');
});

test('settings that are too long for the environment of a function are in its settings file', () => {
  const long = (count: number, setting: (index: number) => object) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`shop-${index}`, setting(index)]));
  const stage = (...settings: readonly Setting[]) =>
    parseStage(stageFileWith(...settings), 'stages/long.yml');
  const destinations = { default: { pixelCode: 'C0', eventSource: 'web' as const } };

  const sources = long(100, () => ({ platform: 'shopify', contentId: 'variant_id' }));
  const manySources = stage([['destinations'], destinations], [['sources'], sources]);
  const files = settingsFiles(manySources, 'long');
  expect([...files.keys()]).toEqual(['webhook']);
  expect(JSON.parse(files.get('webhook') ?? '')).toEqual({ SOURCES: JSON.stringify(sources) });
  const { webhook } = environments(manySources, 'long');
  expect(webhook).toMatchObject({ SETTINGS_FILE: 'settings.json', DESTINATIONS: expect.any(String) });
  expect(webhook).not.toHaveProperty('SOURCES');

  const pixels = { ...destinations, ...long(150, (index) => ({ pixelCode: `PIXEL${index}` })) };
  const manyPixels = settingsFiles(stage([['destinations'], pixels]), 'long');
  expect([...manyPixels.keys()]).toEqual(['ingest', 'webhook', 'deliver', 'oauth']);
  expect(JSON.parse(manyPixels.get('deliver') ?? '')).toEqual({ DESTINATIONS: expect.any(String) });

  expect(settingsFiles(stage(), 'long').size).toBe(0);
});

function environmentOf(template: Template, name: string): Record<string, string> {
  const { Environment } = properties(template, `${name}LambdaFunction`);
  return resolved((Environment as { Variables: unknown }).Variables, template) as Record<string, string>;
}
