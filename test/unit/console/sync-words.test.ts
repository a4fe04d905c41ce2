/** Syncs and their runs in words. */
import { expect, test } from 'vitest';
import { sourceKind } from '../../../cli/quality/guides.ts';
import {
  bytesText,
  errorsText,
  runNumbers,
  scheduleText,
  triggerText,
} from '../../../console/page/syncs/sync-words.ts';
import { sampleSyncs } from '../../support/console/sample-syncs.ts';

const runs = sampleSyncs().flatMap((sync) => sync.runs);

test('leaves out of a run what did not happen', () => {
  expect(runs.slice(0, 2).map(runNumbers)).toEqual([
    '1,240 rows · 1,112 sent · 31 with an omission · 97 rejected · 12 left out by the mapping · 19 sent before',
    '0 rows · 0 sent',
  ]);
});

test.each([
  [0, '0 kB'],
  [1, '1 kB'],
  [48_200_000, '48 MB'],
  [1_440_000_000, '1.4 GB'],
])('%i bytes are %s', (bytes, text) => {
  expect(bytesText(bytes)).toBe(text);
});

test('names the zone of a cron expression only', () => {
  expect(scheduleText({ schedule: 'rate(1 hour)', timezone: 'UTC' })).toBe('rate(1 hour)');
  expect(scheduleText({ schedule: 'cron(0 6 * * ? *)', timezone: 'UTC' })).toBe('cron(0 6 * * ? *) UTC');
});

test('names errors without a field, and a trigger of a later release', () => {
  expect(
    errorsText([
      { field: '', code: 'too_large' },
      { field: 'email', code: 'no_match_key' },
    ]),
  ).toBe('too_large, email no_match_key');
  expect([triggerText('command'), triggerText('moon')]).toEqual(['started by hand', 'moon']);
});

test('knows a sync from a webhook source of a stage', () => {
  const known = { sources: { shop: { platform: 'shopify' } }, syncs: { orders: {} } };
  expect(['orders', 'shop', 'gone', 'api'].map((source) => sourceKind(source, known))).toEqual([
    { kind: 'sync' },
    { kind: 'webhook', platform: 'shopify' },
    { kind: 'webhook', platform: undefined },
    { kind: 'api' },
  ]);
});
