import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Queues, startQueues } from '../support/queues.ts';
import { runCli, startCli } from '../support/run-cli.ts';

let queues: Queues;
beforeEach(async () => {
  queues = await startQueues();
});
afterEach(() => queues.stop());

const hour = 3_600_000;
const iso = (agoMs: number) => new Date(Date.now() - agoMs).toISOString();

function letter(
  id: string,
  {
    reason = 'tiktok_40002',
    outcome = 'refused',
    ageMs = hour,
    destination = 'default',
    notAfterMs = -46 * hour,
  } = {},
) {
  const body = JSON.stringify({
    v: 1,
    event: { event_name: 'Purchase', event_id: id, event_time: 1, email: 'ada@example.com' },
    destination,
    source: 'api',
    received_at: iso(ageMs),
    not_after: iso(notAfterMs),
    trace: 't',
  });
  const attributes = {
    reason,
    outcome,
    destination,
    detail: 'email: bad',
    first_sent_at: iso(ageMs),
    failed_at: iso(ageMs),
  };
  return { body, attributes };
}

const cli = (...args: string[]) => runCli(['dead-letters', ...args], { env: queues.env });

test('list shows one line a letter, a total a reason, and no personal data', async () => {
  await queues.park([letter('a'), letter('b', { reason: 'expired', ageMs: 5 * hour })]);
  const { code, stdout } = await cli('list');
  expect(code).toBe(0);
  expect(stdout).toContain('2 dead letters, the oldest parked 5 h ago.');
  const line =
    /Purchase +ca978112ca1bbdca +api +default +tiktok_40002 +refused +- +A field of the event is invalid\. TikTok names .email: bad/;
  expect(stdout).toMatch(line);
  expect(stdout).toMatch(/Purchase +3e23e8160039594a +api +default +expired/);
  expect(stdout).toMatch(/^ +1 {2}tiktok_40002: Correct the field at the sender\./m);
  expect(stdout).not.toContain('ada@example.com');
});

test('list shows bodies when asked', async () => {
  await queues.park([letter('a')]);
  expect((await cli('list', '--show-body')).stdout).toContain('ada@example.com');
});

test('a message that SQS moved reads exhausted, with unknown outcome', async () => {
  await queues.park([{ body: '{"event_name":"Purchase"}' }]);
  const { stdout } = await cli('list', '--json');
  expect(JSON.parse(stdout)).toMatchObject({
    count: 1,
    reasons: { exhausted: 1 },
    dead_letters: [{ reason: 'exhausted', outcome: 'unknown', destination: 'default' }],
  });
});

test('list repeats no name that a producer may have made up', async () => {
  const bodies = [
    '{"v":1,"destination":"ada@example.com","event":{}}',
    '{"v":2,"destination":"ada","event":{}}',
  ];
  await queues.park([
    { body: bodies[0] ?? '' },
    { body: bodies[1] ?? '', attributes: { reason: 'undecodable', outcome: 'refused' } },
  ]);
  const { stdout } = await cli('list', '--json');
  expect(stdout).not.toContain('ada');
});

test('list and replay count the messages outside the filter and those that another command hides', async () => {
  await queues.park([letter('a'), letter('b')]);
  expect((await cli('list', '--reason', 'nope')).stdout).toBe(
    'No dead letters among those asked for; 2 others.\n',
  );
  await queues.bodies(queues.deadLetterQueueUrl);
  const hidden = /2 more cannot be seen now: another command is reading them, or one was killed/;
  expect((await cli('list')).stdout).toMatch(hidden);
  expect((await cli('replay')).stdout).toMatch(hidden);
});

test.each(['abc', '-1', '99999999'])('SQS_PORT %s is named, with the remedy', async (SQS_PORT) => {
  const { code, stderr } = await runCli(['dead-letters', 'list'], { env: { SQS_PORT } });
  expect(code).toBe(2);
  expect(stderr).toContain('SQS_PORT must be a port, 1 to 65535: the one that npm start was given.');
});

test('control characters in a letter cannot steer the terminal', async () => {
  const reason = 'x\u009b31mred\u202e';
  await queues.park([{ body: '{}', attributes: { reason, outcome: 'refused' } }]);
  expect((await cli('list')).stdout).not.toMatch(/[\u009b\u202e]/);
  const { stdout } = await cli('list', '--json');
  expect(stdout).not.toMatch(/[\u009b\u202e]/);
  expect(JSON.parse(stdout)).toMatchObject({ reasons: { [reason]: 1 }, dead_letters: [{ reason }] });
});

