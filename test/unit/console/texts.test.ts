import { describe, expect, test } from 'vitest';
import { percent } from '../../../cli/quality/percent.ts';
import { consequences } from '../../../console/page/dead-letters/consequences.ts';
import { describeAnswer } from '../../../console/page/dead-letters/describe-answer.ts';
import { groupLetters } from '../../../console/page/dead-letters/letter-groups.ts';
import { describeFault } from '../../../console/page/header/fault-presets.ts';
import { groupSamples } from '../../../console/page/header/group-samples.ts';
import { barsOf, bucketName, describeFlow } from '../../../console/page/overview/flow-series.ts';
import { sumCoverage, valuesOf } from '../../../console/page/quality/sum-coverage.ts';
import { readRoute, routeText } from '../../../console/page/state/route-text.ts';
import { tokenOf } from '../../../console/page/state/token-of.ts';
import { countdown, dayUnlessToday, durationText } from '../../../console/page/text/format-time.ts';
import { counted, prettyJson } from '../../../console/page/text/words.ts';

test.each([
  [0, '0 s'],
  [24, '0.02 s'],
  [1104, '1.1 s'],
  [9960, '10 s'],
  [14_000, '14 s'],
  [59_700, '1 min'],
  [3_900_000, '1 h 5 min'],
  [7_200_000, '2 h'],
  [183_600_000, '2 d 3 h'],
  [-5, '0 s'],
])('writes %d ms as %s', (ms, text) => {
  expect(durationText(ms)).toBe(text);
});

test('counts down to the next attempt in whole seconds', () => {
  expect(countdown(14_200, 1000)).toBe('in 14 s');
  expect(countdown(1001, 1000)).toBe('in 1 s');
  expect(countdown(1000, 1000)).toBe('now');
});

test('shows no day for a time of today', () => {
  const noon = new Date(2026, 10, 26, 12).getTime();
  expect(dayUnlessToday(noon, noon + 1000)).toBe('');
  expect(dayUnlessToday(noon - 86_400_000, noon)).not.toBe('');
});

test('shows no share above 0 as 0 %, and none below 1 as 100 %', () => {
  expect([0, 0.001, 0.415, 0.999, 1].map(percent)).toEqual(['0 %', '<1 %', '41 %', '99 %', '100 %']);
});

test('counts in the singular and in the plural', () => {
  expect([counted(0, 'event'), counted(1, 'event'), counted(12_345, 'event')]).toEqual([
    '0 events',
    '1 event',
    '12,345 events',
  ]);
});

test('leaves text that is not JSON as it is', () => {
  expect(prettyJson('{"a":1}')).toBe('{\n  "a": 1\n}');
  expect(prettyJson('<html>')).toBe('<html>');
});

describe('the address', () => {
  test.each([
    ['', { view: 'events' }],
    ['#/nowhere', { view: 'events' }],
    ['#/quality', { view: 'quality' }],
    ['#/syncs/orders', { view: 'syncs', sync: 'orders' }],
    ['#/events/%E0%A4%A', { view: 'events', rowId: '%E0%A4%A' }],
  ])('%j leads to a view', (fragment, route) => {
    expect(readRoute(fragment)).toEqual(route);
  });

  test('keeps any id of a row', () => {
    const route = { view: 'events', rowId: 'a/b #?%ü' } as const;
    expect(readRoute(routeText(route))).toEqual(route);
  });

  test.each([
    ['#token=abc', 'abc'],
    ['#abc', 'abc'],
    ['#/events/row', undefined],
    ['', undefined],
  ])('%j gives the token %j', (fragment, token) => {
    expect(tokenOf(fragment)).toBe(token);
  });
});

describe('dead letters', () => {
  const letters = [
    { outcome: 'unknown', replays: 0 },
    { outcome: 'refused', replays: 2 },
  ] as const;

  test('the question before a replay names returned and doubtful letters, and a deployed stage', () => {
    const texts = consequences('replay', letters, { stage: 'prod', isLocal: false }).join(' ');
    expect(texts).toContain('1 of them came back after an earlier replay.');
    expect(texts).toContain('TikTok may have 1 of them already');
    expect(texts).toContain('the deployed stage prod');
  });

  test('the question before a discard says that it is final', () => {
    expect(consequences('discard', letters, { stage: 'local', isLocal: true })).toEqual([
      'TikTok never gets these events. You cannot undo this.',
    ]);
  });

  test('the result names each reason for leaving letters once', () => {
    const left = ['it expired', 'it expired', 'it is hidden'].map((why, index) => ({
      id: String(index),
      why,
    }));
    expect(describeAnswer('replay', { done: 1, left })).toBe(
      '1 dead letter replayed. 2 were left: it expired. 1 was left: it is hidden.',
    );
  });
});

