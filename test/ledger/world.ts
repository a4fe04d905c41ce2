/** Everything that an event passes, built of the packaged bundles and real servers, with a hand on every fault. */
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { createHttpApi } from '../../local/api-gateway/http-api.ts';
import { startEventSourceMapping } from '../../local/lambda/event-source-mapping.ts';
import { closeServer, listenOnLoopback } from '../../local/loopback-server.ts';
import { startSecretsManager } from '../../local/secrets-manager/secrets-manager.ts';
import { startQueueServer } from '../../local/sqs/queue-server.ts';
import { startSandbox } from '../../local/tiktok-sandbox/sandbox.ts';
import { createChildFunction } from '../support/gateway/child-function.ts';
import type { Random } from '../support/random.ts';
import { startQueueProxy } from './queue-proxy.ts';

export const apiKey = 'ledger-api-key';
export const tokens = { default: 'ledger-token-1', second: 'ledger-token-2' } as const;
const pixels = { default: 'LEDGERPIXEL1', second: 'LEDGERPIXEL2' } as const;
const region = 'us-east-1';
const prefix = 'tiktok-events/ledger';
const bundle = (name: string): string =>
  fileURLToPath(new URL(`../../.build/${name}/index.cjs`, import.meta.url));

/** Answers that nothing failed, whatever happened. */
export const brokenConsumer = 'reports-no-failure';

export interface WorldSettings {
  readonly random: Random;
  readonly mutant?: typeof brokenConsumer | undefined;
  readonly onAccepted: (ids: readonly string[]) => void;
}

export type World = Awaited<ReturnType<typeof startWorld>>;

export async function startWorld({ random, mutant, onAccepted }: WorldSettings) {
  const queue = await startQueueServer({
    port: 0,
    stage: 'ledger',
    region,
    maxReceiveCount: 113,
    visibilityTimeoutSeconds: 3,
  });
  const proxy = await startQueueProxy(queue.url, random);
  const secrets = await startSecrets();
  const tiktok = await startSandbox({
    tokens: Object.values(tokens),
    pixels: Object.values(pixels),
    onAccepted: (_, events) => onAccepted(events.map(({ event_id }) => String(event_id))),
  });
  const environment = environmentOf({ queueUrl: proxy.url, secretsUrl: secrets.url, tiktokUrl: tiktok.url });
  const output: string[] = [];
  const onOutput = (text: string): void => void output.push(text);
  const ingest = createChildFunction({ file: bundle('ingest'), environment, onOutput });
  const deliver = createChildFunction({ file: bundle('deliver'), environment, onOutput });

  const routes = new Map([['POST /v1/events', { name: 'ingest', invoke: ingest.invoke, timeoutMs: 10_000 }]]);
  const api = createHttpApi({ routes });
  const server = createServer((request, response) => void api(request, response));
  const url = await listenOnLoopback(server, 0);

  let repeatChance = 0;
  const mapping = startEventSourceMapping({
    queueUrl: queue.queueUrl,
    queueArn: queue.queueArn,
    functionName: 'deliver',
    timeoutMs: 12_000,
    windowMs: 50,
    maximumConcurrency: 4,
    invoke: async (event, context) => {
      // SQS may deliver twice: the first delivery's answer is lost then.
      if (random.isHit(repeatChance)) await deliver.invoke(event, context).catch(() => undefined);
      const answer = await deliver.invoke(event, context);
      return mutant === brokenConsumer ? { batchItemFailures: [] } : answer;
    },
  });

  return {
    url,
    queue,
    proxy,
    secrets,
    tiktok,
    deliver,
    output: () => output.join(''),
    repeatDeliveries: (chance: number) => {
      repeatChance = chance;
    },
    async stop() {
      await mapping.stop();
      await Promise.all([
        ingest.stop(),
        deliver.stop(),
        closeServer(server),
        proxy.stop(),
        secrets.stop(),
        tiktok.stop(),
      ]);
      await queue.stop();
    },
  };
}

async function startSecrets() {
  const secrets = await startSecretsManager(region);
  secrets.set(`${prefix}/ingest`, {
    keys: [{ id: 'ledger', key: apiKey, destinations: ['*'] }],
    webhooks: {},
  });
  for (const [name, access_token] of Object.entries(tokens))
    secrets.set(`${prefix}/destinations/${name}`, { access_token });
  return secrets;
}

function environmentOf({
  queueUrl,
  secretsUrl,
  tiktokUrl,
}: {
  queueUrl: string;
  secretsUrl: string;
  tiktokUrl: string;
}) {
  const account = '000000000000';
  return {
    STAGE: 'ledger',
    SECRETS_PREFIX: prefix,
    DESTINATIONS: JSON.stringify({
      default: { pixelCode: pixels.default, country: 'US' },
      second: { pixelCode: pixels.second, country: 'US' },
    }),
    DELIVERY: JSON.stringify({
      retryStepsSeconds: [1, 1, 2],
      holdStepsSeconds: [1, 2],
      maxReceiveCount: 113,
    }),
    QUEUE_URL: `${queueUrl}/${account}/tiktok-events-ledger`,
    DEAD_LETTER_QUEUE_URL: `${queueUrl}/${account}/tiktok-events-ledger-dlq`,
    TIKTOK_API_URL: tiktokUrl,
    AWS_ENDPOINT_URL_SQS: queueUrl,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: secretsUrl,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    POWERTOOLS_SERVICE_NAME: 'tiktok-events',
    POWERTOOLS_METRICS_NAMESPACE: 'TikTokEvents',
  };
}
