import { expect, test } from 'vitest';
import { eventsOf, idempotencyKeyOf } from '../../../lib/ingest/read-post.ts';
import { problemOf } from '../../support/http/problems.ts';

const one = { event_name: 'Lead' };
test.each([
  ['one event', one, [one]],
  ['a list', [one, one], [one, one]],
  ['events', { events: [one] }, [one]],
  ['an inherited name does not count', Object.create({ events: [one] }), [{}]],
  ['500 events', Array(500).fill(one), Array(500).fill(one)],
])('returns the events of a post: %s', (_, body, events) => {
  expect(eventsOf(body)).toEqual(events);
});

test.each([
  [null, '', 'invalid_event'],
  ['text', '', 'invalid_event'],
  [7, '', 'invalid_event'],
  [[], 'events', 'empty'],
  [{ events: [] }, 'events', 'empty'],
  [{ events: one }, 'events', 'invalid_type'],
  [{ events: null }, 'events', 'invalid_type'],
  [{ events: [one], destination: 'canary' }, 'events', 'unknown_field'],
  [Array(501).fill(one), 'events', 'too_many'],
  [{ events: Array(501).fill(one) }, 'events', 'too_many'],
])('rejects a post of another form or size: case %#', (body, field, code) => {
  const problem = problemOf(() => eventsOf(body));
  expect(problem).toMatchObject({
    status: 422,
    code: 'invalid_events',
    members: { errors: [{ field, code }] },
  });
  expect(JSON.stringify(problem)).not.toContain('canary');
});

test.each([undefined, 'a', '!~', 'x'.repeat(255)])('accepts the Idempotency-Key %s', (key) => {
  expect(idempotencyKeyOf(key === undefined ? {} : { 'idempotency-key': key })).toBe(key);
});

test.each(['', ' ', 'a b', 'ü', 'x'.repeat(256), 'a\n'])('rejects the Idempotency-Key %j', (key) => {
  expect(problemOf(() => idempotencyKeyOf({ 'idempotency-key': key }))).toMatchObject({
    status: 400,
    code: 'invalid_idempotency_key',
  });
});
