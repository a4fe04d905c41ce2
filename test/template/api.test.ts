/** The HTTP API: its routes, its limits, and what its log must not hold. */
import { describe, expect, test } from 'vitest';
import { readStage } from '../../lib/config/read-stage.ts';
import { parseSources } from '../../lib/webhooks/source-settings.ts';
import { checkWebhookRoutes } from '../../stack/api/routes.ts';
import { choices } from '../support/webhooks/webhook-bodies.ts';
import { compiledWith, fullStageFile, stageFileWith } from './full-stage.ts';
import { packageStage, stages } from './package-stage.ts';
import { ofType, properties, resolved, type Template } from './template.ts';

const fixedRoutes = [
  'GET /v1/health',
  'GET /v1/oauth/callback',
  'GET /v1/oauth/start',
  'GET /v1/openapi.json',
  'POST /v1/events',
];

const routeKeys = (template: Template) =>
  ofType(template, 'AWS::ApiGatewayV2::Route').map(([, route]) => String(route.Properties.RouteKey));

describe.each(stages)('in stage %s', (stage) => {
  test('a stage without sources has no webhook route and no catch-all', async () => {
    expect(routeKeys(await packageStage(stage)).sort()).toEqual(fixedRoutes);
  });

  test('every route is throttled, by its own limit or the default of the stage file', async () => {
    const { throttle } = readStage(stage).api;
    const { DefaultRouteSettings, RouteSettings } = properties(await packageStage(stage), 'HttpApiStage');
    expect(DefaultRouteSettings).toMatchObject({ ThrottlingRateLimit: throttle.default.perSecond });
    expect(RouteSettings).toMatchObject({
      'POST /v1/events': {
        ThrottlingRateLimit: throttle.events.perSecond,
        ThrottlingBurstLimit: throttle.events.burst,
      },
      'GET /v1/oauth/callback': { ThrottlingRateLimit: throttle.oauth.perSecond },
    });
  });

  test('a limit is set after its route exists, otherwise API Gateway refuses it', async () => {
    const template = await packageStage(stage);
    expect(template.Resources.HttpApiStage?.DependsOn).toEqual(
      expect.arrayContaining(limitedRouteIds(template)),
    );
  });

  test('promise 5: the access log has no path, query string, header or address', async () => {
    const { AccessLogSettings } = properties(await packageStage(stage), 'HttpApiStage');
    const { Format } = AccessLogSettings as { Format: string };
    expect(Object.keys(JSON.parse(Format) as object)).toContain('requestId');
    expect(Format).not.toMatch(/path|query|sourceIp|userAgent|header|authorizer|domainName/i);
  });

  test('no web page may call the API', async () => {
    expect(properties(await packageStage(stage), 'HttpApi')).not.toHaveProperty('CorsConfiguration');
  });

  test('every log group expires', async () => {
    for (const [, group] of ofType(await packageStage(stage), 'AWS::Logs::LogGroup')) {
      expect(group.Properties.RetentionInDays).toBe(readStage(stage).logs.retentionDays);
    }
  });
});

/** Each with a name that CloudFormation spells differently. */
const manySources = [
  ['Main', 'shopify'],
  ['shop-2', 'woocommerce'],
  ['shop_3', 'stripe'],
  ['4', 'standard'],
] as const;
const ownBackend = {
  platform: 'custom',
  mapping: { event_name: 'name', email: 'email' },
  auth: { profile: 'hmac', header: 'x-signature' },
};

const stageWithSources = () =>
  stageFileWith(...manySources.map(([name, platform]) => [['sources', name], choices[platform]] as const), [
    ['sources', 'back-end'],
    ownBackend,
  ]);

