/** The journal of a deployed stage, read from a double of CloudWatch Logs with the SDK. */
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createCloudWatchJournal } from '../../../cli/journal/aws/cloudwatch-journal.ts';
import type { Journal } from '../../../cli/journal/journal.ts';
import { functionLogGroup, operatorLogGroup } from '../../../lib/config/names.ts';
import type { JournalLine, OperatorLine } from '../../../lib/journal/line.ts';
import { type CloudWatchLogsDouble, startCloudWatchLogs } from '../../support/aws/cloudwatch-logs.ts';
import { eventually } from '../../support/eventually.ts';

const startMs = Date.UTC(2026, 10, 26, 9);
const window = { fromMs: startMs - 86_400_000, toMs: startMs + 86_400_000 };
const [ingest, deliver, operator] = [
  functionLogGroup('prod', 'ingest'),
  functionLogGroup('prod', 'deliver'),
  operatorLogGroup('prod'),
];

let logs: CloudWatchLogsDouble;
let client: CloudWatchLogsClient;
const never = new AbortController().signal;

beforeEach(async () => {
  logs = await startCloudWatchLogs();
  client = new CloudWatchLogsClient({
    region: 'eu-central-1',
    endpoint: logs.url,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  });
});
afterEach(async () => {
  client.destroy();
  await logs.stop();
});

const open = (): Promise<Journal> =>
  createCloudWatchJournal(
    {
      client,
      stage: 'prod',
      functionGroups: ['ingest', 'webhook', 'deliver'].map((name) => functionLogGroup('prod', name)),
      operatorGroup: operator,
    },
    { stepMs: 2, pollMs: 5 },
  );

const json = (atMs: number, message: string, fields: object = {}) => ({
  level: 'INFO',
  message,
  timestamp: new Date(atMs).toISOString(),
  ...fields,
});
const answered = (atMs: number, event: string) =>
  json(atMs, 'tiktok answered', { destination: 'default', outcome: 'delivered', event, duration_ms: 9 });
const hex = (n: number) => n.toString(16).padStart(16, '0');

async function all(lines: AsyncIterable<JournalLine>): Promise<JournalLine[]> {
  const list: JournalLine[] = [];
  for await (const line of lines) list.push(line);
  return list;
}
const eventsOf = (lines: readonly JournalLine[]) =>
  lines.flatMap((line) => (line.kind === 'answered' ? line.events : []));

test('reads the lines of all groups oldest first, and asks only groups that exist', async () => {
  logs.put(ingest, [json(startMs + 1, 'events received', { source: 'api', event: 'a', status: 202 })]);
  logs.put(deliver, [
    answered(startMs + 9, 'a'),
    answered(startMs + 5, 'a'),
    json(startMs, 'of no interest'),
  ]);
  // Another stage whose name continues this one's.
  logs.put(`${functionLogGroup('prod', 'ingest')}-eu`, [answered(startMs, 'x')]);
  const lines = await all((await open()).lines(window, never));
  expect(lines.map(({ kind, atMs }) => [kind, atMs - startMs])).toEqual([
    ['received', 1],
    ['answered', 5],
    ['answered', 9],
  ]);
  const [query] = logs.calls.filter(({ operation }) => operation === 'StartQuery');
  expect(query?.input.logGroupNames).toEqual([ingest, deliver]);
});

test('finds the lines of some fingerprints and trace ids, whatever characters these have', async () => {
  logs.put(deliver, [
    answered(startMs, 'aaaaaaaaaaaaaaaa'),
    answered(startMs + 1, 'bbbbbbbbbbbbbbbb'),
    { ...answered(startMs + 2, 'cccccccccccccccc'), trace: 'Root=1-67/5+b=' },
  ]);
  const journal = await open();
  const find = async (...containing: string[]) =>
    eventsOf(await all(journal.lines({ ...window, containing }, never)));
  expect(await find('aaaaaaaaaaaaaaaa', 'Root=1-67/5+b=')).toEqual(['aaaaaaaaaaaaaaaa', 'cccccccccccccccc']);
  expect(await find('.*')).toEqual([]);
  expect(await find()).toEqual([]);
  const many = Array.from({ length: 450 }, (_, n) => hex(n));
  expect(await find(...many, 'aaaaaaaaaaaaaaaa', 'bbbbbbbbbbbbbbbb')).toEqual([
    'aaaaaaaaaaaaaaaa',
    'bbbbbbbbbbbbbbbb',
  ]);
  expect(await all(journal.lines({ ...window, messages: ['message parked'] }, never))).toEqual([]);
});

test('keeps to the milliseconds of the window', async () => {
  logs.put(deliver, [
    answered(startMs + 100, 'a'),
    answered(startMs + 200, 'b'),
    answered(startMs + 300, 'c'),
  ]);
  const lines = (await open()).lines({ fromMs: startMs + 150, toMs: startMs + 250 }, never);
  expect(eventsOf(await all(lines))).toEqual(['b']);
});

