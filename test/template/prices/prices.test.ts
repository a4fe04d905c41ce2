/** The page says what a stage costs: its dollars follow from the template, and its bytes from the bundles that are deployed. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { measureBytes } from '../package/measured-bytes.ts';
import { packageStage } from '../package-stage.ts';
import { properties, type Template } from '../template.ts';
import { type Bytes, costOfMillion, millionTable, monthTable, prices, total, traffics } from './prices.ts';

const page = readFileSync(new URL('../../../docs/deploy.md', import.meta.url), 'utf8');

/** The figures of one row of the page. */
function row(title: string): number[] {
  const line = page.split('\n').find((text) => text.startsWith(`| ${title} |`)) ?? '';
  const cells = line.split('|').slice(2, -1);
  return cells.map((cell) => Number(cell.replaceAll(/[^\d.]/g, ''))).filter((figure) => figure > 0);
}

/** A whole table of the page, so that a wrong one shows what it should be. */
function table(head: string): string {
  const lines = page.slice(page.indexOf(`${head}\n`)).split('\n');
  return lines
    .slice(
      0,
      lines.findIndex((line) => !line.startsWith('|')),
    )
    .join('\n');
}

function bySize(title: string): Bytes['ingest'] {
  const [one = 0, ten = 0, fifty = 0] = row(title);
  return { 1: one, 10: ten, 50: fifty };
}

const stated: Bytes = {
  ingest: bySize('`ingest`, for a POST'),
  access: row('access log, for a POST')[0] ?? 0,
  fullBatch: bySize('`deliver`, for 50 events'),
  singleBatch: row('`deliver`, for 1 event')[0] ?? 0,
  event: row('request to TikTok, for an event')[0] ?? 0,
};

const statedMetrics = (): number => Number(/^\| (\d+) metrics, /m.exec(page)?.[1]);

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

/** Lines differ by a digit of a duration from run to run. */
const isNear = (figure: number, measured: number): boolean => Math.abs(figure / measured - 1) <= 0.05;

test('the bytes on the page are those that the bundles write', async () => {
  const { bytes, series } = await measureBytes();
  const measured = { ...bytes, access: accessLine(await packageStage('prod')).length };
  const flat = (all: Bytes) => [
    ...Object.values(all.ingest),
    all.access,
    ...Object.values(all.fullBatch),
    all.singleBatch,
    all.event,
  ];
  const figures = flat(stated);
  const off = flat(measured).filter((figure, index) => !isNear(figures[index] ?? 0, figure));
  expect(off, `measured: ${JSON.stringify(measured)}`).toEqual([]);
  expect(statedMetrics(), [...series].join(', ')).toBe(series.size);
});

describe('the dollars on the page follow from its bytes and from the template of prod', () => {
  test('for a million events', async () => {
    const expected = millionTable(await packageStage('prod'), stated);
    expect(table(expected.split('\n')[0] ?? '')).toBe(expected);
  });

  test('for a month', async () => {
    const expected = monthTable(await packageStage('prod'), statedMetrics());
    expect(table(expected.split('\n')[0] ?? '')).toBe(expected);
  });

  test('for 1,000 events a second all month', async () => {
    const template = await packageStage('prod');
    const month = (perPost: number) => {
      const full = traffics.filter((one) => one.perPost === perPost && one.perRun === 50);
      const dollars = full.map((traffic) => total(costOfMillion(traffic, template, stated)) * 2592);
      return `$${(Math.round(Number(dollars) / 10) * 10).toLocaleString('en-US')}`;
    };
    const [sentence] = /At 1,000 events a second all month: .*?\./.exec(page) ?? [];
    expect(sentence).toBe(
      `At 1,000 events a second all month: ${month(1)} one by one, ${month(50)} in batches of 50.`,
    );
  });
});

test.each([
  ['API Gateway, HTTP API, a million requests', prices.apiMillion],
  ['Lambda, a million runs', prices.runMillion],
  ['Lambda on arm64, a GB-second', prices.gbSecond],
  ['SQS, a million requests of 64 KB', prices.sqsMillion],
  ['CloudWatch Logs, a GB', prices.logGb],
  ['Data out to the internet, a GB', prices.egressGb],
  ['CloudWatch, a metric and month', prices.metricMonth],
  ['CloudWatch, a metric in an alarm and month', prices.alarmMetricMonth],
  ['CloudWatch, a dashboard and month', prices.dashboardMonth],
  ['Secrets Manager, a secret and month', prices.secretMonth],
  ['KMS, a customer key and month', prices.keyMonth],
])('the page names the price: %s', (title, price) => {
  expect(row(title)).toEqual([price]);
});
