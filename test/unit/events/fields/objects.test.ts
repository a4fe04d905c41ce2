/** The nested objects: which names they have, and what of them is taken. */
import { expect, test } from 'vitest';
import { customProperties } from '../../../../lib/events/fields/custom-properties.ts';
import type { FieldContext } from '../../../../lib/events/fields/field.ts';
import { ad, app, lead } from '../../../../lib/events/fields/objects.ts';

const noIssues: FieldContext = {
  receivedAtMs: 0,
  country: undefined,
  reject: (code) => expect.fail(code),
  omit: (code) => expect.fail(code),
  warn: (code) => expect.fail(code),
};

test("accepts the objects app, ad and lead with the names of TikTok's reference", () => {
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

test("omits empty members of TikTok's objects, and converts only ids to text", () => {
  expect(lead.parse({ lead_id: null, lead_event_source: 'HubSpot' }, noIssues, 'lead')).toStrictEqual({
    lead_event_source: 'HubSpot',
  });
  expect(app.parse({ app_id: 7, app_version: ' ' }, noIssues, 'app')).toStrictEqual({ app_id: '7' });
  expect(
    ad.parse({ campaign_id: 1, ad_id: 2, creative_id: 3, attribution_share: 0.5 }, noIssues, 'ad'),
  ).toStrictEqual({ campaign_id: '1', ad_id: '2', creative_id: '3', attribution_share: 0.5 });
  expect(app.parse({ app_id: '' }, noIssues, 'app')).toBeUndefined();
});

const of = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, n) => [`p${n}`, n]));
const isTaken = (input: unknown) => customProperties.schema().safeParse(input).success;

test('accepts up to 100 custom properties and rejects more', () => {
  expect([isTaken({}), isTaken(of(100)), isTaken(of(101))]).toEqual([true, true, false]);
});

test.each(['a', '_', 'A1_b.c-d', `x${'y'.repeat(63)}`])(
  'accepts a custom property with the name %s',
  (name) => {
    expect(isTaken({ [name]: 1 })).toBe(true);
  },
);

test.each(['', '1a', '-a', ' a', 'a ', 'a b', 'ä', `x${'y'.repeat(64)}`, 'a\n'])(
  'may not be called %j',
  (name) => {
    expect(isTaken({ [name]: 1 })).toBe(false);
  },
);

test.each([null, undefined, 7, 'text', true, []])('rejects %j as custom_properties', (input) => {
  expect(isTaken(input)).toBe(false);
});

test('rejects a custom property named __proto__, which zod would drop, with its path', () => {
  const issues = customProperties.schema().safeParse(JSON.parse('{"__proto__":1}')).error?.issues;
  expect(issues).toMatchObject([{ code: 'custom', path: ['__proto__'] }]);
});
