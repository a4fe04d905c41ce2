/** A deployed stage as the command line meets it: CloudFormation, CloudWatch, Lambda, SNS, SQS, secrets, the API, TikTok. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sha256 } from '../../../lib/privacy/sha256.ts';
import { startSecretsManager } from '../../../local/secrets-manager/secrets-manager.ts';
import { startSandbox } from '../../../local/tiktok-sandbox/sandbox.ts';
import { startQueues } from './queues.ts';

type Answer = (request: IncomingMessage, response: ServerResponse, body: string) => void;

async function listen(answer: Answer): Promise<{ url: string; server: Server }> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    answer(request, response, Buffer.concat(chunks).toString('utf8'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

const stackXml = (status: string, outputs: Readonly<Record<string, string>>): string => {
  const members = Object.entries(outputs).map(
    ([key, value]) => `<member><OutputKey>${key}</OutputKey><OutputValue>${value}</OutputValue></member>`,
  );
  return `<DescribeStacksResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><DescribeStacksResult><Stacks><member><StackName>s</StackName><CreationTime>2026-01-01T00:00:00Z</CreationTime><StackStatus>${status}</StackStatus><Outputs>${members.join('')}</Outputs></member></Stacks></DescribeStacksResult></DescribeStacksResponse>`;
};

const noStackXml =
  '<ErrorResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><Error><Type>Sender</Type><Code>ValidationError</Code><Message>Stack with id s does not exist</Message></Error></ErrorResponse>';

export const token = 'good-access-token';
export const advertiser = '7000000000000000001';
export const app = { app_id: '7000000000000000000', secret: 'app-secret' };

/** Everything is right; tests break one thing through `is`. Uses the stage file of the stage `prod`. */
export async function startDeployedStage(pixels: readonly string[]) {
  const is = {
    deployed: true,
    status: 'UPDATE_COMPLETE',
    metricAgeSeconds: 3,
    clockSkewMs: 0,
    keyIsTaken: true,
    /** Counts of the last 15 minutes. */
    metrics: { EventsHeld: 0, EventsRetried: 0, EventsDelivered: 3 } as Record<string, number>,
    mapping: 'Enabled' as string | undefined,
    concurrency: 1_000,
    subscriptions: ['arn:aws:sns:eu-central-1:111122223333:alarms:1'],
    /** Services of AWS that the credentials may not ask. */
    denied: new Set<'lambda' | 'sns' | 'cloudwatch'>(),
    /** The API takes every key. */
    isOpen: false,
    /** What the API answers to a post with events. */
    postStatus: 202,
    onEvent: (_event: { event_id: string }): void => undefined,
  };
  const queues = await startQueues();
  const sandbox = await startSandbox({
    tokens: [token],
    pixels: [...pixels],
    apps: [app],
    advertisers: [{ advertiser_id: advertiser, advertiser_name: 'Shop' }],
  });
  const secrets = await startSecretsManager('eu-central-1');
  const prefix = 'tiktok-events/prod';
  const connected = {
    access_token: token,
    advertiser_ids: [advertiser],
    connected_at: '2026-01-01T00:00:00Z',
  };
  secrets.set(`${prefix}/destinations/default`, connected);
  secrets.set(`${prefix}/oauth-app`, app);
  secrets.set(`${prefix}/ingest`, {
    keys: [{ id: 'backend', sha256: sha256('prod-key'), destinations: ['*'] }],
    webhooks: {},
  });

  const api = await listen((request, response, body) => {
    response.setHeader('date', new Date(Date.now() + is.clockSkewMs).toUTCString());
    const isHealth = request.url === '/v1/health';
    const isKnown = is.isOpen || request.headers.authorization === 'Bearer prod-key';
    const isTaken = is.keyIsTaken && isKnown;
    const posted = /"events":\[\]/.test(body) ? 422 : is.postStatus;
    const status = isHealth ? 200 : isTaken ? posted : 401;
    response.writeHead(status, {
      'content-type': 'application/problem+json',
      'apigw-requestid': 'request-1=',
    });
    if (isTaken && posted === 202 && !isHealth) is.onEvent(JSON.parse(body));
    const type = `urn:tiktok-events:problem:status_${status}`;
    response.end(JSON.stringify({ detail: 'd', type, errors: [] }));
  });
  const deny = (response: ServerResponse): void => {
    response.writeHead(400, {
      'content-type': 'application/json',
      'x-amzn-errortype': 'AccessDeniedException',
    });
    response.end('{"__type":"AccessDeniedException","message":"no"}');
  };
  const answerLambda = (request: IncomingMessage, response: ServerResponse): void => {
    if (is.denied.has('lambda')) {
      deny(response);
      return;
    }
    response.setHeader('content-type', 'application/json');
    const limit = { ConcurrentExecutions: is.concurrency, UnreservedConcurrentExecutions: is.concurrency };
    const mappings = is.mapping === undefined ? [] : [{ UUID: 'mapping-1', State: is.mapping }];
    const isSettings = request.url?.includes('account-settings') === true;
    response.end(JSON.stringify(isSettings ? { AccountLimit: limit } : { EventSourceMappings: mappings }));
  };
  const answerSns = (response: ServerResponse): void => {
    const xmlns = 'xmlns="http://sns.amazonaws.com/doc/2010-03-31/"';
    if (is.denied.has('sns')) {
      response.statusCode = 403;
      response.end(
        `<ErrorResponse ${xmlns}><Error><Type>Sender</Type><Code>AuthorizationError</Code><Message>no</Message></Error></ErrorResponse>`,
      );
      return;
    }
    const members = is.subscriptions.map(
      (arn) => `<member><SubscriptionArn>${arn}</SubscriptionArn><Protocol>email</Protocol></member>`,
    );
    response.end(
      `<ListSubscriptionsByTopicResponse ${xmlns}><ListSubscriptionsByTopicResult><Subscriptions>${members.join('')}</Subscriptions></ListSubscriptionsByTopicResult></ListSubscriptionsByTopicResponse>`,
    );
  };
  const aws = await listen((request, response, body) => {
    if (request.headers['x-amz-target'] === 'GraniteServiceVersion20100801.GetMetricStatistics') {
      if (is.denied.has('cloudwatch')) {
        deny(response);
        return;
      }
      const { Statistics, MetricName } = JSON.parse(body);
      const value = is.metrics[MetricName] ?? is.metricAgeSeconds;
      const point = { Timestamp: Date.now() / 1000 - 60, [Statistics[0]]: value, Unit: 'Count' };
      response.setHeader('content-type', 'application/x-amz-json-1.0');
      response.end(JSON.stringify({ Label: 'm', Datapoints: [point] }));
      return;
    }
    if (/^\/20\d\d-\d\d-\d\d\//.test(request.url ?? '')) {
      answerLambda(request, response);
      return;
    }
    response.setHeader('content-type', 'text/xml');
    if (body.includes('ListSubscriptionsByTopic')) {
      answerSns(response);
      return;
    }
    response.statusCode = is.deployed ? 200 : 400;
    const outputs = {
      ApiUrl: api.url,
      QueueUrl: queues.queueUrl,
      DeadLetterQueueUrl: queues.deadLetterQueueUrl,
      AlarmTopicArn: 'arn:aws:sns:eu-central-1:111122223333:tiktok-events-prod-alarms',
    };
    response.end(is.deployed ? stackXml(is.status, outputs) : noStackXml);
  });

  return {
    is,
    queues,
    sandbox,
    secrets,
    prefix,
    env: {
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_ENDPOINT_URL_CLOUDFORMATION: aws.url,
      AWS_ENDPOINT_URL_CLOUDWATCH: aws.url,
      AWS_ENDPOINT_URL_LAMBDA: aws.url,
      AWS_ENDPOINT_URL_SNS: aws.url,
      TIKTOK_EVENTS_KEY: 'prod-key',
      AWS_ENDPOINT_URL_SECRETS_MANAGER: secrets.url,
      AWS_ENDPOINT_URL_SQS: new URL(queues.queueUrl).origin,
      TIKTOK_API_URL: sandbox.url,
    },
    stop: async () => {
      for (const { server } of [api, aws]) {
        server.close();
        server.closeAllConnections();
      }
      await Promise.all([queues.stop(), sandbox.stop(), secrets.stop()]);
    },
  };
}

export type DeployedStage = Awaited<ReturnType<typeof startDeployedStage>>;