describe('a stage with sources', () => {
  test('gives each source one route with the methods that its platform needs, and all of them one for a slash at the end', async () => {
    const template = await packageStage('shops', stageWithSources());
    expect(routeKeys(template).filter((key) => key.includes('webhooks'))).toEqual([
      'POST /v1/webhooks/4',
      'POST /v1/webhooks/Main',
      'POST /v1/webhooks/shop-2',
      'POST /v1/webhooks/shop_3',
      'POST /v1/webhooks/back-end',
      'GET /v1/webhooks/back-end',
      'HEAD /v1/webhooks/back-end',
      'POST /v1/webhooks/{source}/{proxy+}',
    ]);
  });

  test('throttles each route of a source on its own, once the route exists', async () => {
    const template = await packageStage('shops', stageWithSources());
    const { webhooks } = readStage('prod').api.throttle;
    const { RouteSettings } = properties(template, 'HttpApiStage') as {
      RouteSettings: Record<string, unknown>;
    };
    for (const key of routeKeys(template).filter((route) => route.includes('webhooks'))) {
      expect(RouteSettings[key]).toEqual({
        ThrottlingRateLimit: webhooks.perSecond,
        ThrottlingBurstLimit: webhooks.burst,
      });
    }
    const needed = limitedRouteIds(template);
    expect(needed).not.toContain(undefined);
    expect(template.Resources.HttpApiStage?.DependsOn).toEqual(expect.arrayContaining(needed));
  });
});

test.each([
  ['shop', 'Shop'],
  ['my_shop', 'myshop'],
  ['MY-shop', 'my-shop_'],
])(
  'sources %s and %s are refused, since CloudFormation would keep one route of the two',
  async (one, other) => {
    const source = { platform: 'shopify', contentId: 'sku' };
    await expect(compiledWith([['sources'], { [one]: source, [other]: source }])).rejects.toThrow(
      `sources.${one} and sources.${other} are too much alike`,
    );
  },
);

test('refuses sources that need more routes than one API has', () => {
  const stage = (count: number) => ({
    sources: parseSources(
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`s${index}`, ownBackend])),
    ),
  });
  expect(() => checkWebhookRoutes(stage(93), 'shops')).not.toThrow();
  expect(() => checkWebhookRoutes(stage(94), 'shops')).toThrow(
    'stages/shops.yml: the sources need 282 routes',
  );
});

test('the functions answer pages themselves, since a cors block would replace their headers', async () => {
  const template = await packageStage('full', fullStageFile());
  expect(properties(template, 'HttpApi')).not.toHaveProperty('CorsConfiguration');
  expect(properties(template, 'IngestLambdaFunction')).toMatchObject({
    Environment: { Variables: { CORS_ORIGINS: 'https://shop.example.com' } },
  });
  expect(routeKeys(template)).toContain('OPTIONS /v1/events');
});

const collectKeys = [
  'GET /v1/browser.js',
  'GET /v1/browser/{file}',
  'OPTIONS /v1/collect',
  'POST /v1/collect',
];

describe('a stage with a collector', () => {
  test('gives it four routes, each with a limit of its own', async () => {
    const template = await packageStage('full', fullStageFile());
    const keys = routeKeys(template).filter((key) => /collect|browser/.test(key));
    expect(keys.sort()).toEqual(collectKeys);
    const { RouteSettings } = properties(template, 'HttpApiStage');
    for (const key of collectKeys)
      expect(RouteSettings).toHaveProperty([key], { ThrottlingRateLimit: 100, ThrottlingBurstLimit: 200 });
    const needed = limitedRouteIds(template);
    expect(needed).not.toContain(undefined);
    expect(template.Resources.HttpApiStage?.DependsOn).toEqual(expect.arrayContaining(needed));
  });

  test('creates it after its consumer, with its own share of concurrent runs', async () => {
    const template = await packageStage('full', fullStageFile());
    const collect = template.Resources.CollectLambdaFunction;
    expect(collect?.DependsOn).toEqual(
      expect.arrayContaining(['DeliverLambdaFunction', 'DeliverEventSourceMappingSQSEventQueue']),
    );
    expect(collect?.Properties.ReservedConcurrentExecutions).toBe(30);
  });

  test('leaves no trace in a stage without one', async () => {
    const template = await packageStage('prod');
    expect(Object.keys(template.Resources).filter((id) => /collect/i.test(id))).toEqual([]);
    expect(routeKeys(template).filter((key) => /collect|browser|OPTIONS/.test(key))).toEqual([]);
  });
});

