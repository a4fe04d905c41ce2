/** `events find` and `events tail` on a deployed stage, over a double of CloudWatch Logs. */
import { createHash } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { functionLogGroup, operatorLogGroup } from '../../../lib/config/names.ts';
import { fingerprint } from '../../../lib/privacy/sha256.ts';
import { type CloudWatchLogsDouble, startCloudWatchLogs } from '../../support/aws/cloudwatch-logs.ts';
import { eventually } from '../../support/eventually.ts';
import { runCli, startCli } from '../support/run-cli.ts';

const [ingest, webhook, deliver, operator] = [
  functionLogGroup('prod', 'ingest'),
  functionLogGroup('prod', 'webhook'),
  functionLogGroup('prod', 'deliver'),
  operatorLogGroup('prod'),
];
const email = 'ada@example.com';
const order = fingerprint('order-gid');
const number = fingerprint('1001');

let logs: CloudWatchLogsDouble;
beforeEach(async () => {
  logs = await startCloudWatchLogs();
});
afterEach(() => logs.stop());

const env = () => ({
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'test',
  AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: logs.url,
});
const events = (...words: string[]) => runCli(['events', ...words, '--stage', 'prod'], { env: env() });

const agoMs = 3_600_000;
const line = (afterMs: number, message: string, fields: object) => ({
  level: 'INFO',
  message,
  timestamp: new Date(Date.now() - agoMs + afterMs).toISOString(),
  service: 'tiktok-events',
  stage: 'prod',
  trace: 'JKJaXmPLvHcESHA=',
  ...fields,
});

/** Two events of order 1001, one delivered and one parked, and a skipped webhook of the same order. */
function seed(): void {
  const [purchase, cart] = [fingerprint('purchase-1'), fingerprint(email)];
  logs.put(webhook, [
    line(0, 'webhook received', {
      source: 'shop',
      topic: 'orders/paid',
      status: 200,
      accepted: 2,
      rejected: 0,
      event: `${purchase} ${cart}`,
      order: `${order},${number} ${order},${number}`,
      event_name: 'Purchase@0 AddToCart@1',
      warnings: 'email:invalid_email@1',
    }),
    line(60_000, 'webhook received', {
      source: 'shop',
      topic: 'orders/updated',
      status: 200,
      accepted: 0,
      rejected: 1,
      reason: 'ignored_topic',
      order: `${order},${number}`,
      trace: 'another=',
    }),
  ]);
  logs.put(deliver, [
    line(2_000, 'tiktok answered', {
      destination: 'default',
      count: 2,
      outcome: 'reject',
      reason: 'tiktok_40002',
      event: `${purchase} ${cart}`,
      position: 1,
      duration_ms: 80,
      tiktok_request_id: 'r1',
    }),
    line(2_200, 'tiktok answered', {
      destination: 'default',
      outcome: 'delivered',
      reason: 'tiktok_0',
      event: purchase,
      duration_ms: 70,
      tiktok_request_id: 'r2',
    }),
    line(2_400, 'message parked', {
      destination: 'default',
      outcome: 'refused',
      reason: 'tiktok_40002',
      detail: 'event_id',
      event: cart,
      order: `${order},${number}`,
      event_name: 'AddToCart',
      source: 'shop',
      message_id: 'm1',
      receives: 1,
    }),
  ]);
  logs.put(operator, [
    line(9_000, 'message replayed', {
      event: cart,
      destination: 'default',
      reason: 'tiktok_40002',
      message_id: 'm1',
    }),
  ]);
}

test.each(['#1001', '1001', 'order-gid', number, 'JKJaXmPLvHcESHA='])(
  'promise 13: finds all events of an order by %s',
  async (id) => {
    seed();
    const { code, stdout } = await events('find', id, '--json');
    expect(code).toBe(0);
    const found = JSON.parse(stdout).events;
    const outcomes = found.map((event: { name?: string; outcome: string }) => [event.name, event.outcome]);
    const ofEvents = [
      ['Purchase', 'delivered'],
      ['AddToCart', 'accepted'],
    ];
    expect(outcomes.slice(0, 2)).toEqual(expect.arrayContaining(ofEvents));
    // The webhook that became no event had another trace.
    expect(outcomes).toHaveLength(id.endsWith('=') ? 2 : 3);
  },
);

test('finds one of the messages of other producers, which share a line, by its own trace', async () => {
  const traces = ['0b0c0d0e-0000-4000-8000-000000000001', '1-67891233-abcdef012345678912345678'];
  logs.put(deliver, [
    line(0, 'events received', {
      source: 'queue',
      accepted: 2,
      rejected: 0,
      event: `${fingerprint('one')} ${fingerprint('two')}`,
      event_name: 'Purchase',
      trace: traces.join(' '),
    }),
  ]);
  const eventOf = async (trace: string): Promise<string[]> =>
    JSON.parse((await events('find', trace, '--json')).stdout).events.map(
      ({ event }: { event: string }) => event,
    );
  expect(await eventOf(traces[0] ?? '')).toEqual([fingerprint('one')]);
  expect(await eventOf(traces[1] ?? '')).toEqual([fingerprint('two')]);
});

