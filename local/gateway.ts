/** The whole gateway on one machine: the deployed handlers with a local HTTP API, queue, secrets and TikTok sandbox. */

import { createHttpApi } from './api-gateway/http-api.ts';
import { type BrowserFolder, createBrowserFolder } from './browser-folder.ts';
import { type EventSourceMapping, startEventSourceMapping } from './lambda/event-source-mapping.ts';
import { applyEnvironment, functionEnvironment, stageVariables } from './lambda/function-environment.ts';
import {
  type Functions,
  type Handlers,
  loadFunctions,
  routesOf,
  unaffected,
} from './lambda/load-functions.ts';
import { stopMapping } from './lambda/stop-mapping.ts';
import { type Services, startServices } from './services.ts';
import { tapPosts } from './shop/tap-posts.ts';
import { type LocalStage, ownStage } from './stage/local-stage.ts';
import type { AddedSecrets } from './stage/secret-keeper.ts';
import { ownDelivery, type StageDelivery } from './stage/stage-delivery.ts';
import { defaultApiKey } from './stage.ts';

export interface GatewaySettings {
  /** Ports of HTTP and SQS; 0 takes a free one. */
  readonly port: number;
  readonly sqsPort: number;
  /** Sends events to this base URL instead of the sandbox. */
  readonly tiktokApiUrl?: string;
  readonly apiKey?: string;
  /** The settings to run, by default those of the stage `local`. */
  readonly stage?: LocalStage;
  /** The public name of a tunnel that may reach webhooks and the collector. */
  readonly tunnelHost?: string;
  /** The folder with the tables of syncs, when it is not the stage's own. */
  readonly tablesFolder?: string;
  /** Handlers to use instead of those in `functions/`. */
  readonly handlers?: Handlers;
  /** Overrides how batches are collected, so that tests need not wait. */
  readonly mapping?: Partial<StageDelivery['mapping']>;
  /** Called with every error of a function, of the queue or of the console. */
  readonly onError?: (error: unknown) => void;
}

export interface Gateway extends Pick<Services, 'url' | 'queue' | 'secrets' | 'sandbox' | 'syncs'> {
  readonly queueUrl: string;
  readonly deadLetterQueueUrl: string;
  /** The environment of the functions at the start; a child process needs it too. */
  readonly environment: Readonly<Record<string, string>>;
  /** The secrets that got local values at the start. */
  readonly addedSecrets: AddedSecrets;
  /**
   * Runs another version of the stage: new requests and batches get it, and those in progress end with the one before.
   * Wait for a call before the next one.
   * @returns the secrets that got local values
   */
  useStage(stage: LocalStage): Promise<AddedSecrets>;
  stop(): Promise<void>;
}

/**
 * Starts the gateway.
 * @throws PortTakenError when another program has a port; nothing is left running then
 */
export async function startGateway(settings: GatewaySettings): Promise<Gateway> {
  const { apiKey = defaultApiKey, tiktokApiUrl, stage = ownStage() } = settings;
  const { mapping, settings: delivery } = stage.delivery ?? ownDelivery;
  const pace = { ...mapping, ...settings.mapping };
  const places = { ...settings, apiKey, stage };
  const { visibilityTimeoutSeconds } = pace;
  const { maxReceiveCount } = delivery;
  const onError = settings.onError ?? (() => undefined);
  const services = await startServices({ ...places, visibilityTimeoutSeconds, maxReceiveCount, onError });
  const { queueUrl, deadLetterQueueUrl } = services.queue;
  const browser = await createBrowserFolder();
  const environment = functionEnvironment(stage, {
    queueUrl,
    deadLetterQueueUrl,
    secretsManagerUrl: services.secrets.url,
    tiktokApiUrl: tiktokApiUrl ?? services.sandboxUrl,
    platformApiUrl: services.platformApiUrl,
    browserFolder: browser.path,
    sync: services.syncs.environment,
  });
  const restoreEnvironment = applyEnvironment(environment);
  let running: RunningFunctions | undefined;

  async function stop(): Promise<void> {
    await stopMapping(running?.mapping);
    await Promise.all([services.stop(), browser.remove()]);
    restoreEnvironment();
  }

  try {
    running = await startFunctions(services, browser, settings, { stage, pace });
  } catch (error) {
    await stop();
    throw error;
  }
  const { url, queue, secrets, sandbox, syncs, addedSecrets } = services;
  const { useStage } = running;
  const parts = { url, queue, secrets, sandbox, syncs, addedSecrets };
  return { ...parts, queueUrl, deadLetterQueueUrl, environment, useStage, stop };
}

interface RunningFunctions extends Pick<Gateway, 'useStage'> {
  readonly mapping: EventSourceMapping;
}

/** Connects the functions to the services. */
async function startFunctions(
  services: Services,
  browser: BrowserFolder,
  settings: GatewaySettings,
  { stage: firstStage, pace }: { readonly stage: LocalStage; readonly pace: StageDelivery['mapping'] },
): Promise<RunningFunctions> {
  const { handlers = {}, onError = () => undefined } = settings;
  let stage = firstStage;
  await browser.build(stage);
  let functions = await loadFunctions(handlers, { hasCollector: stage.collector !== undefined });
  const serve = () => {
    const routes = routesOf(tapPosts(functions, services.copies), stage.sources);
    services.serveApi(createHttpApi({ routes, onError: (_, error) => onError(error) }));
  };
  serve();
  const { queueUrl, queueArn } = services.queue;
  const deliver: Functions['deliver'] = (event, context) => {
    services.memory.events.queued(event.Records);
    return functions.deliver(event, context);
  };
  const names = { queueUrl, queueArn, functionName: 'deliver', invoke: deliver, onError };
  return {
    mapping: startEventSourceMapping({ ...names, ...pace }),
    useStage: async (next) => {
      // A request for a new source finds its secret, and the sandbox knows a new pixel.
      const added = await services.useStage(next);
      Object.assign(process.env, stageVariables(next));
      services.syncs.reload();
      await browser.build(next);
      functions = await loadFunctions(
        { ...unaffected(functions, stage, next), ...handlers },
        { isReload: true, hasCollector: next.collector !== undefined },
      );
      stage = next;
      serve();
      return added;
    },
  };
}
