/** On a terminal, a webhook shows the event that it became, or why there is none and what to do. */
import { createColors } from 'picocolors';
import { expect, test } from 'vitest';
import { prettyLine } from '../../../local/log/pretty-log.ts';

const plain = createColors(false);
const lines = (fields: object) =>
  prettyLine(
    JSON.stringify({
      level: 'INFO',
      timestamp: '2026-11-22T15:30:52.317Z',
      message: 'webhook received',
      status: 200,
      ...fields,
    }),
    plain,
  )?.split('\n');

test('shows the event of a webhook, its fields, and what the mapping did not find', () => {
  const shown = lines({
    source: 'shop',
    topic: 'orders/paid',
    accepted: 1,
    rejected: 0,
    event_name: 'Purchase',
    fields: 'event_id, event_time, email',
    empty: 'value (data.totl); currency (USD)',
    event: '0123456789abcdef',
    warnings: 'ip:private_ip',
    hint: 'value: data has no totl; did you mean total? | currency: the body has no USD',
    trace: 't-1',
  });
  expect(shown).toEqual([
    '15:30:52 → shop orders/paid → Purchase trace=t-1',
    '           fields  event_id, event_time, email',
    '           empty   value (data.totl); currency (USD)',
    '           omitted ip:private_ip',
    '           ! value: data has no totl; did you mean total?',
    '           ! currency: the body has no USD',
  ]);
});

test('keeps the pipe of an expression inside its hint', () => {
  const hint =
    'email: items[].sku is a text, not a list: write | [0] for the item of the list | value: data has no x | … 2 more';
  expect(lines({ source: 'shop', accepted: 1, rejected: 0, event_name: 'Lead', hint })?.slice(1)).toEqual([
    '           ! email: items[].sku is a text, not a list: write | [0] for the item of the list',
    '           ! value: data has no x',
    '           ! … 2 more',
  ]);
});

test.each<[string, object, string]>([
  [
    'several events',
    { accepted: 3, event: 'a b c', event_name: 'Purchase@0,2 custom@1' },
    '→ shop → 3 × Purchase, custom',
  ],
  ['a dry run', { accepted: 1, event_name: 'Lead', dry_run: true }, '→ shop → Lead (dry run: not sent)'],
  ['a ping', { reason: 'ping' }, '· shop: ping'],
  ['a probe with GET', {}, '· shop: probe'],
])('shows %s on one line', (_, fields, shown) => {
  expect(lines({ source: 'shop', rejected: 0, ...fields })).toEqual([`15:30:52 ${shown}`]);
});

test('says why a webhook is skipped, through which channel it came, and what to do', () => {
  const fields = { reason: 'channel_not_allowed', detail: 'sourceNames', channel: '234582441985' };
  expect(lines({ source: 'shop', accepted: 0, rejected: 1, ...fields })).toEqual([
    '15:30:52 → shop → skipped: channel_not_allowed (detail: sourceNames, channel: 234582441985)',
    '           The order came through another channel than the web shop. Add the `channel` to the setting in `detail`, if such orders count.',
  ]);
});

test('shows the reason for the events that were skipped beside those that were not', () => {
  const fields = { accepted: 2, rejected: 1, event_name: 'Purchase', reason: 'zero_value' };
  expect(lines({ source: 'shop', ...fields })).toEqual([
    '15:30:52 → shop → 2 × Purchase, skipped 1: zero_value',
    '           Nothing was paid. Set `zeroValue: send`, if such orders count.',
  ]);
});

test('leaves the links of the docs out of what to do', () => {
  const shown = lines({ source: 's', accepted: 0, rejected: 1, reason: 'invalid_event', detail: 'ip: x' });
  expect(shown?.join('\n')).not.toMatch(/\]\(/);
  expect(shown?.[1]).toContain('its code.');
});

test.each<[string, object, string[]]>([
  [
    'a wrong signature',
    { status: 401, source: 'shop', reason: 'signature_mismatch' },
    [
      '✗ shop → rejected with 401: signature_mismatch',
      'The signature belongs to another secret or another body. Store the new secret with `keys add --webhook`. Let no proxy change the body.',
    ],
  ],
  [
    'a source without a secret',
    {
      level: 'ERROR',
      status: 503,
      source: 'shop',
      reason: 'source_not_ready',
      detail: 'The secret is missing.',
    },
    ['✗ shop → rejected with 503: source_not_ready', 'The secret is missing.'],
  ],
  [
    'events that could not be queued',
    { status: 503, source: 'shop', reason: 'queue_unavailable', accepted: 0, not_queued: 2 },
    ['✗ shop → rejected with 503: queue_unavailable', 'not queued: 2'],
  ],
  [
    'an unknown source',
    { status: 404, reason: 'unknown_source' },
    ['✗ webhook → rejected with 404: unknown_source'],
  ],
  [
    'an error of the function',
    { status: 500, error: 'TypeError' },
    ['✗ webhook → rejected with 500 error=TypeError'],
  ],
  ['a skip that it does not know', { source: 's', accepted: 0, reason: 'new' }, ['→ s → skipped: new']],
  [
    'a skip named like a property of every object',
    { source: 's', accepted: 0, reason: 'toString' },
    ['→ s → skipped: toString'],
  ],
])('explains %s', (_, fields, [first, ...others]) => {
  expect(lines(fields)).toEqual([`15:30:52 ${first}`, ...others.map((line) => `           ${line}`)]);
});

test('removes control characters from the details of a webhook', () => {
  expect(lines({ source: 'a\u001b[2J', accepted: 1, rejected: 0, hint: 'b\u009bc\nd' })).toEqual([
    '15:30:52 → a [2J → event',
    '           ! b c d',
  ]);
});