test('list reads thousands, and leaves every one of them visible at once', async () => {
  await queues.park(Array.from({ length: 1200 }, (_, index) => letter(`id-${index}`)));
  const { stdout } = await cli('list', '--json', '--limit', '3');
  const report = JSON.parse(stdout);
  expect(report).toMatchObject({ count: 1200, complete: true });
  expect(report.dead_letters).toHaveLength(3);
  expect(await queues.parked()).toEqual({ visible: 1200, hidden: 0 });
});

test('Ctrl-C during list leaves every message visible too', async () => {
  await queues.park(Array.from({ length: 1000 }, (_, index) => letter(`id-${index}`)));
  const { child, ended } = startCli(['dead-letters', 'list', '--json'], { env: queues.env });
  await expect
    .poll(async () => (await queues.parked()).hidden, { timeout: 20_000, interval: 5 })
    .toBeGreaterThan(0);
  child.kill('SIGINT');
  const { code, stdout } = await ended;
  expect(code).toBe(130);
  expect(JSON.parse(stdout)).toMatchObject({ complete: false });
  expect(await queues.parked()).toEqual({ visible: 1000, hidden: 0 });
});

test('replay puts the original bodies back and empties the dead-letter queue', async () => {
  const letters = Array.from({ length: 25 }, (_, index) => letter(`id-${index}`));
  await queues.park(letters);
  const { code, stdout } = await cli('replay');
  expect(stdout).toContain('25 messages put back into the queue.');
  expect(code).toBe(0);
  expect(await queues.parked()).toEqual({ visible: 0, hidden: 0 });
  expect((await queues.bodies(queues.queueUrl)).sort()).toEqual(letters.map(({ body }) => body).sort());
});

test.each([
  { args: ['--reason', 'expired'], ids: ['b'] },
  { args: ['--destination', 'shop2'], ids: ['c'] },
  { args: ['--older-than', '3h'], ids: ['b'] },
])('replay $args takes only those, and leaves the others visible', async ({ args, ids }) => {
  await queues.park([
    letter('a'),
    letter('b', { reason: 'expired', ageMs: 4 * hour }),
    letter('c', { destination: 'shop2' }),
  ]);
  await cli('replay', ...args);
  const sent = (await queues.bodies(queues.queueUrl)).map((body) => JSON.parse(body).event.event_id);
  expect(sent).toEqual(ids);
  expect(await queues.parked()).toEqual({ visible: 2, hidden: 0 });
});

test('replay --limit puts back so many and no more', async () => {
  await queues.park(Array.from({ length: 30 }, (_, index) => letter(`id-${index}`)));
  const { stdout } = await cli('replay', '--limit', '12', '--rate', '1000', '--json');
  expect(JSON.parse(stdout)).toMatchObject({ replayed: 12 });
  expect(await queues.queued()).toMatchObject({ visible: 12 });
  expect(await queues.parked()).toEqual({ visible: 18, hidden: 0 });
});

test('what TikTok may have taken more than 48 hours ago stays, and is counted, unless asked for', async () => {
  await queues.park([
    letter('old', { outcome: 'unknown', ageMs: 49 * hour }),
    letter('young', { outcome: 'unknown' }),
  ]);
  const first = await cli('replay', '--json');
  expect(JSON.parse(first.stdout)).toMatchObject({ replayed: 1, left: { unknown_outcome: 1 } });
  const second = await cli('replay', '--include-unknown', '--json');
  expect(JSON.parse(second.stdout)).toMatchObject({ replayed: 1, left: { unknown_outcome: 0 } });
});

test('an exhausted message without an id of its own stays: sent again it would get another id', async () => {
  await queues.park([{ body: '{"event_name":"Purchase","email":"ada@example.com"}' }]);
  expect(JSON.parse((await cli('replay', '--json')).stdout)).toMatchObject({ left: { unknown_outcome: 1 } });
});

