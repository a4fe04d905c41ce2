/** Measures the built handlers as a whole: processor time of a call, beside the floor of the same call in the same rounds. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'esbuild';
import { metricNamespace, secretsPrefix, serviceName } from '../../../lib/config/names.ts';
import { type BuiltFunction, writeBundle } from '../../../scripts/build.ts';
import { destinations } from '../fixture.ts';
import { type Effort, ratio, type Timing } from '../measure.ts';
import type { Task } from './measured.ts';
import type { postSizes } from './subjects.ts';

/** Microseconds of processor time of one call, and how many times as much as the floor. */
export interface HandlerCost {
  readonly us: number;
  readonly floorUs: number;
  readonly ratio: number;
}

export interface HandlerCosts {
  /** By events of a post. */
  readonly ingest: Readonly<Record<`${(typeof postSizes)[number]}`, HandlerCost>>;
  /** Without the SDK and without logs and metrics; `whole` is the handler as it is deployed. */
  readonly webhook: HandlerCost & { readonly whole: HandlerCost };
  /** 50 messages that ingest wrote, all delivered, without the network; `whole` is with it. */
  readonly deliver: HandlerCost & { readonly whole: HandlerCost };
}

const region = 'eu-central-1';

/** @param built the functions of scripts/build.ts @param outDir where the variant without SDK and logs goes */
export async function measureHandlers(
  built: readonly BuiltFunction[],
  outDir: string,
  effort: Effort,
): Promise<HandlerCosts> {
  const pathOf = (name: string): string => built.find((each) => each.name === name)?.bundlePath ?? '';
  const bundles = {
    ingest: pathOf('ingest'),
    webhook: pathOf('webhook'),
    deliver: pathOf('deliver'),
    alone: await buildWebhookAlone(outDir),
  };
  const receivers = fork(fileURLToPath(new URL('./receivers.ts', import.meta.url)));
  try {
    const { url } = (await messageOf(receivers)) as { url: string };
    const queueUrl = `${url}/000000000000/tiktok-events-bench`;
    const { rounds, roundMs } = effort;
    const task = { bundles, queueUrl, rounds, roundMs, warmUpMs: 5 * (effort.warmUpMs ?? 300) };
    return toCosts(await measureIn(task, environmentOf(url, queueUrl)));
  } finally {
    receivers.disconnect();
  }
}

async function measureIn(task: Task, env: NodeJS.ProcessEnv): Promise<ReadonlyMap<string, Timing>> {
  const child = fork(fileURLToPath(new URL('./measured.ts', import.meta.url)), {
    env,
    // Log lines are written as usual and discarded.
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  child.send(task);
  const answer = (await messageOf(child)) as { timings?: [string, Timing][]; failure?: string };
  if (answer.timings === undefined) throw new Error(answer.failure);
  return new Map(answer.timings);
}

async function messageOf(child: ChildProcess): Promise<unknown> {
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`a process of the benchmark ended with ${code}`);
  });
  const [message] = await Promise.race([once(child, 'message'), ended]);
  return message;
}

const environmentOf = (url: string, queueUrl: string): NodeJS.ProcessEnv => ({
  STAGE: 'bench',
  DESTINATIONS: JSON.stringify(destinations),
  SOURCES: JSON.stringify({
    shopify: { platform: 'shopify', destination: 'default', contentId: 'variant_id' },
  }),
  DELIVERY: '{"retryStepsSeconds":[60,120,240,480,900],"holdStepsSeconds":[600,900],"maxReceiveCount":110}',
  QUEUE_URL: queueUrl,
  DEAD_LETTER_QUEUE_URL: `${queueUrl}-dlq`,
  SECRETS_PREFIX: secretsPrefix('bench'),
  TIKTOK_API_URL: url,
  POWERTOOLS_SERVICE_NAME: serviceName,
  POWERTOOLS_METRICS_NAMESPACE: metricNamespace,
  AWS_ENDPOINT_URL_SECRETS_MANAGER: url,
  AWS_REGION: region,
  AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'example',
  // Lambda's credentials always have a session token, which is a header of every request.
  AWS_SESSION_TOKEN: 'x'.repeat(800),
});

/** Files that reach outside, and what takes their place. */
const stubs: Readonly<Record<string, string>> = {
  'lib/queue/sqs.ts': `export const createSqsApi = () => ({
      sendMessageBatch: async ({ Entries }) => ({ Successful: Entries, Failed: [] }),
    });`,
  'lib/telemetry/telemetry.ts': `const ignore = () => {};
    export const createTelemetry = () =>
      ({ info: ignore, warn: ignore, error: ignore, count: ignore, flush: ignore });`,
};

const withoutOutside: Plugin = {
  name: 'without SDK and logs',
  setup: ({ onLoad }) =>
    onLoad({ filter: /lib[\\/](?:queue[\\/]sqs|telemetry[\\/]telemetry)\.ts$/ }, ({ path }) => {
      const name = Object.keys(stubs).find((file) => path.replaceAll('\\', '/').endsWith(file));
      return { contents: stubs[name ?? ''] ?? '', loader: 'js' };
    }),
};

async function buildWebhookAlone(outDir: string): Promise<string> {
  const outfile = join(outDir, 'webhook-alone', 'index.cjs');
  await writeBundle({ entryPoints: [join('functions', 'webhook.ts')] }, outfile, [withoutOutside]);
  return outfile;
}

const round = (value: number, digits: number): number => Number(value.toFixed(digits));

function toCosts(timings: ReadonlyMap<string, Timing>): HandlerCosts {
  const none: Timing = { medianUs: Number.NaN, minUs: Number.NaN, rounds: [] };
  const cost = (name: string, floorName: string): HandlerCost => {
    const [timing, floor] = [timings.get(name) ?? none, timings.get(floorName) ?? none];
    return {
      us: round(timing.medianUs, 1),
      floorUs: round(floor.medianUs, 1),
      ratio: round(ratio(timing, floor), 3),
    };
  };
  const ofPost = (size: number) => cost(`ingest.${size}`, `ingest.${size}.floor`);
  return {
    ingest: { 1: ofPost(1), 10: ofPost(10), 50: ofPost(50), 500: ofPost(500) },
    webhook: { ...cost('webhook.alone', 'webhook.floor'), whole: cost('webhook', 'webhook.floor') },
    deliver: { ...cost('deliver.alone', 'deliver.floor'), whole: cost('deliver', 'deliver.floor') },
  };
}
