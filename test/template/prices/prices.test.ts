/**
 * The page says what a stage costs: its dollars follow from the template and from bytes that the deployed bundles write.
 * `npx vitest run test/template/prices -u` writes the tables of the page anew.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type Measured, measureBytes } from '../package/measured-bytes.ts';
import { packageStage } from '../package-stage.ts';
import { properties, type Template } from '../template.ts';
import { figuresOf, withTable } from './page.ts';
import {
  type Bytes,
  bytesTable,
  costOfMillion,
  fairQueues,
  idleMonth,
  loggedByMillion,
  millionTable,
  monthTable,
  prices,
  sumOf,
  total,
  traffics,
} from './prices.ts';

const pageFile = '../../../docs/deploy.md';
const page = readFileSync(new URL(pageFile, import.meta.url), 'utf8');

/** One line of the access log, with values as long as API Gateway's. */
function accessLine(template: Template): string {
  const { AccessLogSettings } = properties(template, 'HttpApiStage');
  const values: Readonly<Record<string, string>> = {
    requestId: 'JKJaXmPLvHcESHA=',
    requestTime: '26/Nov/2026:12:34:56 +0000',
    routeKey: 'POST /v1/events',
    status: '202',
    responseLength: '123',
    responseLatency: '23',
    integrationLatency: '21',
    'error.responseType': '-',
  };
  return (AccessLogSettings as { Format: string }).Format.replaceAll(
    /\$context\.([a-zA-Z.]+)/g,
    (_all, name: string) => values[name] ?? `unknown value ${name}`,
  );
}

let measured: Promise<{ bytes: Bytes; series: Measured['series'] }> | undefined;
const measure = () => {
  measured ??= (async () => {
    const { bytes, series } = await measureBytes();
    return { bytes: { ...bytes, access: accessLine(await packageStage('prod')).length }, series };
  })();
  return measured;
};

function bySize(title: string): Bytes['ingest'] {
  const [one = 0, ten = 0, fifty = 0] = figuresOf(page, title);
  return { 1: one, 10: ten, 50: fifty };
}

const first = (title: string): number => figuresOf(page, title)[0] ?? 0;

const stated: Bytes = {
  ingest: bySize('`ingest`, for a POST'),
  access: first('access log, for a POST'),
  fullBatch: bySize('`deliver`, for 50 events'),
  smallBatch: first('`deliver`, for 10 events'),
  singleBatch: first('`deliver`, for 1 event'),
  message: first('message in the queue, for an event'),
  event: first('request to TikTok, for an event'),
};

/** Lines differ by a digit of a duration from run to run, so figures of the page hold within 5 %. */
const isNear = (figure: number, exact: number): boolean => Math.abs(figure / exact - 1) <= 0.05;

const flat = ({ ingest, access, fullBatch, smallBatch, singleBatch, message, event }: Bytes): number[] => [
  ...Object.values(ingest),
  access,
  ...Object.values(fullBatch),
  smallBatch,
  singleBatch,
  message,
  event,
];

const traffic = (perPost: number, perRun: number) => {
  const found = traffics.find((one) => one.perPost === perPost && one.perRun === perRun);
  if (found === undefined) throw new Error('the table has no such traffic');
  return found;
};

test('the tables of the page follow from the template of prod and from the bytes that the bundles write', async () => {
  const template = await packageStage('prod');
  const { bytes: exact, series } = await measure();
  const figures = flat(stated);
  const bytes = flat(exact).every((figure, index) => isNear(figures[index] ?? 0, figure)) ? stated : exact;
  const tables = [bytesTable(bytes), millionTable(template, bytes), monthTable(template, series.size)];
  const month = (perPost: number) => {
    const dollars = total(costOfMillion(traffic(perPost, 50), template, bytes)) * 2592;
    return `$${(Math.round(dollars / 10) * 10).toLocaleString('en-US')}`;
  };
  const written = tables
    .reduce(withTable, page)
    .replace(
      /At 1,000 events a second all month: .*?\./,
      `At 1,000 events a second all month: ${month(1)} one by one, ${month(50)} in batches of 50.`,
    )
    .replace(/Fair queues add \$[\d.]+/, `Fair queues add $${fairQueues(traffic(50, 50), bytes).toFixed(2)}`);
  await expect(written).toMatchFileSnapshot(pageFile);
});

