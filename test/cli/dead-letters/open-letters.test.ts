/** The dead letters as data for a program: what the console lists, replays and discards by id. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openLetters } from '../../../cli/dead-letters/open-letters.ts';
import { unavailable } from '../../../cli/errors/cli-error.ts';
import { openStage } from '../../../cli/stage/stage.ts';
import type { OperatorLine } from '../../../lib/journal/line.ts';
import { fingerprint } from '../../../lib/privacy/sha256.ts';
import { encodeReplay } from '../../../lib/queue/replay-mark.ts';
import { type Queues, startQueues } from '../support/queues.ts';

let queues: Queues;
let lines: OperatorLine[];
beforeEach(async () => {
  queues = await startQueues();
  lines = [];
});
afterEach(() => queues.stop());

const { signal } = new AbortController();
const hourAgo = Date.now() - 3_600_000;

function letter(id: string, { ageMs = 0, replayed }: { ageMs?: number; replayed?: string } = {}) {
  const at = new Date(hourAgo - ageMs).toISOString();
  const attributes = { reason: 'tiktok_40002', detail: 'email', outcome: 'refused', destination: 'default' };
  return {
    body: JSON.stringify({ v: 1, event: { event_name: 'Lead', event_id: id }, source: 'shop' }),
    attributes: { ...attributes, first_sent_at: at, failed_at: at, ...(replayed && { replayed }) },
  };
}
const mark = { count: 1, atMs: hourAgo, reason: 'tiktok_40002', firstSentAtMs: hourAgo };

function open(write = async (written: readonly OperatorLine[]) => void lines.push(...written)) {
  process.env.SQS_PORT = queues.env.SQS_PORT;
  process.env.PORT = '9';
  return openLetters(openStage({ stage: 'local' }), { write });
}

test('lists the newest letters first, with the reason in words', async () => {
  await queues.park([letter('old', { ageMs: 1_000 }), letter('new'), letter('oldest', { ageMs: 2_000 })]);
  const { letters, ...list } = await open().list(2, signal);
  expect(list).toEqual({ total: 3, hidden: 0, isComplete: true });
  expect(letters.map(({ eventId }) => eventId)).toEqual(['new', 'old']);
  expect(letters[0]).toMatchObject({
    event: fingerprint('new'),
    name: 'Lead',
    source: 'shop',
    destination: 'default',
    reason: 'tiktok_40002',
    text: expect.stringMatching(/TikTok names `email`\. Correct the field/),
    outcome: 'refused',
    failedAtMs: hourAgo,
    replays: 0,
  });
  expect(await queues.parked()).toEqual({ visible: 3, hidden: 0 });
});

test('replays and discards exactly the letters with the ids that it is given', async () => {
  await queues.park(['a', 'b', 'c'].map((id) => letter(id)));
  const api = open();
  const { letters } = await api.list(10, signal);
  const idOf = (eventId: string) => letters.find((one) => one.eventId === eventId)?.id ?? '';
  expect(await api.replay([idOf('a')], signal)).toEqual({ done: 1, left: [], problem: undefined });
  const gone = 'It is not there: another command has it, or has finished it.';
  expect(await api.discard([idOf('b'), idOf('a')], signal)).toEqual({
    done: 1,
    left: [{ id: idOf('a'), why: gone }],
    problem: undefined,
  });
  expect(lines.map(({ kind, event }) => [kind, event])).toEqual([
    ['replayed', fingerprint('a')],
    ['discarded', fingerprint('b')],
  ]);
  expect(await queues.parked()).toEqual({ visible: 1, hidden: 0 });
});

test('leaves a letter that came back, and says what to do', async () => {
  await queues.park([letter('a', { replayed: encodeReplay(mark) })]);
  const api = open();
  const [found] = (await api.list(1, signal)).letters;
  expect(found).toMatchObject({ replays: 1, replayedAtMs: hourAgo });
  const { done, left } = await api.replay([found?.id ?? ''], signal);
  expect({ done, left }).toEqual({
    done: 0,
    left: [{ id: found?.id, why: expect.stringMatching(/replayed before.*dead-letters export/) }],
  });
});

test('says that a replay is not in the journal, and refuses a discard that would not be', async () => {
  await queues.park([letter('a'), letter('b')]);
  const api = open(() => Promise.reject(unavailable('You lack the right logs:PutLogEvents.')));
  const [first, second] = (await api.list(2, signal)).letters.map(({ id }) => id);
  expect(await api.replay([first ?? ''], signal)).toMatchObject({ done: 1, problem: expect.any(String) });
  await expect(api.discard([second ?? ''], signal)).rejects.toThrow(
    /^Nothing was discarded: .* lack the right logs:PutLogEvents\.$/,
  );
  expect(await queues.parked()).toEqual({ visible: 1, hidden: 0 });
});
