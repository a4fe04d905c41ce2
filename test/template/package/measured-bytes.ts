/** Runs the bundles that are deployed against servers of this machine, and counts what they write and send. */
import { fileURLToPath } from 'node:url';
import type { Context, SQSBatchResponse } from 'aws-lambda';
import { startSecretsManager } from '../../../local/secrets-manager/secrets-manager.ts';
import { createChildFunction } from '../../support/gateway/child-function.ts';
import { httpEvent } from '../../support/http/http-event.ts';
import { startQueueServer } from '../../support/queue/queue-server.ts';
import { answerJson, startTikTokServer } from '../../support/tiktok/tiktok-server.ts';
import type { Bytes } from '../prices/prices.ts';

export interface Measured {
  readonly bytes: Omit<Bytes, 'access'>;
  /** Names and dimensions of the metrics that were written. */
  readonly series: ReadonlySet<string>;
}

const stage = 'prod';
const destinations = { default: { pixelCode: 'C1ABCDEFGHIJKLMNOPQR', country: 'US', currency: 'USD' } };
const delivery = { retryStepsSeconds: [60], holdStepsSeconds: [60], maxReceiveCount: 113 };
const sizes = [1, 10, 50] as const;

/** The order of a small shop: one product, and what the shop knows of its customer. */
const order = (index: number) => ({
  event_name: 'Purchase',
  event_id: `order-${100_000 + index}`,
  order_id: `${100_000 + index}`,
  event_time: Math.floor(Date.now() / 1000) - 60,
  email: `ada.${index}@example.com`,
  phone: '+12133734253',
  external_id: `customer-${5000 + index}`,
  ttclid: `E.C.P.${'AbCdEf0123456789'.repeat(3)}`,
  ip: '203.0.113.7',
  page_url: 'https://shop.example.com/checkout/thank-you',
  value: 65.94,
  currency: 'USD',
  content_id: 'SKU-1',
});

export async function measureBytes(): Promise<Measured> {
  const queue = await startQueueServer();
  const secrets = await startSecretsManager('us-east-1');
  const tiktok = await startTikTokServer((response) =>
    answerJson(response, {
      code: 0,
      message: 'OK',
      request_id: '20261126120000010002003004000500',
      data: {},
    }),
  );
  const prefix = `tiktok-events/${stage}`;
  secrets.set(`${prefix}/ingest`, {
    keys: [{ id: 'backend', key: 'key-of-the-back-end', destinations: ['*'] }],
    webhooks: {},
  });
  secrets.set(`${prefix}/destinations/default`, {
    access_token: 'token',
    advertiser_ids: ['7000000000000000001'],
  });
  const environment = {
    STAGE: stage,
    SECRETS_PREFIX: prefix,
    DESTINATIONS: JSON.stringify(destinations),
    DELIVERY: JSON.stringify(delivery),
    // Nothing is deleted here, and nothing may come back.
    QUEUE_URL: queue.createQueue('events', { VisibilityTimeout: '43200' }),
    DEAD_LETTER_QUEUE_URL: queue.createQueue('letters'),
    TIKTOK_API_URL: tiktok.url,
    AWS_ENDPOINT_URL_SQS: `http://127.0.0.1:${queue.port}`,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: secrets.url,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    POWERTOOLS_LOG_LEVEL: 'INFO',
    POWERTOOLS_SERVICE_NAME: 'tiktok-events',
    POWERTOOLS_METRICS_NAMESPACE: 'TikTokEvents',
    // Lambda sets it for each run, and the logger repeats it.
    _X_AMZN_TRACE_ID: 'Root=1-6565a000-0123456789abcdef01234567;Parent=0123456789abcdef;Sampled=0',
  };
  const [ingest, deliver] = [start('ingest', environment), start('deliver', environment)];
  const series = new Set<string>();
  const bytesOf = async (fn: RunningFunction, event: unknown) => {
    const text = await fn.run(event);
    for (const name of seriesIn(text)) series.add(name);
    return Buffer.byteLength(text);
  };
  let posted = 0;
  const post = (count: number) => {
    const events = Array.from({ length: count }, (_, index) => order(posted + index));
    posted += count;
    const headers = { authorization: 'Bearer key-of-the-back-end', 'content-type': 'application/json' };
    const event = httpEvent({ headers, body: JSON.stringify({ events }) });
    // The form of API Gateway's ids: messages carry it as their trace.
    event.requestContext.requestId = `JKJaXmPL${String(posted).padStart(5, '0')}ES=`;
    return bytesOf(ingest, event);
  };
  let message = 0;
  const deliverAll = async (count: number) => {
    const Records = await queue.receive('events', count);
    message = Math.max(0, ...Records.map(({ body }) => Buffer.byteLength(body)));
    return bytesOf(deliver, { Records });
  };
  try {
    // The first run of each reads its secret; all later ones look like the second.
    await post(1);
    await deliverAll(1);
    await post(1);
    const singleBatch = await deliverAll(1);
    const ingestBytes: Record<number, number> = {};
    const fullBatch: Record<number, number> = {};
    for (const size of sizes) {
      for (let events = 0; events < 50; events += size) ingestBytes[size] = await post(size);
      fullBatch[size] = await deliverAll(50);
    }
    const body = tiktok.requests.at(-1)?.body ?? '';
    await post(10);
    const smallBatch = await deliverAll(10);
    return {
      bytes: {
        ingest: ingestBytes as Bytes['ingest'],
        fullBatch: fullBatch as Bytes['fullBatch'],
        singleBatch,
        smallBatch,
        message,
        event: Buffer.byteLength(body) / 50,
      },
      series,
    };
  } finally {
    await Promise.all([ingest.stop(), deliver.stop()]);
    await Promise.all([queue.stop(), secrets.stop(), tiktok.stop()]);
  }
}

