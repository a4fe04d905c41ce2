/** The reasons of the journal in words. */
import { expect, test } from 'vitest';
import { collectSkips } from '../../../lib/collect/skip-reasons.ts';
import { deadLetterReasons } from '../../../lib/reasons/dead-letter-reasons.ts';
import { issueTexts } from '../../../lib/reasons/issue-texts.ts';
import { problemTexts } from '../../../lib/reasons/problem-texts.ts';
import { reasonText } from '../../../lib/reasons/reason-text.ts';
import { hasTikTokText, tiktokText } from '../../../lib/reasons/tiktok-texts.ts';
import { waitingReasons } from '../../../lib/reasons/waiting-reasons.ts';
import { codeMeanings, tiktokCode } from '../../../lib/tiktok/codes.ts';
import { skipReasons } from '../../../lib/webhooks/webhook-outcome.ts';

test("explains every code of TikTok's list that does not mean that the event is delivered", () => {
  const codes = [...codeMeanings].filter(([, meaning]) => meaning !== 'delivered').map(([code]) => code);
  expect(codes.filter((code) => !hasTikTokText(code))).toEqual([]);
});

test('explains a code that is on no list by what the gateway does with it', () => {
  expect(tiktokText(40999).fix).toContain('A replay of the same content does not help');
  expect(tiktokText(59999).fix).toContain('retries by itself');
});

test('explains every reason to skip, to wait and to park, without the links of the documents', () => {
  const texts = [
    ...skipReasons.map((reason) => reasonText('skipped', reason)),
    ...Object.keys(waitingReasons).map((reason) => reasonText('waiting', reason)),
    ...Object.keys(deadLetterReasons)
      .map((pattern) => pattern.replace('<code>', '40002').replace('<status>', '403'))
      .map((reason) => reasonText('parked', reason)),
    ...Object.keys(problemTexts).map((reason) => reasonText('rejected', reason)),
    ...Object.keys(issueTexts).map((code) => reasonText('rejected', `email:${code}`)),
    reasonText('rejected', 'signature_mismatch'),
    reasonText('waiting', 'http_503'),
  ];
  for (const text of texts) {
    expect(text?.meaning).toMatch(/\S/);
    expect(`${text?.meaning} ${text?.fix}`).not.toContain('](');
  }
});

test('names the field of a rejected event', () => {
  expect(reasonText('rejected', 'contents[0].price:invalid_number')?.meaning).toMatch(
    /^`contents\[0\].price`: /,
  );
  expect(reasonText('rejected', 'email:invalid_email')?.meaning).toMatch(/^`email`: The text is no e-mail/);
  expect(reasonText('rejected', ':queue_unavailable')?.meaning).toMatch(/^No event was queued/);
});

test('blames the setting when TikTok refuses one of the call, and the event when it refuses the event', () => {
  expect(reasonText('waiting', 'tiktok_40002', 'event_source_id')?.meaning).toContain('no event is at fault');
  expect(reasonText('parked', 'tiktok_40002', 'event_id')?.meaning).toContain('TikTok names `event_id`');
  expect(reasonText('waiting', 'tiktok_40105')?.fix).toContain('`connect`');
});

test('says of a dead letter whose cause can be fixed that it can be replayed', () => {
  expect(reasonText('parked', 'tiktok_40105')?.fix).toContain('Replay the dead letter');
  expect(reasonText('parked', 'tiktok_40002')?.fix).toContain('A replay of the same content does not help');
});

test('gives no text for reasons of a later release, or for names that every object has', () => {
  for (const place of ['skipped', 'collected', 'rejected', 'waiting', 'parked'] as const)
    for (const reason of ['of_a_later_release', 'constructor', '', 'email:__proto__'])
      expect(reasonText(place, reason)).toBeUndefined();
  expect(tiktokCode('tiktok_x')).toBeUndefined();
});

test('a code that webhooks and browsers share is explained for the one that gave it', () => {
  expect(reasonText('skipped', 'no_consent')?.fix).toContain('`consent` of the source');
  expect(reasonText('collected', 'no_consent')?.fix).toContain('`collect.consent`');
});

test.each(Object.keys(collectSkips))('a skipped event of a browser is explained: %s', (reason) => {
  const text = reasonText('collected', reason);
  expect(text?.meaning).toMatch(/\.$/);
  expect(text?.fix).toMatch(/\.$/);
});

test.each(['body_too_large', 'queue_unavailable', 'unsupported_media_type'])(
  'a post of a browser that became no event is explained: %s',
  (reason) => {
    expect(reasonText('collected', reason)?.meaning).toMatch(/\.$/);
  },
);
