/** The sandbox counts the events of each pixel and day, answers as TikTok's statistics do, and miscounts on demand. */
import { describe, expect, test } from 'vitest';
import { createEventCounts } from '../../../local/tiktok-sandbox/stats/event-counts.ts';
import { pixelIdOf } from '../../../local/tiktok-sandbox/stats/stats.ts';
import { body, control, event, headers, type RunningSandbox, start, track } from './sandbox-support.ts';

const advertiser_id = '7000000000000000001';
const advertisers = [{ advertiser_id, advertiser_name: 'Shop' }];
const noon = Date.parse('2026-11-26T12:00:00Z');
const hour = 3_600_000;

function startAt(nowMs = noon) {
  const clock = { nowMs };
  return start({ advertisers, now: () => clock.nowMs }).then((sandbox) => ({ sandbox, clock }));
}

interface Statistic {
  readonly pixel_event_type?: string;
  readonly custom_event_type?: string;
  readonly total_count: number;
  readonly browser_event_total_count: number;
  readonly server_event_total_count: number;
}

const today = { start_date: '2026-11-26', end_date: '2026-11-26' };
const query = (fields: object = {}) => ({
  advertiser_id,
  pixel_ids: [pixelIdOf('PIXEL')],
  date_range: today,
  ...fields,
});

async function get(sandbox: RunningSandbox, path: string, fields: Readonly<Record<string, unknown>>) {
  const text = Object.entries(fields).map(([name, value]): [string, string] => [
    name,
    typeof value === 'string' ? value : JSON.stringify(value),
  ]);
  const url = `${sandbox.url}/open_api/v1.3/pixel/${path}/?${new URLSearchParams(text)}`;
  return (await (await fetch(url, { headers })).json()) as {
    code: number;
    message: string;
    data: { list: { pixel_id: string; statistics: Statistic[] }[]; pixels: { pixel_id: string }[] };
  };
}

/** The server counts of the pixel by type, for one day. */
async function serverCounts(sandbox: RunningSandbox, range: object = today) {
  const { code, message, data } = await get(sandbox, 'event/stats', query({ date_range: range }));
  expect([code, message]).toEqual([0, 'OK']);
  return Object.fromEntries(
    (data.list[0]?.statistics ?? []).map((each) => [
      each.pixel_event_type ?? each.custom_event_type,
      each.server_event_total_count,
    ]),
  );
}

const sendMany = (sandbox: RunningSandbox, name: string, count: number, prefix = name) =>
  track(
    sandbox,
    body({
      data: Array.from({ length: count }, (_, i) => event({ event: name, event_id: `${prefix}-${i}` })),
    }),
  );

describe('the statistics', () => {
  test("count each event once in 48 hours, by TikTok's own names", async () => {
    const { sandbox } = await startAt();
    await sendMany(sandbox, 'Purchase', 3);
    await sendMany(sandbox, 'Purchase', 4);
    await sendMany(sandbox, 'CompletePayment', 2);
    await sendMany(sandbox, 'VipOrder', 1);
    const { data } = await get(sandbox, 'event/stats', query());
    expect(data.list).toEqual([
      {
        pixel_id: pixelIdOf('PIXEL'),
        statistics: [
          {
            pixel_event_type: 'SHOPPING',
            attributed_count: 0,
            preview_count: 0,
            total_count: 6,
            browser_event_total_count: 0,
            server_event_total_count: 6,
          },
          expect.objectContaining({ custom_event_type: 'VipOrder', server_event_total_count: 1 }),
        ],
      },
    ]);
  });

  test('leave out test events, other event sources and other days', async () => {
    const { sandbox, clock } = await startAt();
    await track(sandbox, body({ test_event_code: 'TEST1' }));
    await track(sandbox, body({ event_source: 'crm', data: [event({ lead: { lead_id: '1' } })] }));
    expect(await serverCounts(sandbox)).toEqual({});
    await sendMany(sandbox, 'Lead', 2);
    clock.nowMs += 24 * hour;
    await sendMany(sandbox, 'Lead', 5, 'later');
    expect(await serverCounts(sandbox)).toEqual({ FORM: 2 });
    expect(await serverCounts(sandbox, { start_date: '2026-11-26', end_date: '2026-11-27' })).toEqual({
      FORM: 7,
    });
  });

  test('keep 31 days, and forget the oldest beyond a number', () => {
    const clock = { nowMs: noon - hour };
    const counts = createEventCounts(() => clock.nowMs);
    counts.add('P', 'Lead', noon - 32 * 24 * hour, { server: 1 });
    clock.nowMs = noon;
    counts.add('P', 'Lead', noon, { server: 1 });
    expect(counts.list().map(({ hourMs }) => hourMs)).toEqual([noon]);
    for (let index = 0; index < 100_100; index += 1) counts.add('P', `E${index}`, noon, { server: 1 });
    expect(counts.list()).toHaveLength(100_000);
    expect(counts.list().at(-1)?.event).toBe('E100099');
  });
});

