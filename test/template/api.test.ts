/** The HTTP API: its routes, its limits, and what its log must not hold. */
import { describe, expect, test } from 'vitest';
import { readStage } from '../../lib/config/read-stage.ts';
import { compiledWith, fullStageFile } from './full-stage.ts';
import { packageStage, stages } from './package-stage.ts';
import { ofType, properties, resolved } from './template.ts';

const routes = [
  'GET /v1/health',
  'GET /v1/oauth/callback',
  'GET /v1/oauth/start',
  'GET /v1/openapi.json',
  'GET /v1/webhooks/{source}',
  'HEAD /v1/webhooks/{source}',
  'POST /v1/events',
  'POST /v1/webhooks/{source}',
];

describe.each(stages)('in stage %s', (stage) => {
  test('there are these routes and no catch-all', async () => {
    const found = ofType(await packageStage(stage), 'AWS::ApiGatewayV2::Route');
    expect(found.map(([, route]) => route.Properties.RouteKey).sort()).toEqual(routes);
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
      'POST /v1/webhooks/{source}': { ThrottlingRateLimit: throttle.webhooks.perSecond },
      'GET /v1/oauth/callback': { ThrottlingRateLimit: throttle.oauth.perSecond },
    });
  });

  test('a limit is set after its route exists, otherwise API Gateway refuses it', async () => {
    const template = await packageStage(stage);
    const ids = ofType(template, 'AWS::ApiGatewayV2::Route').map(([id, route]) => [
      route.Properties.RouteKey,
      id,
    ]);
    const limited = Object.keys(properties(template, 'HttpApiStage').RouteSettings as object);
    const needed = limited.map((key) => ids.find(([route]) => route === key)?.[1]);
    expect(template.Resources.HttpApiStage?.DependsOn).toEqual(expect.arrayContaining(needed));
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

test('origins of the stage file may call the API, without credentials and by their exact names', async () => {
  const { CorsConfiguration } = properties(await packageStage('full', fullStageFile()), 'HttpApi');
  expect(CorsConfiguration).toMatchObject({
    AllowOrigins: ['https://shop.example.com'],
    AllowMethods: ['POST'],
  });
  expect(CorsConfiguration).not.toHaveProperty('AllowCredentials');
});

test('the outputs tell where everything is', async () => {
  const template = await packageStage('prod');
  const output = (name: string) => resolved(template.Outputs[name]?.Value, template);
  expect(output('ApiUrl')).toBe('https://HttpApi.execute-api.eu-central-1.amazonaws.com');
  expect(output('QueueUrl')).toBe('https://sqs.eu-central-1.amazonaws.com/111122223333/tiktok-events-prod');
  expect(output('QueueArn')).toBe('arn:aws:sqs:eu-central-1:111122223333:tiktok-events-prod');
  expect(output('DeadLetterQueueUrl')).toMatch(/\/tiktok-events-prod-dlq$/);
  expect(output('DashboardUrl')).toContain('dashboards/dashboard/tiktok-events-prod');
});

test('an own host name becomes the URL of the stage and has a target for DNS', async () => {
  const domain = {
    name: 'events.example.com',
    certificateArn: 'arn:aws:acm:eu-central-1:111122223333:certificate/1a',
  };
  const { resources } = await compiledWith([['api', 'domain'], domain]);
  expect(resources.Outputs.ApiUrl.Value).toBe('https://events.example.com');
  expect(resources.Outputs.DomainTarget?.Value).toEqual({
    'Fn::GetAtt': ['ApiDomain', 'RegionalDomainName'],
  });
});