test('finds a dead letter that cannot be read by the id of its message, once', async () => {
  const messageId = '0b0c0d0e-0000-4000-8000-000000000002';
  const parked = { reason: 'undecodable', outcome: 'refused', source: 'queue', message_id: messageId };
  logs.put(deliver, [
    line(0, 'events received', {
      source: 'queue',
      accepted: 0,
      rejected: 1,
      event: '-',
      errors: ':undecodable',
      trace: messageId,
    }),
    line(10, 'message parked', { ...parked, receives: 1, trace: messageId }),
  ]);
  logs.put(operator, [line(20, 'message discarded', { reason: 'undecodable', message_id: messageId })]);
  const found = JSON.parse((await events('find', messageId, '--json')).stdout).events;
  expect(found).toMatchObject([
    {
      outcome: 'discarded',
      steps: [{ title: 'parked as a dead letter: undecodable' }, { title: 'discarded by an operator' }],
    },
  ]);
});

test('answers in the first line, with the reason and the time of the next attempt', async () => {
  const heldAtMs = Date.now() - agoMs;
  logs.put(deliver, [
    line(0, 'message waits', {
      destination: 'default',
      outcome: 'hold',
      reason: 'tiktok_40105',
      event: fingerprint('held'),
      wait_s: '30',
      receives: '2',
    }),
  ]);
  const { stdout } = await events('find', 'held');
  const clock = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' });
  const next = [0, 1, 2].map((seconds) => clock.format(heldAtMs + 30_000 + seconds * 1_000));
  const [, shown] =
    /^Event [0-9a-f]{16}, from unknown: held \(40105\), next attempt\s+at (\S+)$/m.exec(stdout) ?? [];
  expect(next).toContain(shown);
});

test('tells the story of an event whose id is an e-mail address, which leaves the machine nowhere', async () => {
  seed();
  const { code, stdout, stderr } = await events('find', email);
  expect(code).toBe(0);
  for (const text of [
    `AddToCart ${fingerprint(email)}, from shop: accepted`,
    '! accepted and queued from shop orders/paid',
    'TikTok named this event (position 1)',
    '✗ parked as a dead letter: 40002',
    '· replayed by an operator',
  ])
    expect(stdout).toContain(text);
  expect(Math.max(...stdout.split('\n').map((text) => text.length))).toBeLessThanOrEqual(80);
  const sent = JSON.stringify(logs.calls);
  for (const part of [email, 'ada', createHash('sha256').update(email).digest('hex')]) {
    expect(sent).not.toContain(part);
    expect(stdout + stderr).not.toContain(part);
  }
});

test('exits with 4 for an id that was never sent, and says where it looked and why it can be missing', async () => {
  seed();
  const { code, stdout, stderr } = await events('find', 'eve@example.com');
  expect(code).toBe(4);
  expect(stdout).toBe('');
  expect(stderr).toContain('the last 30 days of its logs');
  expect(stderr).toContain(fingerprint('eve@example.com'));
  expect(stderr).toContain('another stage');
  expect(stderr).toContain('producer of your own');
  expect(stderr + JSON.stringify(logs.calls)).not.toContain('eve@');
});

test('looks back as many days as asked', async () => {
  seed();
  logs.put(ingest, [
    {
      ...line(0, 'events received', { source: 'api', event: 'eeeeeeeeeeeeeeee' }),
      timestamp: new Date(Date.now() - 9 * 86_400_000).toISOString(),
    },
  ]);
  expect((await events('find', 'eeeeeeeeeeeeeeee', '--days', '2')).code).toBe(4);
  expect((await events('find', 'EEEEEEEEEEEEEEEE', '--days', '10')).code).toBe(0);
  expect((await events('find', 'x', '--days', '0')).code).toBe(2);
  expect((await events('find', ' ')).code).toBe(2);
});

test.each(['DescribeLogGroups', 'StartQuery', 'GetQueryResults'])(
  'names the missing right logs:%s as its only output',
  async (right) => {
    seed();
    logs.denied.add(right);
    const { code, stderr } = await events('find', '1001');
    expect(code).toBe(3);
    expect(stderr).toContain(`logs:${right}`);
  },
);

test('says that a stage has no logs yet', async () => {
  const { code, stderr } = await events('find', '1001');
  expect([code, stderr]).toEqual([3, 'Stage prod has no logs yet: deploy it, or send an event.\n']);
});

test('follows a stage as NDJSON with filters until Ctrl-C, and ends with 0', async () => {
  seed();
  const { child, output, ended } = startCli(
    [
      'events',
      'tail',
      '--stage',
      'prod',
      '--since',
      '2h',
      '--json',
      '--outcome',
      'delivered',
      '--event',
      'Purchase',
    ],
    { env: env() },
  );
  await eventually(() => output.stdout.includes('\n'));
  child.kill('SIGINT');
  const { code, stdout } = await ended;
  expect(code).toBe(0);
  const shown = stdout
    .trim()
    .split('\n')
    .map((text) => JSON.parse(text));
  expect(shown).toEqual([
    expect.objectContaining({
      name: 'Purchase',
      outcome: 'delivered',
      source: 'shop',
      tookMs: expect.any(Number),
    }),
  ]);
}, 60_000);

test('names the missing right of tail', async () => {
  seed();
  logs.denied.add('FilterLogEvents');
  const { code, stderr } = await events('tail');
  expect(code).toBe(3);
  expect(stderr).toContain('logs:FilterLogEvents');
});
