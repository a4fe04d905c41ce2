/** Local stand-ins for AWS and TikTok: the HTTP front door, the queue, the secrets and the TikTok sandbox. */
import { ingestSecretName } from '../lib/secrets/names.ts';
import { mountConsole } from './console.ts';
import { answerNotReady, createHttpPort, type HttpParts, type Listener, sandboxPath } from './http-port.ts';
import { createEventMemory } from './journal/event-memory.ts';
import { createJournalMemory } from './journal/journal-memory.ts';
import type { JournalState } from './journal/routes.ts';
import { tapOutput } from './journal/tap-output.ts';
import { closeServer, listenOnLoopback } from './loopback-server.ts';
import { createPlatformApi, platformApiPath } from './platform-api/platform-api.ts';
import { type SecretsManagerServer, startSecretsManager } from './secrets-manager/secrets-manager.ts';
import { type CopyMemory, createCopyMemory } from './shop/copies.ts';
import { createShop } from './shop/shop.ts';
import { startQueue } from './sqs/local-queue.ts';
import type { QueueServer } from './sqs/queue-server.ts';
import type { LocalStage } from './stage/local-stage.ts';
import type { AddedSecrets } from './stage/secret-keeper.ts';
import { createStageUse, type StageInfo } from './stage/use-stage.ts';
import * as local from './stage.ts';
import { type SyncServices, startSyncServices } from './sync/sync-services.ts';
import type { Sandbox } from './tiktok-sandbox/sandbox.ts';
import { createStageSandbox } from './tiktok-sandbox/stage-sandbox.ts';

export interface ServicesSettings {
  /** Ports of HTTP and SQS; 0 takes a free one. */
  readonly port: number;
  readonly sqsPort: number;
  readonly apiKey: string;
  readonly stage: LocalStage;
  readonly visibilityTimeoutSeconds: number;
  readonly maxReceiveCount: number;
  /** Where the gateway sends events, when that is not the sandbox. */
  readonly tiktokApiUrl?: string | undefined;
  /** The public name of a tunnel that may reach webhooks and the collector. */
  readonly tunnelHost?: string | undefined;
  /** The folder with the tables of syncs, when it is not the stage's own. */
  readonly tablesFolder?: string | undefined;
  /** Called with every error of the console and of syncs. */
  readonly onError: (error: unknown) => void;
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
  readonly syncs: SyncServices;
  /** What the functions logged, and the events on their way. */
  readonly memory: JournalState;
  /** What left the pages of the demo shop. */
  readonly copies: CopyMemory;
  /** The secrets that got local values at the start. */
  readonly addedSecrets: AddedSecrets;
  /** Gives the stage its missing secrets, and the sandbox its pixels and tokens. @returns the secrets that are new */
  useStage(stage: LocalStage): Promise<AddedSecrets>;
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
  let sources: LocalStage['sources'] = {};
  const answerPlatformApi = createPlatformApi({
    sources: () => sources,
    ingestSecret: () => secrets?.get(ingestSecretName(local.secretsPrefix)),
  });
  const startedAtMs = Date.now();
  const memory = { journal: createJournalMemory(), events: createEventMemory() };
  const copies = createCopyMemory();
  const shop = createShop(copies);
  const parts: HttpParts = {
    sandbox: createStageSandbox(memory),
    memory,
    queue,
    info: {},
    answerApi: answerNotReady,
    answerPlatformApi,
    shop,
    answerConsole: mountConsole(() => ({
      url,
      queueUrl: queue.queueUrl,
      deadLetterQueueUrl: queue.deadLetterQueueUrl,
      apiKey: settings.apiKey,
      sendsTo: settings.tiktokApiUrl === undefined ? 'sandbox' : 'tiktok',
      memory,
      copies,
      startedAtMs,
      info: () => parts.info,
      secret: (name) => secrets?.get(name),
      onError: settings.onError,
    })),
  };
  const server = createHttpPort(parts, settings.tunnelHost);
  const url = await listenOnLoopback(server, settings.port).catch(async (error: unknown) => {
    await queue.stop();
    throw error;
  });
  secrets = await startSecretsManager(local.region);
  const syncs = await startSyncServices(settings);
  const sandboxUrl = url + sandboxPath;
  const addresses = {
    queueUrl: queue.queueUrl,
    deadLetterQueueUrl: queue.deadLetterQueueUrl,
    secretsManagerUrl: secrets.url,
    tiktokApiUrl: settings.tiktokApiUrl ?? sandboxUrl,
    ...syncs.addresses,
  };
  const publish = (stage: StageInfo) => {
    sources = stage.sources;
    parts.info = { ...stage, ...addresses };
  };
  const endTap = tapOutput(memory.journal.add, copies.logged);
  const useParts = createStageUse({ secrets, apiKey: settings.apiKey, sandbox: parts.sandbox, publish });
  const useStage = (stage: LocalStage): Promise<AddedSecrets> => {
    shop.useStage(stage);
    syncs.useSyncs(stage.syncs);
    return useParts(stage);
  };
  return {
    url,
    sandboxUrl,
    platformApiUrl: url + platformApiPath,
    queue,
    secrets,
    sandbox: parts.sandbox,
    syncs,
    memory,
    copies,
    addedSecrets: await useStage(settings.stage),
    useStage,
    serveApi: (listener) => {
      parts.answerApi = listener;
    },
    stop: async () => {
      await Promise.all([closeServer(server), secrets.stop(), queue.stop(), syncs.stop()]);
      endTap();
    },
  };
}
