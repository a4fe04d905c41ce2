/** Discarding deletes what was asked for, and nothing else: not without a line in the journal, and not what another has. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type JournalDouble, startJournal } from '../support/local-journal-double.ts';
import { type Queues, startQueues } from '../support/queues.ts';
import { runCli, startCli } from '../support/run-cli.ts';

let queues: Queues;
let journal: JournalDouble;
beforeEach(async () => {
  [queues, journal] = [await startQueues(), await startJournal()];
});
afterEach(async () => {
  await Promise.all([queues.stop(), journal.stop()]);
});

const hour = 3_600_000;
const iso = (agoMs: number) => new Date(Date.now() - agoMs).toISOString();

function letter(id: string, { reason = 'invalid_event', ageMs = hour, destination = 'default' } = {}) {
  const attributes = {
    reason,
    outcome: 'refused',
    destination,
    first_sent_at: iso(ageMs),
    failed_at: iso(ageMs),
  };
  return { body: JSON.stringify({ event_name: 'Lead', event_id: id, email: 'ada@example.com' }), attributes };
}
const env = () => ({ ...queues.env, ...journal.env });
const discard = (...args: string[]) => runCli(['dead-letters', 'discard', ...args], { env: env() });
const many = (count: number) => Array.from({ length: count }, (_, index) => letter(`id-${index}`));

test('discard without a filter asks which letters, and deletes none', async () => {
  await queues.park([letter('a')]);
  const { code, stderr } = await discard();
  expect(code).toBe(2);
  expect(stderr).toContain('Say which letters');
  expect(await queues.parked()).toEqual({ visible: 1, hidden: 0 });
});

test.each([
  { args: ['--reason', 'expired'], left: 3 },
  { args: ['--destination', 'shop2'], left: 3 },
  { args: ['--older-than', '3h'], left: 3 },
  { args: ['--newer-than', '3h'], left: 1 },
  { args: ['--newer-than', '5h', '--older-than', '2h'], left: 3 },
  { args: ['--id', 'a', 'c'], left: 2 },
  { args: ['--outcome', 'unknown'], left: 4 },
  { args: ['--all'], left: 0 },
])('discard $args deletes only those', async ({ args, left }) => {
  await queues.park([
    letter('a'),
    letter('b', { reason: 'expired', ageMs: 4 * hour }),
    letter('c', { destination: 'shop2' }),
    letter('d'),
  ]);
  await discard(...args);
  expect(await queues.parked()).toEqual({ visible: left, hidden: 0 });
  expect(journal.lines).toHaveLength(4 - left);
});

test('discard shows the count of each reason, and leaves a line in the journal for each letter', async () => {
  await queues.park([letter('a'), letter('b'), letter('c', { reason: 'expired' })]);
  const { code, stdout, stderr } = await discard('--all');
  expect({ code, stdout }).toEqual({ code: 0, stdout: '3 dead letters discarded.\n' });
  expect(stderr).toMatch(/3 dead letters:\n +2 {2}invalid_event\n +1 {2}expired/);
  expect(journal.lines).toHaveLength(3);
  const [line] = journal.lines.filter(({ reason }) => reason === 'expired');
  expect(line).toMatchObject({
    message: 'message discarded',
    event: '2e7d2c03a9507ae2',
    destination: 'default',
  });
  expect(JSON.stringify(journal.lines)).not.toContain('ada@');
});

test('discard deletes nothing while the journal cannot be written', async () => {
  await queues.park(many(25));
  journal.is.status = 500;
  const { code, stderr } = await discard('--all');
  expect(code).toBe(3);
  expect(stderr).toMatch(
    /Nothing was discarded: the journal cannot be written\. The program on PORT has no journal/,
  );
  expect(await queues.parked()).toEqual({ visible: 25, hidden: 0 });
});

test('replay puts messages back while the journal cannot be written, and warns', async () => {
  await queues.park(many(25));
  journal.is.status = 500;
  const { code, stdout } = await runCli(['dead-letters', 'replay', '--rate', '1000'], { env: env() });
  expect(code).toBe(0);
  expect(stdout).toMatch(/^25 messages put back/);
  expect(stdout).toMatch(/Warning: 25 messages put back without a line in the journal/);
  expect(await queues.queued()).toMatchObject({ visible: 25 });
});

test('discard leaves what another command has in hand, and says so', async () => {
  await queues.park([letter('a'), letter('b')]);
  await queues.bodies(queues.deadLetterQueueUrl);
  const { stdout } = await discard('--all');
  expect(stdout).toMatch(/2 more cannot be seen now: another command is reading them/);
  expect(journal.lines).toEqual([]);
  expect(await queues.parked()).toEqual({ visible: 0, hidden: 2 });
});

test('a replay and a discard at the same time finish each letter once', async () => {
  await queues.park(many(300));
  const [discarded, replayed] = await Promise.all([
    discard('--all', '--json'),
    runCli(['dead-letters', 'replay', '--rate', '1000', '--json'], { env: env() }),
  ]);
  const [gone, sent] = [JSON.parse(discarded.stdout), JSON.parse(replayed.stdout)];
  const { visible } = await queues.parked();
  expect(gone.discarded + sent.replayed + visible).toBe(300);
  expect(await queues.queued()).toMatchObject({ visible: sent.replayed });
  const finished = journal.lines.map(({ event }) => event);
  expect(new Set(finished).size).toBe(finished.length);
});

test('Ctrl-C ends a discard after the letters in hand, and leaves the others visible', async () => {
  await queues.park(many(400));
  const { child, ended } = startCli(['dead-letters', 'discard', '--all', '--json'], { env: env() });
  await expect.poll(() => journal.lines.length, { timeout: 25_000, interval: 2 }).toBeGreaterThan(0);
  child.kill('SIGINT');
  const { code, stdout } = await ended;
  const { discarded } = JSON.parse(stdout);
  expect(code).toBe(130);
  expect(discarded).toBe(journal.lines.length);
  expect(await queues.parked()).toEqual({ visible: 400 - discarded, hidden: 0 });
});

test('Ctrl-C during an export writes nothing, and leaves every letter visible', async () => {
  await queues.park(many(1_000));
  const { child, ended } = startCli(['dead-letters', 'export'], { env: env() });
  await expect
    .poll(async () => (await queues.parked()).hidden, { timeout: 20_000, interval: 5 })
    .toBeGreaterThan(0);
  child.kill('SIGINT');
  const { code, stdout, stderr } = await ended;
  expect({ code, stdout }).toEqual({ code: 130, stdout: '' });
  expect(stderr).toContain('Interrupted: nothing was exported.');
  expect(await queues.parked()).toEqual({ visible: 1_000, hidden: 0 });
});

test('export refuses a file that exists, and leaves it alone', async () => {
  const { code, stderr } = await runCli(['dead-letters', 'export', '--output', 'package.json'], {
    env: env(),
  });
  expect(code).toBe(2);
  expect(stderr).toMatch(/The file of --output/);
});

test('export keeps the digits of numbers, and takes the event out of its envelopes', async () => {
  const event = '{"event_name":"Purchase","event_id":12345678901234567890,"email":"ada@example.com"}';
  await queues.park([
    { body: `{"v":1,"event":${event},"destination":"shop2","received_at":"2026-11-20T10:00:00Z"}` },
    { body: JSON.stringify({ Type: 'Notification', Message: event, MessageId: 'm-1' }) },
  ]);
  const { stdout } = await runCli(['dead-letters', 'export'], { env: env() });
  const lines = stdout.trimEnd().split('\n').sort();
  expect(lines).toHaveLength(2);
  for (const line of lines) expect(line).toContain('"event_id":12345678901234567890');
  expect(lines.filter((line) => line.includes('"destination":"shop2"'))).toHaveLength(1);
  expect(lines.join()).toContain(`"event_time":${Date.parse('2026-11-20T10:00:00Z') / 1000}`);
});
