/** A member of an audience is recognized by the strongest match keys of a row, and added once. */
import { expect, test } from 'vitest';
import { compileMapping } from '../../../lib/mapping/compile-mapping.ts';
import { sha256 } from '../../../lib/privacy/sha256.ts';
import { createEventCheck } from '../../../lib/rows/check-event.ts';
import { createLocalTime } from '../../../lib/rows/local-time.ts';
import { createIdentifyMember, type Member } from '../../../lib/rows/member.ts';
import { createPreparation } from '../../../lib/rows/prepare-rows.ts';
import { createRowIdentifier } from '../../../lib/rows/row-identity.ts';

const identify = createIdentifyMember('ab'.repeat(32));
type Fields = Readonly<Record<string, unknown>>;
const isSame = (one: Fields, other: Fields): boolean => {
  const digests = new Set(identify(one)?.digests);
  return identify(other)?.digests.some((digest) => digests.has(digest)) ?? false;
};

test.each<[string, Fields, Fields]>([
  ['an e-mail in another case', { email: 'Ada@Example.com' }, { email: 'ada@example.com' }],
  ['a hashed e-mail', { email: 'ada@example.com' }, { hashed_email: sha256('ada@example.com') }],
  ['one e-mail of several', { email: ['x@example.com', 'ada@example.com'] }, { email: 'ada@example.com' }],
  ['a text that is no e-mail', { email: 'ada' }, { email: 'ada' }],
  ['an external id with a space', { external_id: 'c-1 ' }, { external_id: 'c-1' }],
  ['a phone', { phone: '+4915112345678' }, { hashed_phone: sha256('+4915112345678') }],
  ['a click', { ttclid: 'E.C.P.1' }, { ttclid: 'E.C.P.1', ip: '203.0.113.7', user_agent: 'UA' }],
  ['a lead', { lead: { lead_id: '7' } }, { lead: { lead_id: '7' } }],
  ['address and browser', { ip: '203.0.113.7', user_agent: 'UA' }, { ip: '203.0.113.7', user_agent: 'UA' }],
])('recognizes a member by %s', (_key, one, other) => {
  expect(isSame(one, other)).toBe(true);
});

test.each<[string, Fields, Fields]>([
  [
    'a phone beside another e-mail',
    { email: 'a@b.de', phone: '+4915112345678' },
    { phone: '+4915112345678' },
  ],
  ['a click beside a phone', { phone: '+4915112345678', ttclid: 'E' }, { ttclid: 'E' }],
  ['the address with another browser', { ip: '203.0.113.7' }, { ip: '203.0.113.7', user_agent: 'UA' }],
])('does not recognize a member by %s', (_key, one, other) => {
  expect(isSame(one, other)).toBe(false);
});

test('promise 5: keeps no member by a value that can be read, and gives other digests with another salt', () => {
  const member = identify({ email: 'ada@example.com' });
  expect(JSON.stringify(member)).not.toContain('ada');
  expect(createIdentifyMember('cd'.repeat(32))({ email: 'ada@example.com' })).not.toEqual(member);
  expect(identify({ value: 5 })).toBeUndefined();
});

const now = () => Date.UTC(2026, 10, 26, 6);
const known = new Set<string>();
const members = {
  identify,
  claim: ({ eventId }: Member): boolean => !known.has(eventId) && known.add(eventId) !== undefined,
};
const add = createPreparation({
  mapping: compileMapping({}, { includeSameNames: true }),
  check: createEventCheck({ rules: undefined, now, isStrict: false }),
  isStrict: false,
  localTime: createLocalTime('UTC'),
  identifier: createRowIdentifier(now),
  now,
  cursorFault: () => undefined,
  state: undefined,
  audience: { name: 'Vip', members },
});

test('adds each member of an audience once, and rejects a row that identifies nobody', () => {
  const row = { email: 'ada@example.com', event_id: 'own', event_time: '2020-01-01' };
  expect(add({ number: 1, row })).toMatchObject([
    { kind: 'ready', event: { event_name: 'Vip', event_id: expect.stringMatching(/^add-/) } },
  ]);
  expect(add({ number: 2, row })).toMatchObject([{ kind: 'skipped', why: 'already_added' }]);
  expect(add({ number: 3, row: { value: 5, currency: 'EUR' } })).toMatchObject([
    { kind: 'rejected', errors: [{ code: 'no_match_key' }] },
  ]);
});

test('leaves a phone in national form to the gateway, which knows the country of the destination', () => {
  expect(add({ number: 4, row: { phone: '0151 1234567' } })).toMatchObject([{ kind: 'ready' }]);
});
