import { describe, expect, test } from 'vitest';
import { balanceOf, explainRemainder } from '../../../../cli/reconcile/balance.ts';
import {
  compareCounts,
  isDrift,
  type OwnCount,
  type TikTokCount,
} from '../../../../cli/reconcile/compare.ts';

const own = (name: string, events: number, day = '2026-11-20'): OwnCount => ({ day, name, events });
const theirs = (type: string, server: number, rest: Partial<TikTokCount> = {}): TikTokCount => ({
  day: '2026-11-20',
  type,
  isCustom: false,
  server,
  browser: 0,
  ...rest,
});
const custom = { isCustom: true };
const always = () => true;

describe('drift', () => {
  test.each([
    [2, 100, false],
    [3, 100, true],
    [-3, 100, true],
    [20, 1000, false],
    [21, 1000, true],
    [1, 1, false],
    [1, 0, false],
    [2, 0, true],
    [-2, 10, true],
    [0, 0, false],
  ])('of %d events with %d delivered is %s', (difference, base, expected) => {
    expect(isDrift(difference, base)).toBe(expected);
  });
});

describe('a comparison', () => {
  test('names the day and the event on which counts differ', () => {
    const rows = compareCounts(
      [own('Purchase', 100), own('Lead', 50), own('Purchase', 100, '2026-11-21')],
      [
        theirs('SHOPPING', 90, { browser: 7 }),
        theirs('FORM', 50),
        theirs('SHOPPING', 100, { day: '2026-11-21' }),
      ],
      always,
    );
    expect(rows.filter(({ day }) => day !== 'all')).toEqual([
      {
        day: '2026-11-20',
        event: 'Lead',
        delivered: 50,
        server: 50,
        browser: 0,
        difference: 0,
        verdict: 'equal',
      },
      {
        day: '2026-11-20',
        event: 'Purchase',
        delivered: 100,
        server: 90,
        browser: 7,
        difference: -10,
        verdict: 'drift',
      },
      {
        day: '2026-11-21',
        event: 'Purchase',
        delivered: 100,
        server: 100,
        browser: 0,
        difference: 0,
        verdict: 'equal',
      },
    ]);
  });

  test('adds names that TikTok counts as one', () => {
    const rows = compareCounts(
      [own('CompletePayment', 3), own('Purchase', 4)],
      [theirs('SHOPPING', 7)],
      always,
    );
    expect(rows).toEqual([
      expect.objectContaining({ event: 'CompletePayment', delivered: 7, verdict: 'equal' }),
    ]);
  });

  test('compares the sum of unknown custom names, and known ones by name', () => {
    const rows = compareCounts(
      [own('custom', 30), own('VipOrder', 5)],
      [theirs('VipOrder', 5, custom), theirs('Quiz', 20, custom), theirs('Scroll', 10, custom)],
      always,
    );
    expect(rows.map(({ event, delivered, server }) => [event, delivered, server])).toEqual([
      ['custom', 30, 30],
      ['VipOrder', 5, 5],
    ]);
  });

  test('names events that only TikTok has, or only the gateway', () => {
    const rows = compareCounts([own('Search', 9)], [theirs('ON_WEB_DETAIL', 4)], always);
    expect(rows.map(({ event, difference, verdict }) => [event, difference, verdict])).toEqual([
      ['ON_WEB_DETAIL', 4, 'drift'],
      ['Search', -9, 'drift'],
    ]);
  });

  test('judges no day that is not final, and counts none in the sum', () => {
    const days = ['2026-11-20', '2026-11-21', '2026-11-22'];
    const rows = compareCounts(
      days.map((day) => own('Purchase', 100, day)),
      days.map((day) => theirs('SHOPPING', day === '2026-11-22' ? 1 : 98, { day })),
      (day) => day < '2026-11-22',
    );
    expect(rows.map(({ day, difference, verdict }) => [day, difference, verdict])).toEqual([
      ['2026-11-20', -2, 'equal'],
      ['2026-11-21', -2, 'equal'],
      ['2026-11-22', -99, 'not_final'],
      ['all', -4, 'equal'],
    ]);
  });

  test('finds losses that are too small for one day in the sum of the days', () => {
    const days = Array.from({ length: 6 }, (_, index) => `2026-11-1${index}`);
    const rows = compareCounts(
      days.map((day) => own('Purchase', 10, day)),
      days.map((day) => theirs('SHOPPING', 9, { day })),
      always,
    );
    expect(rows.filter(({ verdict }) => verdict === 'drift')).toEqual([
      expect.objectContaining({ day: 'all', event: 'Purchase', difference: -6 }),
    ]);
  });
});

describe('the balance', () => {
  const day = {
    day: '2026-11-20',
    accepted: 0,
    rejected: 9,
    skipped: 9,
    parked: 0,
    replayed: 0,
    discarded: 0,
  };

  test('adds up with dead letters that were replayed and discarded', () => {
    // 100 came in; 90 were delivered at once, 10 were parked, 4 of these replayed, of which 1 was parked again.
    const flow = [
      { ...day, accepted: 60 },
      { ...day, accepted: 40, parked: 11, replayed: 4, discarded: 2 },
    ];
    const balance = balanceOf(flow, 92, 1);
    expect(balance).toMatchObject({ accepted: 100, replayed: 4, parked: 11, discarded: 2, waiting: 1 });
    expect([balance.remainder, balance.verdict, explainRemainder(balance)]).toEqual([
      0,
      'balanced',
      undefined,
    ]);
  });

  test.each([
    [100, 90, 0, 'lost', /^10 events came in, and no line says what became of them/],
    [100, 99, 0, 'explained', /^Not settled yet: 1 event\. They are being sent right now/],
    [100, 104, 0, 'explained', /^4 events more went out than came in: accepted before the first day/],
    [100, 90, 10, 'balanced', /^$/],
  ])('of %d accepted, %d delivered and %d waiting is %s', (accepted, delivered, waiting, verdict, text) => {
    const balance = balanceOf([{ ...day, accepted }], delivered, waiting);
    expect(balance.verdict).toBe(verdict);
    expect(explainRemainder(balance) ?? '').toMatch(text);
  });

  test('of a stage without any event is balanced', () => {
    expect(balanceOf([], 0, 0)).toMatchObject({ remainder: 0, verdict: 'balanced' });
  });
});
