/** The whole gateway on one machine: the deployed handlers with a local HTTP API, queue, secrets and TikTok sandbox. */

import { createHttpApi } from './api-gateway/http-api.ts';
import { type EventSourceMapping, startEventSourceMapping } from './lambda/event-source-mapping.ts';
import { applyEnvironment, functionEnvironment } from './lambda/function-environment.ts';
import { type Handlers, loadFunctions } from './lambda/load-functions.ts';
import { type Services, startServices } from './services.ts';
import { mapping as mappingOfStage } from './stage.ts';

export interface GatewaySettings {
  /** Ports of HTTP and SQS; 0 takes a free one. */
  readonly port: number;
  readonly sqsPort: number;
  /** Sends events to this base URL instead of the sandbox. */
  readonly tiktokApiUrl?: string;
  readonly apiKey?: string;
  /** The public name of a tunnel that may reach `/v1/webhooks/<source>`. */
  readonly tunnelHost?: string;
  /** Handlers to use instead of those in `functions/`. */
  readonly handlers?: Handlers;
  /** Overrides how batches are collected, so that tests need not wait. */
  readonly mapping?: Partial<typeof mappingOfStage>;
  /** Called with every error of a function or of the queue. */
  readonly onError?: (error: unknown) => void;
}

export interface Gateway extends Pick<Services, 'url' | 'queue' | 'secrets' | 'sandbox'> {
  readonly queueUrl: string;
  readonly deadLetterQueueUrl: string;
  /** The environment of the functions; a child process needs it too. */
  readonly environment: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

/** How long a stop waits for batches in progress; the queue, and with it the rest of their messages, ends anyway. */
const stopWaitMs = 5_000;

/**
 * Starts the gateway.
 * @throws PortTakenError when another program has a port; nothing is left running then
 */
export async function startGateway(settings: GatewaySettings): Promise<Gateway> {
  const { port, sqsPort, apiKey = 'local-api-key', tiktokApiUrl, tunnelHost } = settings;
  const { visibilityTimeoutSeconds } = { ...mappingOfStage, ...settings.mapping };
  const services = await startServices({
    port,
    sqsPort,
    apiKey,
    visibilityTimeoutSeconds,
    tiktokApiUrl,
    tunnelHost,
  });
  const { queueUrl, deadLetterQueueUrl } = services.queue;
  const environment = functionEnvironment({
    queueUrl,
    deadLetterQueueUrl,
    secretsManagerUrl: services.secrets.url,
    tiktokApiUrl: tiktokApiUrl ?? services.sandboxUrl,
    platformApiUrl: services.platformApiUrl,
  });
  const restoreEnvironment = applyEnvironment(environment);
  let mapping: EventSourceMapping | undefined;

  async function stop(): Promise<void> {
    await stopMapping(mapping);
    await services.stop();
    restoreEnvironment();
  }

  try {
    mapping = await startFunctions(services, settings);
  } catch (error) {
    await stop();
    throw error;
  }
  const { url, queue, secrets, sandbox } = services;
  return { url, queue, secrets, sandbox, queueUrl, deadLetterQueueUrl, environment, stop };
}

async function stopMapping(mapping: EventSourceMapping | undefined): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, stopWaitMs);
  });
  await Promise.race([mapping?.stop({ abandonPoll: true }), patience]);
  clearTimeout(timer);
}

/** Connects the functions to the services. */
async function startFunctions(services: Services, settings: GatewaySettings) {
  const { handlers = {}, onError = () => undefined } = settings;
  const { routes, deliver } = await loadFunctions(handlers);
  services.serveApi(createHttpApi({ routes, onError: (_, error) => onError(error) }));
  const { queueUrl, queueArn } = services.queue;
  const names = { queueUrl, queueArn, functionName: 'deliver', invoke: deliver, onError };
  return startEventSourceMapping({ ...names, ...mappingOfStage, ...settings.mapping });
}
