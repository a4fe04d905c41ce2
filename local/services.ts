/** What AWS and TikTok are to a deployed stage, on one machine: HTTP front door, queue, secrets, TikTok's sandbox. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { gatewayMessage, refuseWithProblem, writeResponse } from './api-gateway/http-response.ts';
import { isConsolePage, writeConsolePage, writeQueue } from './console.ts';
import { guarded } from './loopback-guard.ts';
import { closeServer, listenOnLoopback } from './loopback-server.ts';
import { type SecretsManagerServer, startSecretsManager } from './secrets-manager/secrets-manager.ts';
import { type QueueServer, startQueueServer } from './sqs/queue-server.ts';
import * as stage from './stage.ts';
import { writeJson } from './tiktok-sandbox/control.ts';
import { createSandbox, type Sandbox } from './tiktok-sandbox/sandbox.ts';

export interface ServicesSettings {
  /** Ports of HTTP and SQS; 0 takes a free one. */
  readonly port: number;
  readonly sqsPort: number;
  readonly apiKey: string;
  readonly visibilityTimeoutSeconds: number;
  /** Where the gateway sends events, when that is not the sandbox. */
  readonly tiktokApiUrl?: string | undefined;
  /** The public name of a tunnel that may reach `/v1/webhooks/<source>`. */
  readonly tunnelHost?: string | undefined;
}

type Listener = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

export interface Services {
  readonly url: string;
  /** The base URL at which the sandbox plays TikTok. */
  readonly sandboxUrl: string;
  readonly queue: QueueServer;
  readonly secrets: SecretsManagerServer;
  readonly sandbox: Sandbox;
  /** Gives all requests that are not for the sandbox to this listener; until then they get 503. */
  serveApi(listener: Listener): void;
  stop(): Promise<void>;
}

const sandboxPath = '/_sandbox/tiktok';
/** What a link of another site may open: the console, and the steps of connecting. */
const pages = [
  '/',
  '/_sandbox',
  '/_sandbox/',
  `${sandboxPath}/portal/auth`,
  '/v1/oauth/start',
  '/v1/oauth/callback',
];
/** API Gateway gives a client half a minute to send its request. */
const requestTimeoutMs = 30_000;

interface Parts {
  readonly sandbox: Sandbox;
  readonly queue: QueueServer;
  /** `GET /_sandbox/info`: where the parts listen, for the command line. */
  readonly info: () => object;
  readonly answerApi: Listener;
}

/** Rejects with PortTakenError when another program has a port; nothing is left running then. */
export async function startServices(settings: ServicesSettings): Promise<Services> {
  const { advertisers, oauthApp, accessToken, pixelCode, stageName, region, delivery } = stage;
  const sandbox = createSandbox({
    tokens: [accessToken],
    pixels: [pixelCode],
    apps: [oauthApp],
    advertisers,
  });
  const queue = await startQueueServer({
    port: settings.sqsPort,
    stage: stageName,
    region,
    maxReceiveCount: delivery.maxReceiveCount,
    visibilityTimeoutSeconds: settings.visibilityTimeoutSeconds,
  });
  let answerApi = notReady;
  let info = {};
  const answer = createListener({
    sandbox,
    queue,
    info: () => info,
    answerApi: (request, response) => answerApi(request, response),
  });
  const listener = (request: IncomingMessage, response: ServerResponse) => {
    answer(request, response).catch(() => response.destroy());
  };
  const { tunnelHost } = settings;
  const server = createServer(guarded(listener, refuseWithProblem, { pages, tunnelHost }));
  server.requestTimeout = requestTimeoutMs;
  const url = await listenOnLoopback(server, settings.port).catch(async (error: unknown) => {
    await queue.stop();
    throw error;
  });
  const secrets = await startSecrets(settings.apiKey);
  const sandboxUrl = url + sandboxPath;
  const { queueUrl, deadLetterQueueUrl } = queue;
  info = {
    stage: stageName,
    queueUrl,
    deadLetterQueueUrl,
    secretsManagerUrl: secrets.url,
    tiktokApiUrl: settings.tiktokApiUrl ?? sandboxUrl,
  };
  return {
    url,
    sandboxUrl,
    queue,
    secrets,
    sandbox,
    serveApi: (listener) => {
      answerApi = listener;
    },
    stop: async () => void (await Promise.all([closeServer(server), secrets.stop(), queue.stop()])),
  };
}

function createListener({ sandbox, queue, info, answerApi }: Parts): Listener {
  return async (request, response) => {
    const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
    if (isConsolePage(request, path)) return writeConsolePage(response);
    if (path.startsWith(`${sandboxPath}/`)) {
      request.url = request.url?.slice(sandboxPath.length) ?? '/';
      return sandbox.answerTikTok(request, response);
    }
    if (request.method === 'GET' && path === '/_sandbox/queue') return writeQueue(response, queue);
    if (request.method === 'GET' && path === '/_sandbox/info') return writeJson(response, 200, info());
    if (path.startsWith('/_sandbox/')) return sandbox.answerControl(request, response);
    await answerApi(request, response);
  };
}

async function startSecrets(apiKey: string): Promise<SecretsManagerServer> {
  const secrets = await startSecretsManager(stage.region);
  for (const [name, value] of Object.entries(stage.stageSecrets(apiKey))) {
    secrets.set(`${stage.secretsPrefix}/${name}`, value);
  }
  return secrets;
}

const notReady: Listener = async (_, response) =>
  writeResponse(response, gatewayMessage(503, 'Service Unavailable'), 'starting');
