/** The nested objects: which names they have, and what of them is taken. */
import { describe, expect, it } from 'vitest';
import {
  adSchema,
  appSchema,
  customPropertiesSchema,
  leadSchema,
  readAd,
  readApp,
  readLead,
} from '../../../lib/events/fields/objects.ts';
import type { Reading } from '../../../lib/events/fields/reading.ts';

const nothingToTell: Reading = {
  receivedAtMs: 0,
  country: undefined,
  reject: (code) => expect.fail(code),
  warn: (code) => expect.fail(code),
};

describe("TikTok's objects", () => {
  it('have the names of its reference', () => {
    expect(Object.keys(appSchema().shape)).toEqual(['app_id', 'app_name', 'app_version']);
    expect(Object.keys(leadSchema().shape)).toEqual(['lead_id', 'lead_event_source']);
    expect(Object.keys(adSchema().shape)).toEqual([
      'callback',
      'campaign_id',
      'ad_id',
      'creative_id',
      'is_retargeting',
      'attributed',
      'attribution_type',
      'attribution_provider',
      'attribution_share',
    ]);
  });

  it('lose what is null or empty, and have text for ids only', () => {
    expect(readLead({ lead_id: null, lead_event_source: 'HubSpot' }, nothingToTell, 'lead')).toStrictEqual({
      lead_event_source: 'HubSpot',
    });
    expect(readApp({ app_id: 7, app_version: ' ' }, nothingToTell, 'app')).toStrictEqual({ app_id: '7' });
    expect(
      readAd({ campaign_id: 1, ad_id: 2, creative_id: 3, attribution_share: 0.5 }, nothingToTell, 'ad'),
    ).toStrictEqual({ campaign_id: '1', ad_id: '2', creative_id: '3', attribution_share: 0.5 });
    expect(readApp({ app_id: '' }, nothingToTell, 'app')).toBeUndefined();
  });
});

describe('custom properties', () => {
  const of = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, n) => [`p${n}`, n]));
  const isTaken = (input: unknown) => customPropertiesSchema().safeParse(input).success;

  it('are up to 100', () => {
    expect([isTaken({}), isTaken(of(100)), isTaken(of(101))]).toEqual([true, true, false]);
  });

  it.each(['a', '_', 'A1_b.c-d', `x${'y'.repeat(63)}`])('may be called %s', (name) => {
    expect(isTaken({ [name]: 1 })).toBe(true);
  });

  it.each(['', '1a', '-a', ' a', 'a ', 'a b', 'ä', `x${'y'.repeat(64)}`, 'a\n'])(
    'may not be called %j',
    (name) => {
      expect(isTaken({ [name]: 1 })).toBe(false);
    },
  );

  it.each([null, undefined, 7, 'text', true, []])('are not %j', (input) => {
    expect(isTaken(input)).toBe(false);
  });

  it('of the name that zod would drop are refused at their place', () => {
    const issues = customPropertiesSchema().safeParse(JSON.parse('{"__proto__":1}')).error?.issues;
    expect(issues).toMatchObject([{ code: 'custom', path: ['__proto__'] }]);
  });
});