describe('coverage', () => {
  const rows = [
    { source: 'api', name: 'Purchase', counts: { events: 30, email: 30, gaid: 3 }, score: 8 },
    { source: 'shop', name: 'AddToCart', counts: { events: 10, email: 0 }, score: 4 },
  ];

  test('is summed over the chosen rows, with the score weighted by events', () => {
    const all = sumCoverage(rows, '', '');
    expect([all.events, all.score]).toEqual([40, 7]);
    expect(all.matchKeys.find(({ key }) => key === 'email')).toMatchObject({ count: 30, share: 0.75 });
    expect(sumCoverage(rows, 'shop', '')).toMatchObject({ events: 10, score: 4 });
  });

  test('counts a digest as its match key', () => {
    const counts = { events: 4, email: 1, hashed_email: 2 };
    const [email] = sumCoverage([{ source: 'api', name: 'Lead', score: 1, counts }], '', '').matchKeys;
    expect(email).toMatchObject({ key: 'email', count: 3, share: 0.75 });
  });

  test('shows the usual match keys without a single event, and keys of apps only with events', () => {
    const keysOf = (source: string) => sumCoverage(rows, source, '').matchKeys.map(({ key }) => key);
    expect(keysOf('api')).toContain('gaid');
    expect(keysOf('shop')).not.toContain('gaid');
    expect(keysOf('shop')).toContain('ttp');
  });

  test('is 0 for rows that do not exist', () => {
    expect(sumCoverage(rows, 'api', 'AddToCart')).toMatchObject({ events: 0, score: 0 });
    expect(valuesOf(rows, 'source')).toEqual(['api', 'shop']);
  });
});

describe('the chart', () => {
  test.each([
    [60_000, 'minute'],
    [900_000, '15 minutes'],
    [86_400_000, 'day'],
    [90_000, '90 seconds'],
  ])('names a bucket of %d ms', (ms, name) => {
    expect(bucketName(ms)).toBe(name);
  });

  test('has its totals and its peak in one sentence', () => {
    const flow = { bucketMs: 60_000, startMs: 0, accepted: [3, 1200], delivered: [2, 1000], failed: [0, 1] };
    expect(describeFlow(flow, 0)).toMatch(
      /^Events per minute from .+: 1,203 accepted, 1,002 delivered, 1 failed\. Most accepted: 1,200 at .+\.$/,
    );
    expect(describeFlow({ ...flow, accepted: [] }, 0)).toBe('No events yet.');
  });

  test('the bar of failed events is taller than those that it stands behind, and absent without any', () => {
    const flow = {
      bucketMs: 60_000,
      startMs: 0,
      accepted: [7, 1, 3],
      delivered: [7, 4, 0],
      failed: [7, 2, 0],
    };
    expect(barsOf(flow)).toEqual([
      [14, 6, 0],
      [7, 1, 3],
      [7, 4, 0],
    ]);
  });
});

test('describes a failure with its settings', () => {
  expect(describeFault({ kind: 'code', on: 'oauth', code: 40_100, times: 2 })).toBe(
    'code · code 40100 · OAuth only · 2 more times',
  );
  expect(describeFault({ kind: 'stall', on: 'track', times: 1 })).toBe('stall · 1 more time');
});

test('groups samples: events first, then the webhooks of each source', () => {
  const samples = [
    { id: 'a', label: 'shop · orders/paid', group: 'Webhook' },
    { id: 'b', label: 'Purchase', group: 'Event' },
    { id: 'c', label: 'stripe: checkout.session.completed', group: 'Webhook' },
    { id: 'd', label: 'Order', group: 'Webhook' },
  ] as const;
  expect(groupSamples(samples)).toEqual([
    { title: 'Events', samples: [{ id: 'b', label: 'Purchase' }] },
    { title: 'shop', samples: [{ id: 'a', label: 'orders/paid' }] },
    { title: 'stripe', samples: [{ id: 'c', label: 'checkout.session.completed' }] },
    { title: 'Signed webhooks', samples: [{ id: 'd', label: 'Order' }] },
  ]);
});

test('groups dead letters by reason, detail and text, in the order of their first letters', () => {
  const letter = { text: 'Why.', outcome: 'refused', failedAtMs: 0, replays: 0 } as const;
  const groups = groupLetters([
    { ...letter, id: '1', reason: 'a' },
    { ...letter, id: '2', reason: 'b', detail: 'email' },
    { ...letter, id: '3', reason: 'a' },
    { ...letter, id: '4', reason: 'b', detail: 'phone' },
  ]);
  expect(groups.map(({ reason, detail, letters }) => [reason, detail, letters.map(({ id }) => id)])).toEqual([
    ['a', undefined, ['1', '3']],
    ['b', 'email', ['2']],
    ['b', 'phone', ['4']],
  ]);
});
