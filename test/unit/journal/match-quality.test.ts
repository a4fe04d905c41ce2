import { describe, expect, test } from 'vitest';
import { eventSources } from '../../../lib/events/destination.ts';
import { type CoverageSums, countEvent, shareOf, sumCoverage } from '../../../lib/journal/coverage.ts';
import { type GainsInput, gainsOf } from '../../../lib/journal/gains.ts';
import { estimateQuality, matchWaysOf, matchWeights, pointsOf } from '../../../lib/journal/match-quality.ts';

const full = { email: 10, phone: 10, ttclid: 10, external_id: 10, ttp: 10, ip_user_agent: 10 };

describe('the estimate', () => {
  test('is 10 when every event has every key that the event source takes', () => {
    const keys = { ...full, idfa: 10, lead_id: 10, events: 10 };
    for (const source of eventSources) expect(estimateQuality(keys, source)).toBeCloseTo(10, 9);
  });

  test('is 0 without a match key, and undefined without events', () => {
    expect(estimateQuality({ events: 10 }, 'web')).toBe(0);
    expect(estimateQuality({}, 'web')).toBeUndefined();
    expect(estimateQuality({ events: 0, email: 3 }, 'web')).toBeUndefined();
  });

  test('is the average of the coverages, weighted by the table', () => {
    // 3 (email) + half of 3 (phone), of 3 + 3 + 3 + 2 + 2 + 1 for the web.
    expect(estimateQuality({ events: 10, email: 10, phone: 5 }, 'web')).toBeCloseTo((4.5 / 14) * 10, 9);
    // An offline set takes only e-mail and phone.
    expect(estimateQuality({ events: 10, email: 10 }, 'offline')).toBeCloseTo(5, 9);
  });

  test('counts a digest as the value, and never more than every event', () => {
    const digest = estimateQuality({ events: 10, hashed_email: 10 }, 'web');
    expect(digest).toBe(estimateQuality({ events: 10, email: 10 }, 'web'));
    expect(estimateQuality({ events: 10, email: 10, hashed_email: 10 }, 'web')).toBe(digest);
  });

  test('ignores a key that the event source does not take', () => {
    expect(estimateQuality({ events: 10, ttclid: 10 }, 'offline')).toBe(0);
    expect(matchWaysOf('offline')).toEqual(['email', 'phone']);
    expect(matchWaysOf('crm')).toEqual(['email', 'phone', 'lead_id', 'external_id']);
    expect(matchWaysOf('app')).toEqual(['email', 'phone', 'device_id', 'ip_user_agent']);
  });

  test('gives the points of all keys of a source a sum of 10', () => {
    for (const source of eventSources) {
      const sum = matchWaysOf(source).reduce((total, way) => total + pointsOf(way, source), 0);
      expect(sum).toBeCloseTo(10, 9);
    }
  });
});

const input = (counts: GainsInput['counts'], rest: Partial<GainsInput> = {}): GainsInput => ({
  counts: { events: 100, ...counts },
  eventName: 'Lead',
  eventSource: 'web',
  isDelivered: true,
  ...rest,
});

const fine = { email: 100, phone: 100, ttclid: 40, external_id: 100, ttp: 100, ip_user_agent: 100 };
const others = { value: 100, content_ids: 100, own_id: 100, in_time: 100 };
const fieldsOf = (given: GainsInput) => gainsOf(given).map(({ field }) => field);

describe('the gains', () => {
  test('are the two keys that raise the estimate most', () => {
    expect(fieldsOf(input({ ...others, email: 92, phone: 41, ttclid: 6, external_id: 100 }))).toEqual([
      'ttp',
      'phone',
    ]);
  });

  test('are none when nothing is missing, and none without events', () => {
    expect(gainsOf(input({ ...fine, ...others }))).toEqual([]);
    expect(gainsOf(input({ events: 0 }))).toEqual([]);
  });

  test('ask for no click id beyond the visitors who come from an ad', () => {
    expect(fieldsOf(input({ ...fine, ...others, ttclid: 33 }))).toEqual([]);
    expect(fieldsOf(input({ ...fine, ...others, ttclid: 0 }))).toEqual(['ttclid']);
  });

  test.each([
    ['value', 'Purchase', 97],
    ['content_ids', 'AddToCart', 89],
    ['own_id', 'Contact', 79],
    ['in_time', 'Contact', 94],
  ] as const)('name %s of %s when only %d %% of the events have it', (count, eventName, events) => {
    const counts = { ...fine, ...others, [count]: events };
    expect(fieldsOf(input(counts, { eventName }))).toEqual([count]);
    expect(fieldsOf(input({ ...counts, [count]: events + 1 }, { eventName }))).toEqual([]);
  });

  test('ask for a value of purchases only, and for content ids of product events only', () => {
    const counts = { ...fine, own_id: 100, in_time: 100 };
    expect(fieldsOf(input(counts, { eventName: 'Contact' }))).toEqual([]);
    expect(fieldsOf(input(counts, { eventName: 'ViewContent' }))).toEqual(['content_ids']);
    expect(fieldsOf(input(counts, { eventName: 'Purchase' }))).toEqual(['value', 'content_ids']);
  });

  test('say nothing about delays before delivery', () => {
    expect(fieldsOf(input({ ...fine, ...others, in_time: 0 }, { isDelivered: false }))).toEqual([]);
  });

  test.each(eventSources)('propose nothing that events of an %s set cannot have', (eventSource) => {
    const ways: readonly string[] = matchWaysOf(eventSource);
    const found = fieldsOf(input({}, { eventSource, eventName: 'Purchase' }));
    const keys = found.filter((field) => Object.hasOwn(matchWeights, field));
    expect(keys.length).toBeGreaterThan(0);
    expect(keys.filter((key) => !ways.includes(key))).toEqual([]);
    // Only the web has a pixel whose copy could be merged.
    if (eventSource !== 'web') expect(found).not.toEqual(expect.arrayContaining(['own_id']));
  });
});

describe('coverage', () => {
  test('counts what an event has', () => {
    const sums: CoverageSums = {};
    const event = { event_name: 'Purchase', email: 'a@example.com', ip: '8.8.8.8', value: 1 };
    countEvent(sums, event, 'web', true);
    countEvent(
      sums,
      { ...event, user_agent: 'x', ttclid: 'c', contents: [{ content_id: '1' }] },
      'web',
      false,
    );
    countEvent(sums, { event_name: 'Purchase', ttclid: 'c', content_ids: ['1'] }, 'offline', false);
    expect(sums).toEqual({
      events: 3,
      email: 2,
      ip_user_agent: 1,
      ttclid: 1,
      value: 2,
      content_ids: 2,
      own_id: 1,
    });
  });

  test('adds up by any key, and keeps the first of each', () => {
    const items = [
      { name: 'a', counts: { events: 2, email: 1 } },
      { name: 'b', counts: { events: 1 } },
      { name: 'a', counts: { events: 3, phone: 2 } },
    ];
    expect([...sumCoverage(items, ({ name }) => name).values()]).toEqual([
      { first: items[0], counts: { events: 5, email: 1, phone: 2 } },
      { first: items[1], counts: { events: 1 } },
    ]);
  });

  test('gives a share between 0 and 1, also for counts that cannot be', () => {
    expect(shareOf({ events: 4, email: 1 }, 'email')).toBe(0.25);
    expect(shareOf({ events: 4, email: 9 }, 'email')).toBe(1);
    expect(shareOf({ email: 9 }, 'email')).toBe(0);
    expect(shareOf({ events: 4 }, 'email')).toBe(0);
  });
});
