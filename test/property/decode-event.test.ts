/** Laws of the one decoder of events, for any JSON. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createIdentifier } from '../../lib/events/event-id.ts';
import { maxIssues } from '../../lib/events/issue.ts';
import { toTrackEvent } from '../../lib/tiktok/track-event.ts';
import { anyEvent, goodEvent } from '../support/events/arbitraries.ts';
import { parse, receivedAtMs } from '../support/events/events.ts';
import { runs } from '../support/runs.ts';

const laws = runs(1_000);

/** The parsed event, or a failed run. */
function mustParse(input: unknown) {
  const parsed = parse(input);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
  return parsed;
}

test('decodes any input without throwing or changing it, and reports 1 to 20 errors of known shape', () => {
  fc.assert(
    fc.property(anyEvent, (input) => {
      const before = structuredClone(input);
      const parsed = parse(input);
      expect(input).toEqual(before);
      const issues = parsed.ok ? parsed.warnings : parsed.errors;
      expect(issues.length).toBeGreaterThanOrEqual(parsed.ok ? 0 : 1);
      expect(issues.length).toBeLessThanOrEqual(maxIssues);
      for (const { field, code, message } of issues) {
        expect(field.length).toBeLessThan(300);
        expect(code).toMatch(/^[a-z_]+$/);
        expect(message.length).toBeGreaterThan(10);
      }
    }),
    laws,
  );
});

test('accepts every valid event, and decodes its canonical form to itself', () => {
  fc.assert(
    fc.property(goodEvent, (input) => {
      const { event } = mustParse(input);
      expect(mustParse(event).event).toEqual(event);
      expect(mustParse(JSON.parse(JSON.stringify(event))).event).toEqual(JSON.parse(JSON.stringify(event)));
    }),
    laws,
  );
});

test('gives a canonical form of every event that it accepts', () => {
  fc.assert(
    fc.property(anyEvent, (input) => {
      const parsed = parse(input);
      if (parsed.ok) expect(mustParse(parsed.event).event).toEqual(parsed.event);
    }),
    laws,
  );
});

const canary = fc.stringMatching(/^canary[a-z]{8}$/);
const places = [
  'event_name',
  'email',
  'phone',
  'external_id',
  'hashed_email',
  'ip',
  'user_agent',
  'page_url',
  'value',
  'currency',
  'event_time',
  'att_status',
  'content_type',
  'destination',
  'country',
  'limited_data_use',
];
const wraps: ((text: string) => unknown)[] = [
  (text) => text,
  (text) => `${text}@`,
  (text) => `${text} `.repeat(400),
  (text) => [text],
  (text) => ({ a: text }),
  (text) => [{ price: text, quantity: text }],
];

test('promise 5: repeats no value and no unsafe name in errors and warnings', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...places, 'contents', 'app', 'custom_properties', 'lead'),
      canary,
      fc.constantFrom(...wraps),
      (field, text, wrap) => {
        const input = { event_name: 'Lead', ttclid: 'a', [field]: wrap(text), [`${text}@example.com`]: 1 };
        const parsed = parse(input);
        expect(JSON.stringify(parsed.ok ? parsed.warnings : parsed.errors)).not.toContain(text);
        const { [`${text}@example.com`]: _, ...known } = input;
        const other = parse(known);
        expect(JSON.stringify(other.ok ? other.warnings : other.errors)).not.toContain(text);
      },
    ),
    laws,
  );
});

const isEmpty = (value: unknown) => ['""', 'null', '[]', '{}'].includes(JSON.stringify(value));

const identify = createIdentifier({ keyId: 'k', idempotencyKey: 'i' }, receivedAtMs, () => 'random');

test('promise 6: sends identifiers to TikTok only as digests, and nothing empty', () => {
  fc.assert(
    fc.property(goodEvent, (input) => {
      const { event, destination } = mustParse(input);
      const { event: identified } = identify(event);
      const track = JSON.parse(JSON.stringify(toTrackEvent(identified, 'web', destination.country)));
      for (const name of ['email', 'phone', 'external_id', 'first_name', 'last_name', 'zip_code']) {
        for (const value of [track.user[name] ?? []].flat()) expect(value).toMatch(/^[0-9a-f]{64}$/);
      }
      for (const value of [track, track.user, track.properties ?? {}].flatMap(Object.values))
        expect(isEmpty(value)).toBe(false);
    }),
    laws,
  );
});

test('promise 2: derives the same id for the same event, however its keys are ordered', () => {
  fc.assert(
    fc.property(goodEvent, (input) => {
      const shuffled = Object.fromEntries(Object.entries(input).toReversed());
      const idOf = (event: unknown) =>
        createIdentifier({ keyId: 'k', idempotencyKey: 'i' }, receivedAtMs, () => 'r')(mustParse(event).event)
          .event.event_id;
      expect(idOf(shuffled)).toBe(idOf(input));
    }),
    laws,
  );
});
