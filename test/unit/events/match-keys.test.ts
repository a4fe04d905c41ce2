/** The names under which match keys are counted, for the sources that take them. */
import { expect, test } from 'vitest';
import type { EventSource } from '../../../lib/events/destination.ts';
import type { Event } from '../../../lib/events/event.ts';
import { countMatchKeys, hasAnyMatchKey, hasMatchKey } from '../../../lib/events/match-keys.ts';

const eventOf = (fields: object): Event => ({ event_name: 'Lead', ...fields });
const all = eventOf({
  email: 'a',
  hashed_email: 'b',
  phone: 'c',
  hashed_phone: 'd',
  external_id: 'e',
  hashed_external_id: 'f',
  ttclid: 'g',
  ttp: 'h',
  idfa: 'i',
  gaid: 'j',
  ip: '203.0.113.7',
  user_agent: 'UA',
  lead: { lead_id: '1' },
});
const keysOf = (event: Event, source: EventSource) => Object.keys(countMatchKeys([event], source)).toSorted();
const everywhere = ['email', 'phone'];
const ofPeople = ['external_id'];

test.each([
  ['web', [...everywhere, ...ofPeople, 'ttclid', 'ttp', 'ip_user_agent']],
  ['app', [...everywhere, 'idfa', 'gaid', 'ip_user_agent']],
  ['offline', everywhere],
  ['crm', [...everywhere, ...ofPeople, 'lead_id']],
] as const)('lists all match keys of a %s event', (source, names) => {
  expect(keysOf(all, source)).toEqual(names.toSorted());
});

test('counts a key once when the event has it raw and as a digest', () => {
  expect(keysOf(eventOf({ hashed_email: 'b' }), 'web')).toEqual(['hashed_email']);
  expect(keysOf(eventOf({ email: 'a', hashed_email: 'b', hashed_phone: 'c' }), 'web')).toEqual([
    'email',
    'hashed_phone',
  ]);
});

test('counts each key in as many events as have it', () => {
  const events = [
    all,
    eventOf({ email: 'a', ip: '203.0.113.7' }),
    eventOf({ hashed_email: 'b', ttp: 'h' }),
    eventOf({}),
  ];
  expect(countMatchKeys(events, 'web')).toEqual({
    email: 2,
    hashed_email: 1,
    phone: 1,
    external_id: 1,
    ttclid: 1,
    ttp: 2,
    ip_user_agent: 1,
  });
  expect(countMatchKeys([], 'web')).toEqual({});
});

test.each([
  [{ email: 'a' }, true],
  [{ ttclid: 'a' }, true],
  [{ ip: '203.0.113.7', user_agent: 'UA' }, true],
  [{ ip: '203.0.113.7' }, false],
  [{ user_agent: 'UA' }, false],
  [{ idfa: 'a' }, false],
  [{ lead: { lead_id: '1' } }, false],
])('decides whether %o is enough as the match key of a web event: %s', (fields, isEnough) => {
  expect(hasMatchKey(eventOf(fields), 'web')).toBe(isEnough);
  expect(keysOf(eventOf(fields), 'web').length > 0).toBe(isEnough);
});

test('counts a lead as a match key by its id', () => {
  expect(hasMatchKey(eventOf({ lead: { lead_id: '1' } }), 'crm')).toBe(true);
  expect(hasMatchKey(eventOf({ lead: { lead_event_source: 'HubSpot' } }), 'crm')).toBe(false);
});

test('distinguishes a match key of another event source from none', () => {
  expect(hasAnyMatchKey(eventOf({ gaid: 'a' }))).toBe(true);
  expect(hasAnyMatchKey(eventOf({ lead: { lead_id: '1' } }))).toBe(true);
  expect(hasAnyMatchKey(eventOf({ first_name: 'Jane' }))).toBe(false);
});
