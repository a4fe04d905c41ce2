/** Local stand-ins for AWS and TikTok: the HTTP front door, the queue, the secrets and the TikTok sandbox. */
import { ingestSecretName } from '../lib/secrets/names.ts';
import { answerNotReady, createHttpServer, type Listener, type Parts, sandboxPath } from './http-port.ts';
import { closeServer, listenOnLoopback } from './loopback-server.ts';
import { createPlatformApi, platformApiPath } from './platform-api/platform-api.ts';
import { type SecretsManagerServer, startSecretsManager } from './secrets-manager/secrets-manager.ts';
import { type QueueServer, startQueueServer } from './sqs/queue-server.ts';
import * as stage from './stage.ts';
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

export interface Services {
  readonly url: string;
  /** The base URL at which the sandbox plays TikTok. */
  readonly sandboxUrl: string;
  /** The base URL of the local platform API. */
  readonly platformApiUrl: string;
  readonly queue: QueueServer;
  readonly secrets: SecretsManagerServer;
  readonly sandbox: Sandbox;
  /** Sends every request that is not for the sandbox to this listener; before the call such requests get 503. */
  serveApi(listener: Listener): void;
  stop(): Promise<void>;
}

/**
 * Starts every stand-in.
 * @throws PortTakenError when another program has a port; nothing is left running then
 */
export async function startServices(settings: ServicesSettings): Promise<Services> {
  const queue = await startQueue(settings);
  let secrets: SecretsManagerServer | undefined;
  const answerPlatformApi = createPlatformApi({
    sources: () => stage.sources,
    ingestSecret: () => secrets?.get(ingestSecretName(stage.secretsPrefix)),
  });
  const parts: Parts = {
    sandbox: createStageSandbox(),
    queue,
    info: {},
    answerApi: answerNotReady,
    answerPlatformApi,
  };
  const server = createHttpServer(parts, settings.tunnelHost);
  const url = await listenOnLoopback(server, settings.port).catch(async (error: unknown) => {
    await queue.stop();
    throw error;
  });
  secrets = await startSecrets(settings.apiKey);
  const sandboxUrl = url + sandboxPath;
  parts.info = {
    stage: stage.stageName,
    queueUrl: queue.queueUrl,
    deadLetterQueueUrl: queue.deadLetterQueueUrl,
    secretsManagerUrl: secrets.url,
    tiktokApiUrl: settings.tiktokApiUrl ?? sandboxUrl,
  };
  return {
    url,
    sandboxUrl,
    platformApiUrl: url + platformApiPath,
    queue,
    secrets,
    sandbox: parts.sandbox,
    serveApi: (listener) => {
      parts.answerApi = listener;
    },
    stop: async () => void (await Promise.all([closeServer(server), secrets.stop(), queue.stop()])),
  };
}

const startQueue = ({ sqsPort, visibilityTimeoutSeconds }: ServicesSettings): Promise<QueueServer> =>
  startQueueServer({
    port: sqsPort,
    stage: stage.stageName,
    region: stage.region,
    maxReceiveCount: stage.delivery.maxReceiveCount,
    visibilityTimeoutSeconds,
  });

const createStageSandbox = (): Sandbox =>
  createSandbox({
    tokens: [stage.accessToken],
    pixels: [stage.pixelCode],
    apps: [stage.oauthApp],
    advertisers: stage.advertisers,
  });

async function startSecrets(apiKey: string): Promise<SecretsManagerServer> {
  const secrets = await startSecretsManager(stage.region);
  for (const [name, value] of Object.entries(stage.stageSecrets(apiKey))) {
    secrets.set(name, value);
  }
  return secrets;
}