test('reads a hundred thousand lines whole and in order, also a second with more lines than one answer', async () => {
  const count = 100_000;
  // 25,000 lines in one second, the others spread over an hour.
  const atMs = (n: number) => (n < 25_000 ? startMs + (n % 1000) : startMs + 1_000 + ((n * 37) % 3_600_000));
  logs.put(
    deliver,
    Array.from({ length: count }, (_, n) => answered(atMs(n), hex(n))),
  );
  const lines = await all((await open()).lines(window, never));
  expect(new Set(eventsOf(lines)).size).toBe(count);
  expect(lines).toHaveLength(count);
  expect(lines.every((line, index) => line.atMs >= (lines[index - 1]?.atMs ?? 0))).toBe(true);
  expect(logs.running()).toBe(0);
}, 60_000);

test('adds up coverage and flow by day, without counting a dry run as accepted', async () => {
  const coverage = (atMs: number, fields: object) =>
    json(atMs, 'coverage', { source: 'shop', event_name: 'Purchase', destination: 'default', ...fields });
  logs.put(deliver, [
    coverage(startMs, { events: 3, email: 2, in_time: 3 }),
    coverage(startMs + 1, { events: 1 }),
    coverage(startMs + 86_400_000, { events: 5, email: 5, event_name: 'My%20Event' }),
    json(startMs, 'message parked', { event: 'a', reason: 'tiktok_40002', message_id: 'm' }),
  ]);
  logs.put(ingest, [
    json(startMs, 'events received', { source: 'api', status: 207, accepted: 7, rejected: 2 }),
  ]);
  // What the consumer rejects of other producers is parked: it came in, and became a dead letter.
  logs.put(deliver, [json(startMs, 'events received', { source: 'queue', accepted: 4, rejected: 1 })]);
  logs.put(functionLogGroup('prod', 'webhook'), [
    json(startMs, 'webhook received', {
      source: 'shop',
      status: 200,
      accepted: 1,
      rejected: 4,
      reason: 'unpaid',
    }),
    json(startMs, 'webhook received', {
      source: 'shop',
      status: 200,
      accepted: 9,
      rejected: 0,
      dry_run: true,
    }),
  ]);
  logs.put(operator, [json(startMs, 'message replayed', { event: 'a', reason: 'x', message_id: 'm' })]);
  const journal = await open();
  expect(await journal.coverage(window, never)).toEqual([
    {
      day: '2026-11-26',
      source: 'shop',
      name: 'Purchase',
      destination: 'default',
      counts: { events: 4, email: 2, in_time: 3 },
    },
    {
      day: '2026-11-27',
      source: 'shop',
      name: 'My Event',
      destination: 'default',
      counts: { events: 5, email: 5 },
    },
  ]);
  expect(await journal.flow(window, never)).toEqual([
    { day: '2026-11-26', accepted: 13, rejected: 2, skipped: 4, parked: 1, replayed: 1, discarded: 0 },
  ]);
});

test('asks for sums by halves of the window when one answer would be cut', async () => {
  logs.state.maxRows = 10_000;
  const days = 12;
  const lines = Array.from({ length: days * 1_000 }, (_, n) =>
    json(startMs + Math.floor(n / 1_000) * 86_400_000, 'coverage', {
      source: `s${n % 1_000}`,
      event_name: 'Lead',
      destination: 'default',
      events: 1,
    }),
  );
  logs.put(deliver, lines);
  const journal = await open();
  const sums = await journal.coverage({ fromMs: startMs, toMs: startMs + days * 86_400_000 }, never);
  expect(sums.length).toBe(days * 1_000);
  expect(sums.every(({ counts }) => counts.events === 1)).toBe(true);
}, 30_000);

test('waits while 30 queries run or calls are throttled, and gives up with the reason', async () => {
  logs.put(deliver, [answered(startMs, 'a')]);
  const journal = await open();
  logs.fail('StartQuery', 'LimitExceededException', 3);
  logs.fail('GetQueryResults', 'ThrottlingException', 2);
  expect(eventsOf(await all(journal.lines(window, never)))).toEqual(['a']);
  logs.state.maxQueries = 0;
  await expect(all(journal.lines(window, never))).rejects.toMatchObject({
    exitCode: 3,
    message: expect.stringContaining('30 queries of this AWS account run at the same time'),
  });
});

test.each([
  ['Timeout', 'took more than 60 minutes: ask for fewer days'],
  ['Cancelled', 'Somebody stopped the query'],
  ['Failed', 'failed (Failed)'],
  ['Unknown', 'failed (Unknown)'],
] as const)('says so when a query ends as %s', async (status, message) => {
  logs.put(deliver, [answered(startMs, 'a')]);
  logs.state.ends = status;
  await expect(all((await open()).lines(window, never))).rejects.toMatchObject({
    exitCode: 3,
    message: expect.stringContaining(message),
  });
});