interface RunningFunction {
  /** @returns what this run wrote */
  run(event: unknown): Promise<string>;
  stop(): Promise<void>;
}

const settledMs = 50;

function start(name: string, environment: Record<string, string>): RunningFunction {
  let output = '';
  const child = createChildFunction({
    file: fileURLToPath(new URL(`../../../.build/${name}/index.cjs`, import.meta.url)),
    environment,
    onOutput: (text) => {
      output += text;
    },
  });
  const context = {
    awsRequestId: '11111111-2222-4333-8444-555555555555',
    getRemainingTimeInMillis: () => 30_000,
  } as Context;
  return {
    async run(event) {
      output = '';
      const answer = await child.invoke(event, context);
      refuseFailures(name, answer);
      // The answer comes by another channel than the lines, and may be faster. Each of these runs writes metrics.
      for (let seen = -1; seen !== output.length || !/"_aws".*\n/.test(output); ) {
        seen = output.length;
        await new Promise((resolve) => setTimeout(resolve, settledMs));
      }
      return output;
    },
    stop: () => child.stop(),
  };
}

/** Bytes of a run that failed would be the price of something else. */
function refuseFailures(name: string, answer: unknown): void {
  const { statusCode = 202, batchItemFailures = [] } = answer as {
    statusCode?: number;
  } & Partial<SQSBatchResponse>;
  if (statusCode === 202 && batchItemFailures.length === 0) return;
  throw new Error(`${name} did not take the events: ${JSON.stringify(answer)}`);
}

interface MetricLine {
  readonly _aws?: {
    readonly CloudWatchMetrics: readonly {
      readonly Dimensions: readonly (readonly string[])[];
      readonly Metrics: readonly { readonly Name: string }[];
    }[];
  };
  readonly [field: string]: unknown;
}

/** CloudWatch bills each metric once for each set of dimensions and their values. */
const seriesIn = (text: string): string[] =>
  text
    .split('\n')
    .filter((line) => line.includes('"_aws"'))
    .flatMap((line) => {
      const parsed = JSON.parse(line) as MetricLine;
      return (parsed._aws?.CloudWatchMetrics ?? []).flatMap(({ Dimensions, Metrics }) =>
        Metrics.flatMap(({ Name }) =>
          Dimensions.map((set) => [Name, ...set.map((key) => `${key}=${parsed[key]}`)].join(' ')),
        ),
      );
    });