test('a stage of prod without events costs $6 a month at most, and so do its fixed costs with events', async () => {
  const template = await packageStage('prod');
  const lines = idleMonth(template);
  expect(sumOf(lines), JSON.stringify(lines)).toBeLessThanOrEqual(6);
  const { series } = await measure();
  expect(sumOf(lines) + series.size * prices.metricMonth, [...series].join(', ')).toBeLessThanOrEqual(6);
});

test('a million events at 50 a post cost $0.32 at most without fair queues', async () => {
  const template = await packageStage('prod');
  const costs = costOfMillion(traffic(50, 50), template, (await measure()).bytes);
  expect(total(costs), JSON.stringify(costs)).toBeLessThanOrEqual(0.32);
});

test('an event of a post of 50 logs 120 bytes at most, with metrics and access log', async () => {
  const template = await packageStage('prod');
  expect(loggedByMillion(traffic(50, 50), template, (await measure()).bytes) / 1e6).toBeLessThanOrEqual(120);
});

describe('the price of a template', () => {
  const alarm = (Properties: object) => ({ Type: 'AWS::CloudWatch::Alarm', Properties });
  const priceOf = (...resources: object[]) =>
    sumOf(
      idleMonth({ Resources: Object.fromEntries(resources.entries()), Outputs: {} } as unknown as Template),
    );
  const queue = priceOf();

  test.each([
    ['an alarm on one metric', [alarm({ MetricName: 'a' })], 0.1],
    [
      'an alarm on a share of two metrics',
      [alarm({ Metrics: [{ Expression: 'a / b' }, { MetricStat: 1 }, { MetricStat: 2 }] })],
      0.2,
    ],
    [
      'an alarm on unusual traffic',
      [alarm({ Metrics: [{ Expression: 'ANOMALY_DETECTION_BAND(m, 2)' }, { MetricStat: 1 }] })],
      0.3,
    ],
    ['a secret', [{ Type: 'AWS::SecretsManager::Secret', Properties: {} }], 0.4],
  ])('counts %s', (_says, resources, dollars) => {
    expect(priceOf(...resources) - queue).toBeCloseTo(dollars, 5);
  });
});

test.each([
  ['API Gateway, HTTP API, a million requests', prices.apiMillion],
  ['Lambda, a million runs', prices.runMillion],
  ['Lambda on arm64, a GB-second', prices.gbSecond],
  ['SQS, a million requests of 64 KB', prices.sqsMillion],
  ['SQS with fair queues, a million requests of 64 KB', prices.fairSqsMillion],
  ['CloudWatch Logs, a GB', prices.logGb],
  ['CloudWatch Logs, a GB stored for a month', prices.logGbStoredMonth],
  ['CloudWatch Logs Insights, a GB that a query reads', prices.insightsGb],
  ['Data out to the internet, a GB', prices.egressGb],
  ['CloudWatch, a metric and month', prices.metricMonth],
  ['CloudWatch, a metric in an alarm and month', prices.alarmMetricMonth],
  ['CloudWatch, a dashboard and month', prices.dashboardMonth],
  ['Athena, a TB that a query reads', prices.athenaTb],
  ['EventBridge Scheduler, a million runs', prices.schedulerMillion],
  ['DynamoDB on demand, a million writes of 1 KB', prices.tableWriteMillion],
  ['DynamoDB on demand, a million reads of 4 KB', prices.tableReadMillion],
  ['DynamoDB, a GB and month, with its backups', prices.tableGbMonth],
  ['Secrets Manager, a secret and month', prices.secretMonth],
  ['KMS, a customer key and month', prices.keyMonth],
])('the page names the price: %s', (title, price) => {
  expect(figuresOf(page, title)).toEqual([price]);
});