test('stops its query when it is aborted', async () => {
  logs.put(deliver, [answered(startMs, 'a')]);
  const journal = await open();
  const controller = new AbortController();
  logs.fail('GetQueryResults', 'ThrottlingException', 1_000);
  const reading = all(journal.lines(window, controller.signal));
  await eventually(() => logs.running() === 1);
  controller.abort();
  await expect(reading).rejects.toThrow();
  expect(logs.calls.at(-1)?.operation).toBe('StopQuery');
  expect(logs.running()).toBe(0);
});

test('takes a window before the first line of the stage as empty', async () => {
  logs.put(deliver, [answered(startMs, 'a')]);
  const journal = await open();
  const message =
    'end date and time is either before the log groups creation time or exceeds the log groups log retention settings';
  logs.fail('StartQuery', 'MalformedQueryException', 1, message);
  expect(await all(journal.lines(window, never))).toEqual([]);
  logs.fail('StartQuery', 'MalformedQueryException', 1, 'unexpected symbol');
  await expect(all(journal.lines(window, never))).rejects.toThrow('unexpected symbol');
});

test.each([
  ['DescribeLogGroups', undefined],
  ['StartQuery', deliver],
  ['GetQueryResults', deliver],
])('names the missing right logs:%s', async (operation, group) => {
  logs.put(deliver, [answered(startMs, 'a')]);
  logs.denied.add(operation);
  const reading = open().then((journal) => all(journal.lines(window, never)));
  const where = group === undefined ? '' : ` on log group ${group}`;
  await expect(reading).rejects.toMatchObject({
    exitCode: 3,
    message: expect.stringContaining(`lack the right logs:${operation}${where}. `),
  });
});

const replayed: OperatorLine = {
  kind: 'replayed',
  atMs: startMs,
  traces: [],
  event: 'aaaaaaaaaaaaaaaa',
  destination: 'default',
  reason: 'tiktok_40002',
  messageId: 'm1',
};

test('writes what an operator did, in order and to one stream, so that it can be read again', async () => {
  logs.put(deliver, [answered(startMs, 'a')]);
  logs.createGroup(operator);
  const journal = await open();
  const lines: OperatorLine[] = Array.from({ length: 2_500 }, (_, n) => ({
    ...replayed,
    kind: n % 2 === 0 ? 'replayed' : 'discarded',
    atMs: startMs + 2_500 - n,
    event: hex(n),
  }));
  await journal.write(lines.slice(1_000));
  await journal.write([]);
  await journal.write(lines.slice(0, 1_000));
  const read = await all(
    journal.lines({ ...window, messages: ['message replayed', 'message discarded'] }, never),
  );
  expect(read).toEqual(lines.toReversed());
  const streams = [...logs.state.store.streams];
  expect(streams).toEqual([
    expect.stringMatching(/^\/tiktok-events\/prod\/operator 2026-11-26\/[0-9a-f-]{36}$/),
  ]);
});

test.each(['CreateLogStream', 'PutLogEvents'])('names the missing right logs:%s', async (operation) => {
  logs.put(deliver, []);
  logs.createGroup(operator);
  logs.denied.add(operation);
  await expect((await open()).write([replayed])).rejects.toMatchObject({
    exitCode: 3,
    message: expect.stringContaining(`lack the right logs:${operation} on log group ${operator}. `),
  });
});

test('says what to do when the stage has no log group for operators', async () => {
  logs.put(deliver, []);
  await expect((await open()).write([replayed])).rejects.toMatchObject({
    exitCode: 3,
    message: expect.stringContaining('deploy the stage again'),
  });
});

test('says that a stage has no logs', async () => {
  await expect(open()).rejects.toMatchObject({
    exitCode: 3,
    message: 'Stage prod has no logs yet: deploy it, or send an event.',
  });
  logs.createGroup(operator);
  await expect(open()).rejects.toMatchObject({ exitCode: 3 });
});

test('follows new lines, each once, also when one arrives late', async () => {
  logs.put(deliver, [answered(startMs - 1, 'old'), answered(startMs, 'a')]);
  logs.createGroup(ingest);
  const journal = await open();
  const controller = new AbortController();
  const seen: string[] = [];
  const following = (async () => {
    for await (const line of journal.follow(startMs, controller.signal)) seen.push(...eventsOf([line]));
  })();
  await eventually(() => seen.join(' ') === 'a');
  logs.put(deliver, [answered(startMs + 20_000, 'b')]);
  await eventually(() => seen.join(' ') === 'a b');
  logs.put(ingest, [answered(startMs + 10_000, 'late')]);
  await eventually(() => seen.join(' ') === 'a b late');
  controller.abort();
  await following;
  expect(seen).toEqual(['a', 'b', 'late']);
});

test('names the missing right logs:FilterLogEvents', async () => {
  logs.put(deliver, []);
  logs.denied.add('FilterLogEvents');
  await expect(all((await open()).follow(startMs, never))).rejects.toMatchObject({
    exitCode: 3,
    message: expect.stringContaining(`lack the right logs:FilterLogEvents on log group ${deliver}. `),
  });
});
