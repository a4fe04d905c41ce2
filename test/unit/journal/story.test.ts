/** What happened to one event, step by step. */
import { expect, test } from 'vitest';
import { parseLine } from '../../../lib/journal/parse-line.ts';
import { partsOf } from '../../../lib/journal/parts.ts';
import { tellPart, tellStory } from '../../../lib/journal/story.ts';
import { reasonText } from '../../../lib/reasons/reason-text.ts';

const [fp, other] = ['aaaaaaaaaaaaaaaa', 'bbbbbbbbbbbbbbbb'];
const startMs = Date.UTC(2026, 10, 26, 9);
type Fields = Readonly<Record<string, unknown>>;

const text = (seconds: number, message: string, fields: Fields): string =>
  JSON.stringify({
    level: 'INFO',
    message,
    timestamp: new Date(startMs + seconds * 1000).toISOString(),
    trace: 't1',
    ...fields,
  });
const received = (seconds: number, fields: Fields = {}) =>
  text(seconds, 'events received', {
    source: 'api',
    status: 202,
    accepted: 2,
    event: `${other} ${fp}`,
    event_name: 'AddToCart@0 Purchase@1',
    warnings: 'email:invalid_email@1',
    api_key: 'backend',
    ...fields,
  });
const answered = (seconds: number, outcome: string, reason: string, fields: Fields = {}) =>
  text(seconds, 'tiktok answered', {
    destination: 'default',
    outcome,
    reason,
    event: `${other} ${fp}`,
    duration_ms: 90,
    tiktok_request_id: 'r1',
    ...fields,
  });
const waits = (seconds: number, outcome: string, reason: string, receives = 1) =>
  text(seconds, 'message waits', {
    destination: 'default',
    outcome,
    reason,
    event: fp,
    wait_s: '30',
    receives: String(receives),
  });
const parked = (seconds: number, reason = 'tiktok_40002', fields: Fields = {}) =>
  text(seconds, 'message parked', {
    reason,
    detail: 'event_id',
    outcome: 'refused',
    destination: 'default',
    event: fp,
    message_id: 'm1',
    receives: 1,
    ...fields,
  });
const operator = (seconds: number, what: string, reason = 'tiktok_40002') =>
  text(seconds, `message ${what}`, { event: fp, reason, destination: 'default', message_id: 'm1' });

function story(...lines: readonly string[]) {
  const read = lines.map((line) => parseLine(line)).filter((line) => line !== undefined);
  return tellStory(fp, read, reasonText);
}
const titles = (...lines: readonly string[]) => story(...lines).map(({ title }) => title);

test('names the sync whose row became the event', () => {
  const read = received(0, { source: 'orders', status: undefined, api_key: undefined, warnings: undefined });
  expect(story(read)[0]).toMatchObject({ title: 'accepted and queued by the sync orders', tone: 'neutral' });
  expect(parseLine(read)).toMatchObject({ kind: 'received', via: 'sync', source: 'orders' });
});

test('tells of an accepted event its warnings, key and trace, and of its delivery how long it took', () => {
  const [first, last] = story(answered(3, 'delivered', 'tiktok_0'), received(0));
  expect(first).toMatchObject({ title: 'accepted and queued by the API', tone: 'warning', atMs: startMs });
  expect(first?.details).toEqual([
    'event Purchase',
    expect.stringMatching(/^warning email:invalid_email\. `email`: The text is no e-mail address/),
    'API key backend',
    'answered HTTP 202',
    'trace t1',
  ]);
  expect(last).toEqual({
    atMs: startMs + 3_000,
    tone: 'good',
    title: 'delivered',
    details: [
      '3 s after it was accepted',
      'with 1 other in one call',
      'destination default',
      'TikTok request r1',
      'answered in 90 ms',
    ],
  });
});

test('puts the receipt first when the delivery was logged before the request ended', () => {
  expect(titles(answered(1, 'delivered', 'tiktok_0'), received(2))).toEqual([
    'accepted and queued by the API',
    'delivered',
  ]);
});

test('leaves out the lines of other events', () => {
  expect(
    titles(
      received(0, { event: other, event_name: 'Lead' }),
      answered(1, 'delivered', 'tiktok_0', { event: other }),
    ),
  ).toEqual([]);
});

