import { describe, expect, test } from 'vitest';
import { readWaiting } from '../../../../cli/held/waiting.ts';
import { waitingInSandbox } from '../../../../cli/held/waiting-in-sandbox.ts';
import type { LinesQuery } from '../../../../cli/journal/journal.ts';
import type { JournalLine } from '../../../../lib/journal/line.ts';
import { readLine } from '../../../../lib/journal/parse-line.ts';

const start = Date.parse('2026-11-26T08:00:00Z');
const at = (second: number): string => new Date(start + second * 1_000).toISOString();
const line = (second: number, fields: object): JournalLine => {
  const read = readLine({ timestamp: at(second), destination: 'default', ...fields });
  if (read === undefined) throw new Error('not a line of the journal');
  return read;
};
const waits = (second: number, fields: object) =>
  line(second, { message: 'message waits', outcome: 'hold', reason: 'tiktok_40105', ...fields });
const answered = (second: number, fields: object) => line(second, { message: 'tiktok answered', ...fields });

async function read(lines: readonly JournalLine[], containing?: readonly string[]) {
  let asked: LinesQuery | undefined;
  const journal = {
    lines: async function* (query: LinesQuery) {
      asked = query;
      yield* lines;
    },
  };
  const window = { fromMs: start, toMs: start + 900_000, ...(containing && { containing }) };
  const state = await readWaiting(journal, window, new AbortController().signal);
  return { ...state, asked };
}

describe('the events that wait', () => {
  test('are counted once each by destination and reason, with the last request id', async () => {
    const { waiting, asked } = await read([
      answered(1, { outcome: 'hold', reason: 'tiktok_40105', event: 'a b', tiktok_request_id: 'R1' }),
      waits(1, { event: 'a b', wait_s: '60 60', receives: '1 1' }),
      waits(2, { event: 'c', wait_s: '60', receives: '1', destination: 'offline' }),
      answered(61, { outcome: 'hold', reason: 'tiktok_40105', event: 'a b', tiktok_request_id: 'R2' }),
      waits(61, { event: 'a b', wait_s: '120 150', receives: '2 2' }),
    ]);
    expect(waiting).toEqual([
      {
        destination: 'default',
        outcome: 'hold',
        reason: 'tiktok_40105',
        detail: undefined,
        count: 2,
        sinceMs: start + 1_000,
        isOlder: false,
        nextAttemptMs: start + 181_000,
        requestId: 'R2',
      },
      expect.objectContaining({ destination: 'offline', count: 1, requestId: undefined }),
    ]);
    expect(asked?.messages).toEqual(['message waits', 'tiktok answered', 'message parked']);
  });

  test.each([
    { end: 'delivered', line: answered(9, { outcome: 'delivered', event: 'a' }) },
    { end: 'refused', line: answered(9, { outcome: 'reject', event: 'a' }) },
    {
      end: 'parked',
      line: line(9, { message: 'message parked', event: 'a', reason: 'expired', message_id: 'm' }),
    },
  ])('wait no longer once they are $end', async ({ line: last }) => {
    const { waiting, hasLines } = await read([
      waits(1, { event: 'a b', wait_s: '9 9', receives: '1 1' }),
      last,
    ]);
    expect(waiting).toMatchObject([{ count: 1 }]);
    expect(hasLines).toBe(true);
  });

  test('waited before the window when their first line in it is not of their first attempt', async () => {
    const { waiting } = await read([waits(1, { event: 'a', wait_s: '900', receives: '7' })]);
    expect(waiting).toMatchObject([{ isOlder: true }]);
  });

  test('are grouped by their latest reason', async () => {
    const { waiting } = await read([
      waits(1, { event: 'a', wait_s: '9', receives: '1' }),
      waits(9, { event: 'a', wait_s: '9', receives: '2', outcome: 'retry', reason: 'http_503' }),
    ]);
    expect(waiting).toMatchObject([
      { outcome: 'retry', reason: 'http_503', count: 1, sinceMs: start + 1_000 },
    ]);
  });

  test('without an id are counted by their place in the line', async () => {
    const { waiting } = await read([
      waits(1, { event: '- -', wait_s: '9 9', receives: '1 1' }),
      waits(9, { event: '- -', wait_s: '9 9', receives: '2 2' }),
    ]);
    expect(waiting).toMatchObject([{ count: 2 }]);
  });

  test('are only those asked for, although their line has others too', async () => {
    const { waiting, asked } = await read(
      [waits(1, { event: 'a b', wait_s: '9 9', receives: '1 1' })],
      ['b'],
    );
    expect(waiting).toMatchObject([{ count: 1 }]);
    expect(asked?.containing).toEqual(['b']);
  });

  test('are none in a journal without lines', async () => {
    expect(await read([])).toMatchObject({ waiting: [], hasLines: false });
  });
});

describe('the sandbox', () => {
  const destinations = { shop: { pixelCode: 'P1', eventSource: 'web' } } as const;
  const request = (second: number, code: number | null, fields: object = {}) => ({
    at: at(second),
    status: 200,
    code,
    message: '',
    events: 1,
    body: { event_source_id: 'P1', data: [] },
    ...fields,
  });

  test('says since when its last answers held the events of a destination', () => {
    const requests = [request(0, 40105), request(1, 0), request(2, 40105), request(3, 40105)];
    expect(waitingInSandbox(requests, destinations, 3)).toMatchObject([
      { destination: 'shop', outcome: 'hold', reason: 'tiktok_40105', count: 3, sinceMs: start + 2_000 },
    ]);
  });

  test.each([
    { what: 'the queue is empty', requests: [request(1, 40105)], count: 0 },
    { what: 'the last answer accepted the events', requests: [request(1, 40105), request(2, 0)], count: 1 },
    { what: 'the last answer refused the events for good', requests: [request(1, 40002)], count: 1 },
    { what: 'the request had no events', requests: [request(1, 40105, { events: 0 })], count: 1 },
  ])('names nothing when $what', ({ requests, count }) => {
    expect(waitingInSandbox(requests, destinations, count)).toEqual([]);
  });

  test('calls a closed connection a fault of the network', () => {
    expect(waitingInSandbox([request(1, null, { status: null })], destinations, 1)).toMatchObject([
      { outcome: 'retry', reason: 'network' },
    ]);
  });
});
