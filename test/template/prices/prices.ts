/** What a stage costs: AWS's prices, the compiled template and bytes of logs become the tables of docs/deploy.md. */
import { ofType, properties, type Template } from '../template.ts';

/** US dollars in us-east-1; the page shows the same table. */
export const prices = {
  apiMillion: 1,
  runMillion: 0.2,
  gbSecond: 0.0000133334,
  sqsMillion: 0.4,
  logGb: 0.5,
  egressGb: 0.09,
  metricMonth: 0.3,
  alarmMetricMonth: 0.1,
  dashboardMonth: 3,
  secretMonth: 0.4,
  keyMonth: 1,
} as const;

/** How events come: `perPost` in one request, `perRun` in one run of the consumer. */
interface Traffic {
  readonly says: string;
  readonly perPost: 1 | 10 | 50;
  readonly perRun: 1 | 50;
}

export const traffics: readonly Traffic[] = [
  { says: '1, one order at a time', perPost: 1, perRun: 1 },
  { says: '1, 50 events/s or more', perPost: 1, perRun: 50 },
  { says: '10, 50 events/s or more', perPost: 10, perRun: 50 },
  { says: '50, 50 events/s or more', perPost: 50, perRun: 50 },
];

/** Bytes that one request, one run or one event writes. */
export interface Bytes {
  /** By events of the post. */
  readonly ingest: Readonly<Record<1 | 10 | 50, number>>;
  readonly access: number;
  /** A batch of 50, by events of each of its posts. */
  readonly fullBatch: Readonly<Record<1 | 10 | 50, number>>;
  readonly singleBatch: number;
  /** Of one event in the request to TikTok. */
  readonly event: number;
}

/** Milliseconds of work: assumed, since only AWS can tell. */
export const assumedMs = { ingest: { 1: 15, 10: 15, 50: 25 }, deliver: 350 } as const;

const million = 1e6;
const gb = 1e9;

function memoryGb(template: Template, id: string): number {
  return Number(properties(template, id).MemorySize) / 1024;
}

const run = (memory: number, ms: number): number =>
  prices.runMillion / million + memory * (ms / 1000) * prices.gbSecond;

/** Dollars for a million events, by column of the table. */
export function costOfMillion({ perPost, perRun }: Traffic, template: Template, bytes: Bytes) {
  const posts = million / perPost;
  const runs = million / perRun;
  // SQS takes 10 messages a request, for sending, receiving and deleting.
  const sends = posts * Math.ceil(perPost / 10);
  const receives = runs * Math.ceil(perRun / 10);
  const ofRun = perRun === 1 ? bytes.singleBatch : bytes.fullBatch[perPost];
  const logged = posts * (bytes.ingest[perPost] + bytes.access) + runs * ofRun;
  return {
    api: (posts / million) * prices.apiMillion,
    ingest: posts * run(memoryGb(template, 'IngestLambdaFunction'), assumedMs.ingest[perPost]),
    sqs: ((sends + 2 * receives) / million) * prices.sqsMillion,
    consumer: runs * run(memoryGb(template, 'DeliverLambdaFunction'), assumedMs.deliver),
    logs: (logged / gb) * prices.logGb,
    egress: ((million * bytes.event) / gb) * prices.egressGb,
  };
}

export const total = (costs: Readonly<Record<string, number>>): number =>
  Object.values(costs).reduce((sum, cost) => sum + cost, 0);

/** The table for a million events, as the page has it. */
export function millionTable(template: Template, bytes: Bytes): string {
  const rows = traffics.map((traffic) => {
    const costs = costOfMillion(traffic, template, bytes);
    const cells = Object.values(costs).map((cost) => cost.toFixed(3));
    return `| ${traffic.says} | ${cells.join(' | ')} | **${total(costs).toFixed(2)}** |`;
  });
  return [
    '| Events a POST | API | Ingest | SQS | Consumer | Logs | Egress | Total |',
    '|---|---:|---:|---:|---:|---:|---:|---:|',
    ...rows,
  ].join('\n');
}

/** A metric counts once in each alarm that reads it; a band of usual traffic is billed as three. */
function alarmMetrics(template: Template): number {
  return ofType(template, 'AWS::CloudWatch::Alarm').reduce((sum, [, { Properties }]) => {
    const queries = (Properties.Metrics ?? []) as { Expression?: string; MetricStat?: unknown }[];
    if (queries.some(({ Expression }) => Expression?.startsWith('ANOMALY'))) return sum + 3;
    return sum + Math.max(1, queries.filter(({ MetricStat }) => MetricStat).length);
  }, 0);
}

/** Lambda asks an empty queue three times a minute from each of its 5 pollers. */
const idleReceivesMonth = 5 * 3 * 60 * 24 * 30;

/** The table of a month, whatever comes, as the page has it. `metrics`: series that are written in it. */
export function monthTable(template: Template, metrics: number): string {
  const alarms = ofType(template, 'AWS::CloudWatch::Alarm').length;
  const read = alarmMetrics(template);
  const secrets = ofType(template, 'AWS::SecretsManager::Secret').length;
  const dashboards = ofType(template, 'AWS::CloudWatch::Dashboard').length;
  const lines: readonly (readonly [string, number])[] = [
    [`${secrets} secrets`, secrets * prices.secretMonth],
    [`${alarms} alarms, which read ${read} metrics`, read * prices.alarmMetricMonth],
    [`${metrics} metrics, while events come in and are delivered`, metrics * prices.metricMonth],
    [`${dashboards} dashboard, after the first three of the account`, dashboards * prices.dashboardMonth],
    ['Lambda asking an empty queue', (idleReceivesMonth / million) * prices.sqsMillion],
  ];
  const sum = lines.reduce((all, [, cost]) => all + cost, 0);
  return [
    '| A month | USD |',
    '|---|---:|',
    ...lines.map(([says, cost]) => `| ${says} | ${cost.toFixed(2)} |`),
    `| together | **${sum.toFixed(2)}** |`,
  ].join('\n');
}