test('names the events of a refused call that TikTok meant', () => {
  const [refused, alone, park] = story(
    answered(1, 'reject', 'tiktok_40002', { position: 0 }),
    answered(2, 'reject', 'tiktok_40002', { event: fp, position: 0 }),
    parked(3),
  );
  expect(refused).toMatchObject({ title: 'TikTok refused a call of 2 events: 40002', tone: 'warning' });
  expect(refused?.details).toContain('TikTok named another event of the call (position 0)');
  expect(alone).toMatchObject({ title: 'TikTok refused the event: 40002', tone: 'bad' });
  expect(alone?.details).toContain('TikTok named this event (position 0)');
  expect(park).toMatchObject({ title: 'parked as a dead letter: 40002', tone: 'bad' });
  expect(park?.details[0]).toBe('A field of the event is invalid. TikTok names `event_id`.');
});

test('says why an event is held, what to do, and when it is tried again', () => {
  const [answer, wait] = story(answered(1, 'hold', 'tiktok_40105'), waits(1, 'hold', 'tiktok_40105', 4));
  expect(answer?.title).toBe('TikTok answered 40105');
  expect(wait?.title).toBe('held: 40105');
  expect(wait?.details).toEqual([
    'The access token is wrong or was revoked.',
    'Connect the ad account again with `connect`. Waiting events then go out by themselves.',
    'attempt 4; the next one after 30 s',
    'destination default',
  ]);
  expect(titles(waits(1, 'retry', 'http_503'), answered(2, 'retry', 'timeout'))).toEqual([
    'waits: HTTP 503',
    'TikTok did not answer',
  ]);
});

test('shortens a day of attempts with the same result to its ends', () => {
  const attempts = Array.from({ length: 50 }, (_, n) => [
    answered(n * 900, 'hold', 'tiktok_40105'),
    waits(n * 900 + 1, 'hold', 'tiktok_40105', n + 1),
  ]).flat();
  const steps = story(...attempts, answered(50_000, 'delivered', 'tiktok_0'));
  expect(steps.map(({ title }) => title)).toEqual([
    'TikTok answered 40105',
    'held: 40105',
    '48 more attempts with the same result',
    'TikTok answered 40105',
    'held: 40105',
    'delivered',
  ]);
  expect(steps[4]?.details).toContain('attempt 50; the next one after 30 s');
});

test('names the loop of a replay that is refused again at once, with the way out', () => {
  const loop = story(parked(0), operator(100, 'replayed'), parked(103));
  expect(loop.map(({ title }) => title)).toEqual([
    'parked as a dead letter: 40002',
    'replayed by an operator',
    'replayed, and refused again at once: 40002',
  ]);
  expect(loop[2]?.details).toContain(
    'Another replay ends the same way. Fix the cause, send the event again, then discard this dead letter.',
  );
  const later = story(parked(0), operator(100, 'replayed'), parked(90_000));
  expect(later[2]?.title).toBe('parked as a dead letter: 40002');
  const another = story(parked(0), operator(100, 'replayed'), parked(103, 'expired'));
  expect(another[2]?.title).toBe('parked as a dead letter: expired');
});

test('tells of a dead letter that TikTok may have accepted, and of its end', () => {
  const [park, end] = story(
    parked(0, 'timeout', { outcome: 'unknown', receives: 111 }),
    operator(9, 'discarded', 'timeout'),
  );
  expect(park?.details).toContain('TikTok may have accepted it all the same: no answer says so.');
  expect(park?.details).toContain('after 111 attempts');
  expect(end).toMatchObject({
    title: 'discarded by an operator',
    details: ['it was parked as timeout', 'message m1'],
  });
});

test('shows the second receipt of an event as a duplicate', () => {
  expect(titles(received(0), received(30))).toEqual([
    'accepted and queued by the API',
    'accepted again by the API: a duplicate',
  ]);
});

test('says why an event was rejected, was not queued or only tried', () => {
  const [rejected] = story(received(0, { errors: 'value:invalid_number@1', status: 207 }));
  expect(rejected).toMatchObject({ tone: 'bad', title: 'rejected by the API: value:invalid_number' });
  expect(rejected?.details[1]).toMatch(/^`value`: /);
  expect(titles(received(0, { errors: ':queue_unavailable' }))).toEqual(['not queued by the API']);
  const webhook = received(0, { source: 'shop', topic: 'orders/paid', dry_run: true }).replace(
    'events',
    'webhook',
  );
  expect(titles(webhook)).toEqual(['mapped in a dry run from shop orders/paid']);
});

