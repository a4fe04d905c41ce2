/** The price of a stage: AWS's prices, the compiled template and measured bytes become the tables of docs/deploy.md. */
import { ofType, properties, type Template } from '../template.ts';

/** List prices of AWS's price pages for us-east-1 in November 2026, in US dollars, without free tiers. The page shows them. */
export const prices = {
  apiMillion: 1,
  runMillion: 0.2,
  gbSecond: 0.0000133334,
  sqsMillion: 0.4,
  fairSqsMillion: 0.5,
  logGb: 0.5,
  logGbStoredMonth: 0.03,
  insightsGb: 0.005,
  egressGb: 0.09,
  metricMonth: 0.3,
  alarmMetricMonth: 0.1,
  dashboardMonth: 3,
  athenaTb: 5,
  schedulerMillion: 1,
  tableWriteMillion: 0.625,
  tableReadMillion: 0.125,
  tableGbMonth: 0.45,
  secretMonth: 0.4,
  keyMonth: 1,
} as const;

/** How events come: `perPost` in one request, `perRun` in one run of the consumer. */
interface Traffic {
  readonly says: string;
  readonly perPost: 1 | 10 | 50;
  readonly perRun: 1 | 10 | 50;
}

export const traffics: readonly Traffic[] = [
  { says: '1, one order at a time', perPost: 1, perRun: 1 },
  { says: '10, one post at a time', perPost: 10, perRun: 10 },
  // Each of Lambda's 5 pollers gets a part of the post, and runs the consumer with it.
  { says: '50, one post at a time', perPost: 50, perRun: 10 },
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
  /** A batch of 10 events of one post. */
  readonly smallBatch: number;
  /** Of one message in the queue. */
  readonly message: number;
  /** Of one event in the request to TikTok. */
  readonly event: number;
}

/** Milliseconds of work. An assumption: only AWS can measure them. */
export const assumedMs = { ingest: { 1: 15, 10: 15, 50: 25 }, deliver: 350 } as const;

const million = 1e6;
const gb = 1e9;
const sqsChunk = 65_536;
/** START, END and REPORT in JSON. */
const platformBytes = 700;

function memoryGb(template: Template, id: string): number {
  return Number(properties(template, id).MemorySize) / 1024;
}

const run = (memory: number, ms: number): number =>
  prices.runMillion / million + memory * (ms / 1000) * prices.gbSecond;

/** Bytes that the events of a million log: lines of the functions, metrics, and the access log. */
export function loggedByMillion({ perPost, perRun }: Traffic, template: Template, bytes: Bytes): number {
  const ofRun = { 1: bytes.singleBatch, 10: bytes.smallBatch, 50: bytes.fullBatch[perPost] }[perRun];
  const { SystemLogLevel } = properties(template, 'DeliverLambdaFunction').LoggingConfig as {
    SystemLogLevel: string;
  };
  const platform = SystemLogLevel === 'INFO' ? platformBytes : 0;
  const posts = million / perPost;
  const runs = million / perRun;
  return posts * (bytes.ingest[perPost] + bytes.access + platform) + runs * (ofRun + platform);
}

/** Requests of 10 messages, for sending, receiving and deleting; SQS counts each 64 KB of one. */
function sqsRequests({ perPost, perRun }: Traffic, bytes: Bytes): number {
  const chunks = (messages: number) => Math.ceil((Math.min(messages, 10) * bytes.message) / sqsChunk);
  const sends = (million / perPost) * Math.ceil(perPost / 10) * chunks(perPost);
  const runs = million / perRun;
  return sends + runs * Math.ceil(perRun / 10) * (chunks(perRun) + 1);
}

/** Dollars for a million events, by column of the table. */
export function costOfMillion(traffic: Traffic, template: Template, bytes: Bytes) {
  const { perPost, perRun } = traffic;
  const posts = million / perPost;
  const runs = million / perRun;
  const retention = Number(properties(template, 'DeliverLogGroup').RetentionInDays);
  const ofGb = prices.logGb + prices.logGbStoredMonth * (retention / 30);
  return {
    api: (posts / million) * prices.apiMillion,
    ingest: posts * run(memoryGb(template, 'IngestLambdaFunction'), assumedMs.ingest[perPost]),
    sqs: (sqsRequests(traffic, bytes) / million) * prices.sqsMillion,
    consumer: runs * run(memoryGb(template, 'DeliverLambdaFunction'), assumedMs.deliver),
    logs: (loggedByMillion(traffic, template, bytes) / gb) * ofGb,
    egress: ((million * bytes.event) / gb) * prices.egressGb,
  };
}

/** Dollars that fair queues add to a million events: a stage with two or more destinations uses them. */
export const fairQueues = (traffic: Traffic, bytes: Bytes): number =>
  (sqsRequests(traffic, bytes) / million) * (prices.fairSqsMillion - prices.sqsMillion);

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

/** Dollars of a month in which no event comes, by what they are for. */
export function idleMonth(template: Template): readonly (readonly [says: string, dollars: number])[] {
  const count = (type: string): number => ofType(template, type).length;
  const secrets = count('AWS::SecretsManager::Secret');
  const read = alarmMetrics(template);
  return [
    [`${secrets} secrets`, secrets * prices.secretMonth],
    [`${count('AWS::CloudWatch::Alarm')} alarms, which read ${read} metrics`, read * prices.alarmMetricMonth],
    ['Lambda asking an empty queue', (idleReceivesMonth / million) * prices.sqsMillion],
    [`${count('AWS::CloudWatch::Dashboard')} dashboard, of the three free ones of an account`, 0],
  ];
}

export const sumOf = (lines: readonly (readonly [string, number])[]): number =>
  lines.reduce((sum, [, dollars]) => sum + dollars, 0);

/** The table of a month, as the page has it. `metrics`: series that are written while all is well. */
export function monthTable(template: Template, metrics: number): string {
  const idle = idleMonth(template);
  const written = metrics * prices.metricMonth;
  const row = (says: string, dollars: string) => `| ${says} | ${dollars} |`;
  const sum = (dollars: number) => `**${dollars.toFixed(2)}**`;
  return [
    '| A month | USD |',
    '|---|---:|',
    ...idle.map(([says, dollars]) => row(says, dollars.toFixed(2))),
    row('without any event', sum(sumOf(idle))),
    row(`${metrics} metrics, while events come in and are delivered`, written.toFixed(2)),
    row('with events all day', sum(sumOf(idle) + written)),
  ].join('\n');
}

const whole = (bytes: number): string => Math.round(bytes).toLocaleString('en-US');

/** The table of bytes, as the page has it. */
export function bytesTable({ ingest, access, fullBatch, ...bytes }: Bytes): string {
  const sizes = (row: Bytes['ingest']) => `${whole(row[1])} | ${whole(row[10])} | ${whole(row[50])}`;
  return [
    '| Bytes | 1 event a POST | 10 | 50 |',
    '|---|---:|---:|---:|',
    `| \`ingest\`, for a POST | ${sizes(ingest)} |`,
    `| access log, for a POST | ${sizes({ 1: access, 10: access, 50: access })} |`,
    `| \`deliver\`, for 50 events | ${sizes(fullBatch)} |`,
    `| \`deliver\`, for 10 events | | ${whole(bytes.smallBatch)} | |`,
    `| \`deliver\`, for 1 event | ${whole(bytes.singleBatch)} | | |`,
    `| message in the queue, for an event | ${whole(bytes.message)} | | |`,
    `| request to TikTok, for an event | ${whole(bytes.event)} | | |`,
  ].join('\n');
}