describe('a query of the statistics', () => {
  const day = '2026-11-26';
  test.each<[string, Readonly<Record<string, unknown>>, number, string]>([
    ['no ad account', { advertiser_id: '' }, 40002, 'advertiser_id: Missing data for required field'],
    ['a wrong ad account', { advertiser_id: 'x' }, 40002, 'advertiser_id: Not a valid integer string'],
    ['a foreign ad account', { advertiser_id: '7' }, 40001, 'No permission to operate advertiser 7.'],
    ['a pixel code', { pixel_ids: ['PIXEL'] }, 40002, 'pixel_ids.0: Not a valid integer string'],
    ['no list of pixels', { pixel_ids: '7' }, 40002, 'pixel_ids: Not a valid list'],
    [
      'eleven pixels',
      { pixel_ids: Array.from({ length: 11 }, () => '7') },
      40002,
      'pixel_ids: Longer than maximum length 10',
    ],
    ['a foreign pixel', { pixel_ids: ['7'] }, 40001, 'No permission to operate pixel id: 7.'],
    ['a date without a range', { date_range: '2026-11-26' }, 40002, 'date_range: Not a valid object'],
    [
      'a time in place of a day',
      { date_range: { start_date: day, end_date: `${day} 00:00:00` } },
      40002,
      'date_range.end_date: Not a valid date',
    ],
    [
      'a range that ends before it starts',
      { date_range: { start_date: day, end_date: '2026-11-25' } },
      40002,
      'date_range: end_date must not be before start_date',
    ],
    [
      '31 days',
      { date_range: { start_date: '2026-10-27', end_date: day } },
      40002,
      'date_range: must not exceed 30 days',
    ],
    ['a field that does not exist', { filtering: {} }, 40002, 'filtering: Unknown field'],
  ])('is refused with %s', async (_, fields, code, message) => {
    const { sandbox } = await startAt();
    expect(await get(sandbox, 'event/stats', query(fields))).toMatchObject({ code, message });
  });

  test('is refused without a valid token', async () => {
    const { sandbox } = await startAt();
    sandbox.tokens.clear();
    expect(await get(sandbox, 'event/stats', query())).toMatchObject({ code: 40105 });
  });

  test.each([
    ['code', { kind: 'code', code: 40001 }, 40001],
    ['revoke_token', { kind: 'revoke_token' }, 40105],
  ])('can fail with the fault %s, and events go on', async (_, fault, code) => {
    const { sandbox } = await startAt();
    await control(sandbox, 'POST', 'faults', { ...fault, on: 'stats' });
    expect(await get(sandbox, 'event/stats', query())).toMatchObject({ code });
    expect(await track(sandbox, body())).toMatchObject({ code: 0 });
  });
});

describe('the list of pixels', () => {
  test('gives the id of a code', async () => {
    const { sandbox } = await startAt();
    const { data } = await get(sandbox, 'list', { advertiser_id, code: 'OTHER' });
    expect(data.pixels).toEqual([{ pixel_id: pixelIdOf('OTHER'), pixel_code: 'OTHER', pixel_name: 'OTHER' }]);
    expect(pixelIdOf('OTHER')).toMatch(/^7\d{18}$/);
    const none = await get(sandbox, 'list', { advertiser_id, code: 'NONE' });
    expect(none.data.pixels).toEqual([]);
  });

  test('has pages of up to 20', async () => {
    const { sandbox } = await startAt();
    const { data } = await get(sandbox, 'list', { advertiser_id, page: '2', page_size: '1' });
    expect(data.pixels.map(({ pixel_id }) => pixel_id)).toEqual([pixelIdOf('OTHER')]);
    for (const fields of [{ page_size: '21' }, { page: '0' }])
      expect(await get(sandbox, 'list', { advertiser_id, ...fields })).toMatchObject({ code: 40002 });
  });
});

