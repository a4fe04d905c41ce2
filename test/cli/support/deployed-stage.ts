/** A deployed stage as the command line sees it: AWS, the queues, the secrets, the API and TikTok. */
import { sha256 } from '../../../lib/privacy/sha256.ts';
import { startSecretsManager } from '../../../local/secrets-manager/secrets-manager.ts';
import { startSandbox } from '../../../local/tiktok-sandbox/sandbox.ts';
import { startHttpServer } from '../../support/http/http-server.ts';
import { startAwsDouble } from './aws-double.ts';
import { startQueues } from './queues.ts';

export const token = 'good-access-token';
export const advertiser = '7000000000000000001';
export const app = { app_id: '7000000000000000000', secret: 'app-secret' };

const prefix = 'tiktok-events/prod';

/** Starts a healthy stage with the stage file `prod`; a test breaks one thing through `is`. */
export async function startDeployedStage(pixels: readonly string[]) {
  const is = healthyState();
  const queues = await startQueues();
  const sandbox = await startSandbox({
    tokens: [token],
    pixels: [...pixels],
    apps: [app],
    advertisers: [{ advertiser_id: advertiser, advertiser_name: 'Shop' }],
  });
  const secrets = await startSecrets();
  const api = await startApi(is);
  const aws = await startAwsDouble(is, {
    ApiUrl: api.url,
    QueueUrl: queues.queueUrl,
    DeadLetterQueueUrl: queues.deadLetterQueueUrl,
    HttpApiId: 'a1b2c3',
    AlarmTopicArn: 'arn:aws:sns:eu-central-1:111122223333:tiktok-events-prod-alarms',
  });
  const parts = [api, aws, queues, sandbox, secrets];
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
      AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: aws.url,
      AWS_ENDPOINT_URL_LAMBDA: aws.url,
      AWS_ENDPOINT_URL_SNS: aws.url,
      TIKTOK_EVENTS_KEY: 'prod-key',
      AWS_ENDPOINT_URL_SECRETS_MANAGER: secrets.url,
      AWS_ENDPOINT_URL_SQS: new URL(queues.queueUrl).origin,
      TIKTOK_API_URL: sandbox.url,
    },
    stop: async () => void (await Promise.all(parts.map((part) => part.stop()))),
  };
}

export type DeployedStage = Awaited<ReturnType<typeof startDeployedStage>>;

const healthyState = () => ({
  deployed: true,
  status: 'UPDATE_COMPLETE',
  metricAgeSeconds: 3,
  clockSkewMs: 0,
  keyIsTaken: true,
  metrics: { EventsHeld: 0, EventsRetried: 0, EventsDelivered: 3, Count: 100, '4xx': 0 } as Record<
    string,
    number
  >,
  mapping: 'Enabled' as string | undefined,
  concurrency: 1_000,
  subscriptions: ['arn:aws:sns:eu-central-1:111122223333:alarms:1'],
  redAlarms: [] as string[],
  deniedMessage: 'no',
  denied: new Set<'lambda' | 'sns' | 'cloudwatch' | 'logs'>(),
  /** True: the API accepts every key. */
  isOpen: false,
  /** The status of the API's answer to a post with events. */
  postStatus: 202,
  onEvent: (_event: { event_id: string }): void => undefined,
});

const startApi = (is: ReturnType<typeof healthyState>) =>
  startHttpServer((request, response, body) => {
    const isHealth = request.url === '/v1/health';
    const isKnown = is.isOpen || request.headers.authorization === 'Bearer prod-key';
    const isTaken = is.keyIsTaken && isKnown;
    const posted = /"events":\[\]/.test(body) ? 422 : is.postStatus;
    const status = isHealth ? 200 : isTaken ? posted : 401;
    response.writeHead(status, {
      date: new Date(Date.now() + is.clockSkewMs).toUTCString(),
      'content-type': 'application/problem+json',
      'apigw-requestid': 'request-1=',
    });
    if (isTaken && posted === 202 && !isHealth) is.onEvent(JSON.parse(body));
    const type = `urn:tiktok-events:problem:status_${status}`;
    response.end(JSON.stringify({ detail: 'd', type, errors: [] }));
  });

async function startSecrets() {
  const secrets = await startSecretsManager('eu-central-1');
  secrets.set(`${prefix}/destinations/default`, {
    access_token: token,
    advertiser_ids: [advertiser],
    connected_at: '2026-01-01T00:00:00Z',
  });
  secrets.set(`${prefix}/oauth-app`, app);
  secrets.set(`${prefix}/ingest`, {
    keys: [{ id: 'backend', sha256: sha256('prod-key'), destinations: ['*'] }],
    webhooks: {},
  });
  return secrets;
}
