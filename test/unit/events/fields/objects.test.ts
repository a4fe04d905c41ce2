/** The nested objects: which names they have, and what of them is taken. */
import { describe, expect, it } from 'vitest';
import type { FieldContext } from '../../../../lib/events/fields/field.ts';
import { ad, app, customProperties, lead } from '../../../../lib/events/fields/objects.ts';

const noIssues: FieldContext = {
  receivedAtMs: 0,
  country: undefined,
  reject: (code) => expect.fail(code),
  warn: (code) => expect.fail(code),
};

describe("TikTok's objects", () => {
  it('have the names of its reference', () => {
    expect(Object.keys(app.parts)).toEqual(['app_id', 'app_name', 'app_version']);
    expect(Object.keys(lead.parts)).toEqual(['lead_id', 'lead_event_source']);
    expect(Object.keys(ad.parts)).toEqual([
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
    expect(lead.parse({ lead_id: null, lead_event_source: 'HubSpot' }, noIssues, 'lead')).toStrictEqual({
      lead_event_source: 'HubSpot',
    });
    expect(app.parse({ app_id: 7, app_version: ' ' }, noIssues, 'app')).toStrictEqual({ app_id: '7' });
    expect(
      ad.parse({ campaign_id: 1, ad_id: 2, creative_id: 3, attribution_share: 0.5 }, noIssues, 'ad'),
    ).toStrictEqual({ campaign_id: '1', ad_id: '2', creative_id: '3', attribution_share: 0.5 });
    expect(app.parse({ app_id: '' }, noIssues, 'app')).toBeUndefined();
  });
});

describe('custom properties', () => {
  const of = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, n) => [`p${n}`, n]));
  const isTaken = (input: unknown) => customProperties.schema().safeParse(input).success;

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
    const issues = customProperties.schema().safeParse(JSON.parse('{"__proto__":1}')).error?.issues;
    expect(issues).toMatchObject([{ code: 'custom', path: ['__proto__'] }]);
  });
});