describe('a stats fault', () => {
  const yesterday = { start_date: '2026-11-25', end_date: '2026-11-25' };
  const seeded = async () => {
    const { sandbox, clock } = await startAt();
    await control(sandbox, 'POST', 'stats', [
      { event: 'Purchase', day: '2026-11-25', server: 100, browser: 7 },
      { event: 'Lead', day: '2026-11-25', server: 50 },
      { event: 'Purchase', day: '2026-11-26', server: 100 },
    ]);
    return { sandbox, clock };
  };

  test('drops and doubles a share of one day and event only', async () => {
    const { sandbox } = await seeded();
    await control(sandbox, 'POST', 'faults', [
      { kind: 'stats', drop: 0.1, day: '2026-11-25', event: 'Purchase' },
      { kind: 'stats', double: 0.5, event: 'Lead' },
    ]);
    expect(await serverCounts(sandbox, yesterday)).toEqual({ FORM: 75, SHOPPING: 90 });
    expect(await serverCounts(sandbox)).toEqual({ SHOPPING: 100 });
  });

  test('shows events some hours later', async () => {
    const { sandbox, clock } = await seeded();
    await control(sandbox, 'POST', 'faults', { kind: 'stats', delayHours: 37 });
    expect(await serverCounts(sandbox, yesterday)).toEqual({});
    clock.nowMs += hour;
    expect(await serverCounts(sandbox, yesterday)).toEqual({ FORM: 50, SHOPPING: 100 });
    expect(await serverCounts(sandbox)).toEqual({});
  });

  test('applies to so many queries of its pixel', async () => {
    const { sandbox } = await seeded();
    await control(sandbox, 'POST', 'faults', [
      { kind: 'stats', drop: 1, times: 1 },
      { kind: 'stats', drop: 1, pixel: 'OTHER' },
    ]);
    expect(await serverCounts(sandbox)).toEqual({ SHOPPING: 0 });
    expect(await serverCounts(sandbox)).toEqual({ SHOPPING: 100 });
  });

  test('is refused with a share above 1, and for another endpoint', async () => {
    const { sandbox } = await startAt();
    const wrong = await control(sandbox, 'POST', 'faults', { kind: 'stats', drop: 2 });
    expect([wrong.status, wrong.error]).toEqual([400, 'drop: must be 0 to 1']);
    const misplaced = await control(sandbox, 'POST', 'faults', { kind: 'stats', drop: 1, on: 'track' });
    expect([misplaced.status, misplaced.error]).toEqual([400, 'on: must be stats']);
  });
});

describe('/_sandbox/stats', () => {
  test("adds the pixel's events, shows all counts by day, and clears them", async () => {
    const { sandbox } = await startAt();
    await sendMany(sandbox, 'Purchase', 2);
    const added = await control(sandbox, 'POST', 'stats', { event: 'Purchase', browser: 3 });
    const entry = { pixel: 'PIXEL', event: 'Purchase', day: '2026-11-26', attributed: 0, preview: 0 };
    expect(added).toMatchObject({ status: 200, stats: [{ ...entry, browser: 3, server: 2 }] });
    const { data } = await get(sandbox, 'event/stats', query());
    expect(data.list[0]?.statistics[0]).toMatchObject({ total_count: 5, browser_event_total_count: 3 });
    expect(await control(sandbox, 'DELETE', 'stats')).toMatchObject({ stats: [] });
    expect(await control(sandbox, 'GET', 'stats')).toMatchObject({ stats: [] });
  });

  test.each([
    ['no event', { browser: 1 }, 'event: must be text'],
    ['a part of an event', { event: 'Lead', server: 1.5 }, 'server: must be a whole number'],
    ['no day', { event: 'Lead', day: 'today' }, 'day: must be a day such as 2026-11-26'],
    ['an unknown field', { event: 'Lead', web: 1 }, 'web: is not known'],
  ])('refuses an entry with %s, and adds nothing of its list', async (_, entry, error) => {
    const { sandbox } = await startAt();
    const answer = await control(sandbox, 'POST', 'stats', [{ event: 'Lead', server: 1 }, entry]);
    expect([answer.status, answer.error]).toEqual([400, error]);
    expect(await control(sandbox, 'GET', 'stats')).toMatchObject({ stats: [] });
  });
});