test('tells why a webhook was skipped or a post was rejected', () => {
  const lines = [
    text(0, 'webhook received', {
      source: 'shop',
      topic: 'orders/paid',
      status: 200,
      accepted: 0,
      rejected: 1,
      reason: 'channel_not_allowed',
      detail: 'channels',
      channel: 'pos',
    }),
    text(1, 'events received', { source: 'api', status: 400, reason: 'invalid_json' }),
  ]
    .map((line) => parseLine(line))
    .filter((line) => line !== undefined);
  const [skipped, rejected] = lines.flatMap((line) =>
    line.kind === 'received' ? partsOf(line).flatMap((part) => tellPart(part, reasonText)) : [],
  );
  expect(skipped).toMatchObject({
    tone: 'neutral',
    title: 'skipped from shop orders/paid: channel_not_allowed',
  });
  expect(skipped?.details).toContain('channel pos');
  expect(skipped?.details[0]).toBe('The order came through another channel than the web shop.');
  expect(rejected).toMatchObject({ tone: 'bad', title: 'rejected by the API: invalid_json' });
});

test('tells a story in codes when no reason has a text', () => {
  const line = parseLine(parked(0, 'of_a_later_release'));
  expect(tellStory(fp, line === undefined ? [] : [line], () => undefined)[0]?.title).toBe(
    'parked as a dead letter: of_a_later_release',
  );
});

test.each([
  [0.85, '850 ms'],
  [3.24, '3.2 s'],
  [45, '45 s'],
  [600, '10 min'],
  [5 * 3_600, '5 h'],
  [3 * 86_400, '3 d'],
])('shows a delivery %d s after the receipt as %s after it', (seconds, span) => {
  const [, delivered] = story(received(0), answered(seconds, 'delivered', 'tiktok_0'));
  expect(delivered?.details[0]).toBe(`${span} after it was accepted`);
});

test('says that TikTok had an event already, or accepted only part of its call', () => {
  const [known, partial] = story(
    answered(1, 'delivered', 'tiktok_40050', { event: fp }),
    answered(2, 'delivered', 'tiktok_20001', { partial: true }),
  );
  expect(known).toMatchObject({ tone: 'good', title: 'delivered: TikTok had it already' });
  expect(known?.details).not.toContainEqual(expect.stringContaining('in one call'));
  expect(partial).toMatchObject({ tone: 'warning' });
  expect(partial?.title).toBe('delivered, but TikTok accepted only part of the call');
});

test.each([
  ['timeout', 'TikTok did not answer'],
  ['network', 'TikTok could not be reached'],
  ['http_503', 'TikTok answered HTTP 503'],
])('says of a call that failed with %s: %s', (reason, title) => {
  expect(titles(answered(1, 'retry', reason))).toEqual([title]);
});

test('counts the events that wait for the same reason as another', () => {
  const together = (...ids: readonly string[]) =>
    text(1, 'message waits', { outcome: 'hold', reason: 'no_token', event: ids.join(' '), wait_s: '30' });
  expect(story(together(fp))[0]?.details).not.toContainEqual(expect.stringContaining('for the same reason'));
  expect(story(together(fp, other))[0]?.details).toContain('with 1 other for the same reason');
  expect(story(together(fp, other, 'c'))[0]?.details).toContain('with 2 others for the same reason');
});

test('names where an event came from when it was no call of the API', () => {
  const collected = text(0, 'events collected', { event: fp, accepted: 1 });
  const queued = received(1, { source: 'queue', status: undefined, api_key: undefined, trace: undefined });
  const webhook = text(2, 'webhook received', { source: 'shop', event: fp, accepted: 1 });
  expect(titles(collected, queued, webhook)).toEqual([
    'accepted and queued from the browser',
    'accepted again from another producer of the queue: a duplicate',
    'accepted again from shop: a duplicate',
  ]);
});

test('calls an event no duplicate of its dry run', () => {
  const dryRun = received(0, { dry_run: true });
  expect(titles(dryRun, received(60))).toEqual([
    'mapped in a dry run by the API',
    'accepted and queued by the API',
  ]);
  expect(titles(received(0), received(60))[1]).toBe('accepted again by the API: a duplicate');
});

test('shows an attempt between two others rather than one line about it', () => {
  const waiting = Array.from({ length: 5 }, (_, n) => waits(n * 60, 'retry', 'http_503', n + 1));
  expect(titles(...waiting)).toEqual(Array.from({ length: 5 }, () => 'waits: HTTP 503'));
});

test('gives the fix of a wait as a sentence of its own', () => {
  expect(story(waits(0, 'retry', 'http_503'))[0]?.details).toContain('The gateway retries by itself.');
});