test('the outputs name the address of each part of the stack', async () => {
  const template = await packageStage('prod');
  const output = (name: string) => resolved(template.Outputs[name]?.Value, template);
  expect(output('ApiUrl')).toBe('https://HttpApi.execute-api.eu-central-1.amazonaws.com');
  expect(output('QueueUrl')).toBe('https://sqs.eu-central-1.amazonaws.com/111122223333/tiktok-events-prod');
  expect(output('QueueArn')).toBe('arn:aws:sqs:eu-central-1:111122223333:tiktok-events-prod');
  expect(output('DeadLetterQueueUrl')).toMatch(/\/tiktok-events-prod-dlq$/);
  expect(output('DashboardUrl')).toContain('dashboards/dashboard/tiktok-events-prod');
});

function limitedRouteIds(template: Template): (string | undefined)[] {
  const ids = new Map(
    ofType(template, 'AWS::ApiGatewayV2::Route').map(([id, route]) => [route.Properties.RouteKey, id]),
  );
  return Object.keys(properties(template, 'HttpApiStage').RouteSettings as object).map((key) => ids.get(key));
}

test('with an own host name the default endpoint is off, so that nobody passes by what is in front of it', async () => {
  const template = await packageStage('full', fullStageFile());
  expect(properties(template, 'HttpApi').DisableExecuteApiEndpoint).toBe(true);
  expect(properties(template, 'ApiDomainMapping')).toMatchObject({
    ApiId: { Ref: 'HttpApi' },
    DomainName: { Ref: 'ApiDomain' },
    Stage: '$default',
  });
  expect(resolved(template.Outputs.ApiUrl?.Value, template)).toBe('https://events.example.com/gateway');
  expect(resolved(template.Outputs.HttpApiUrl?.Value, template)).toBe('https://events.example.com/gateway');
});

test('without an own host name, or while senders move to it, the default endpoint stays on', async () => {
  expect(properties(await packageStage('prod'), 'HttpApi').DisableExecuteApiEndpoint).toBe(false);
  const domain = {
    name: 'events.example.com',
    certificateArn: 'arn:aws:acm:eu-central-1:111122223333:certificate/1a',
    keepDefaultEndpoint: true,
  };
  const moving = await compiledWith([['api', 'domain'], domain]);
  expect(moving.disableDefaultEndpoint).toBe(false);
  expect(moving.resources.Outputs.ApiUrl.Value).toBe('https://events.example.com');
  const proxied = await compiledWith([['api', 'publicUrl'], 'https://cdn.example.com']);
  expect(proxied.disableDefaultEndpoint).toBe(false);
  expect(proxied.resources.Outputs.ApiUrl.Value).toBe('https://cdn.example.com');
});

test('an own host name becomes the URL of the stage and has a target for DNS', async () => {
  const domain = {
    name: 'events.example.com',
    certificateArn: 'arn:aws:acm:eu-central-1:111122223333:certificate/1a',
  };
  const { resources, disableDefaultEndpoint } = await compiledWith([['api', 'domain'], domain]);
  expect(resources.Outputs.ApiUrl.Value).toBe('https://events.example.com');
  // What `osls info` shows as the address of each route.
  expect(resources.Outputs.HttpApiUrl?.Value).toBe('https://events.example.com');
  expect(disableDefaultEndpoint).toBe(true);
  expect(resources.Outputs.DomainTarget?.Value).toEqual({
    'Fn::GetAtt': ['ApiDomain', 'RegionalDomainName'],
  });
});