test('an expired message is replayed with --renew only, with a later not_after and nothing else changed', async () => {
  const expired = letter('a', { reason: 'expired', ageMs: 50 * hour, notAfterMs: 3 * hour });
  const body = expired.body.replace('"event_time":1', '"event_time":12345678901234567890');
  await queues.park([{ ...expired, body }]);
  const plain = await cli('replay');
  expect(plain.stdout).toMatch(/1 message left: past their time.*--renew/);
  expect(JSON.parse((await cli('replay', '--renew', '--json')).stdout)).toMatchObject({
    replayed: 1,
    renewed: 1,
  });
  const [sent = ''] = await queues.bodies(queues.queueUrl);
  const { not_after } = JSON.parse(sent);
  expect(Date.parse(not_after)).toBeGreaterThan(Date.now() + 46 * hour);
  expect(sent.replace(not_after, iso(0))).toHaveLength(body.length);
  expect(sent).toContain('12345678901234567890');
});

test('an event that EventBridge could not queue is listed by its error, and replayed as it was', async () => {
  const body = JSON.stringify({
    version: '0',
    'detail-type': 'order.paid',
    source: 'shop',
    detail: { event_name: 'Purchase', email: 'ada@example.com', destination: 'shop2' },
  });
  await queues.park([{ body, attributes: { RULE_ARN: 'arn', ERROR_CODE: 'NO_PERMISSIONS' } }]);
  const { stdout } = await cli('list');
  expect(stdout).toMatch(/queue +shop2 +not_queued +refused +- +EventBridge or SNS .* NO_PERMISSIONS/);
  expect(JSON.parse((await cli('replay', '--json')).stdout)).toMatchObject({ replayed: 1 });
  expect(await queues.bodies(queues.queueUrl)).toEqual([body]);
});

test.each(['sns', 'eventbridge'])('--renew reaches the message inside a letter of %s', async (wrapping) => {
  const { body: message } = letter('a', { ageMs: 50 * hour, notAfterMs: 3 * hour });
  const exact = message.replace('"event_time":1', '"event_time":12345678901234567890');
  const body =
    wrapping === 'sns'
      ? JSON.stringify({ Type: 'Notification', Message: exact })
      : `{"detail-type":"order.paid","detail":${exact}}`;
  await queues.park([{ body, attributes: { ERROR_CODE: 'NO_PERMISSIONS' } }]);
  expect(JSON.parse((await cli('replay', '--json')).stdout)).toMatchObject({ left: { expired: 1 } });
  expect(JSON.parse((await cli('replay', '--renew', '--json')).stdout)).toMatchObject({ renewed: 1 });
  const [sent = ''] = await queues.bodies(queues.queueUrl);
  const { not_after } = JSON.parse(sent);
  expect(Date.parse(not_after)).toBeGreaterThan(Date.now() + 46 * hour);
  expect(sent).toContain('"event_time":12345678901234567890');
});

test('killed at any moment, every message is in one of the queues', async () => {
  const ids = Array.from({ length: 400 }, (_, index) => `id-${index}`);
  await queues.park(ids.map((id) => letter(id)));
  const { child, ended } = startCli(['dead-letters', 'replay', '--rate', '1000'], { env: queues.env });
  const left = async () => {
    const { visible, hidden } = await queues.parked();
    return visible + hidden;
  };
  await expect.poll(left, { timeout: 20_000, interval: 2 }).toBeLessThan(400);
  child.kill('SIGKILL');
  await ended;
  const { visible, hidden } = await queues.parked();
  const sent = await queues.bodies(queues.queueUrl);
  expect(visible + hidden, 'it was killed before the end').toBeGreaterThan(0);
  expect(new Set(sent).size + visible + hidden).toBeGreaterThanOrEqual(400);
});

test('Ctrl-C, although each process of npm run hands it on, ends a replay after the messages in hand', async () => {
  await queues.park(Array.from({ length: 100 }, (_, index) => letter(`id-${index}`)));
  const { child, ended } = startCli(['dead-letters', 'replay', '--rate', '10', '--json'], {
    env: queues.env,
  });
  await expect
    .poll(async () => (await queues.queued()).visible, { timeout: 20_000, interval: 10 })
    .toBeGreaterThan(0);
  for (const _ of ['npm', 'run.mjs', 'the terminal']) child.kill('SIGINT');
  const { code, stdout } = await ended;
  const { replayed } = JSON.parse(stdout);
  expect(code).toBe(130);
  expect(await queues.queued()).toMatchObject({ visible: replayed });
  expect(await queues.parked()).toEqual({ visible: 100 - replayed, hidden: 0 });
});

test('without a running gateway the command says so and ends with code 3', async () => {
  const { code, stderr } = await runCli(['dead-letters', 'list'], { env: { SQS_PORT: '1', PORT: '1' } });
  expect(code).toBe(3);
  expect(stderr).toContain('npm start');
});
