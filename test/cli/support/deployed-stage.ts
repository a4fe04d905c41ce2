/** A deployed stage as the command line meets it: CloudFormation, CloudWatch, SQS, Secrets Manager, the API and TikTok. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startSecretsManager } from '../../../local/secrets-manager.ts';
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
    keys: [{ id: 'backend', key: 'prod-key', destinations: ['*'] }],
    webhooks: {},
  });

  const api = await listen((request, response) => {
    response.setHeader('date', new Date(Date.now() + is.clockSkewMs).toUTCString());
    const isHealth = request.url === '/v1/health';
    const isTaken = is.keyIsTaken && request.headers.authorization === 'Bearer prod-key';
    response.writeHead(isHealth ? 200 : isTaken ? 422 : 401, { 'content-type': 'application/problem+json' });
    response.end(JSON.stringify({ detail: 'd', errors: [] }));
  });
  const aws = await listen((request, response, body) => {
    if (request.headers['x-amz-target'] === 'GraniteServiceVersion20100801.GetMetricStatistics') {
      const [statistic] = JSON.parse(body).Statistics;
      const point = { Timestamp: Date.now() / 1000 - 60, [statistic]: is.metricAgeSeconds, Unit: 'Count' };
      response.setHeader('content-type', 'application/x-amz-json-1.0');
      response.end(JSON.stringify({ Label: 'm', Datapoints: [point] }));
      return;
    }
    response.setHeader('content-type', 'text/xml');
    response.statusCode = is.deployed ? 200 : 400;
    const outputs = {
      ApiUrl: api.url,
      QueueUrl: queues.queueUrl,
      DeadLetterQueueUrl: queues.deadLetterQueueUrl,
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
