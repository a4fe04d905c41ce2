/** Identifiers leave as the digests that TikTok documents, and as no other. */
import { expect, test } from 'vitest';
import { sha256 } from '../../../lib/privacy/sha256.ts';
import { toTrackEvent } from '../../../lib/tiktok/track-event.ts';
import vectors from '../../fixtures/digests.json' with { type: 'json' };
import { tracked } from '../../support/events/events.ts';

const deviceIds = new Set(['idfa', 'gaid']);
const app = { destination: 'app', app: { app_id: '1' }, ttclid: null, email: 'a@b.example' };

test.each(vectors.filter(({ kind }) => !deviceIds.has(kind)))(
  'sends the published digest of $kind $input ($origin)',
  (vector) => {
    const { user } = tracked({ [vector.kind]: vector.input });
    expect(user[vector.kind]).toBe(vector.sha256);
    expect(sha256(vector.normalized)).toBe(vector.sha256);
  },
);

test.each(vectors.filter(({ kind }) => deviceIds.has(kind)))(
  'sends $kind in the case in which TikTok hashes it',
  (vector) => {
    for (const input of [
      vector.input,
      vector.input.toLowerCase(),
      vector.input.toUpperCase(),
      ` ${vector.input} `,
    ]) {
      const { user } = tracked({ ...app, [vector.kind]: input });
      expect(user[vector.kind]).toBe(vector.normalized);
      expect(sha256(String(user[vector.kind]))).toBe(vector.sha256);
    }
  },
);

test.each([
  { field: 'last_name', input: "O'Connor", preimage: 'oconnor' },
  { field: 'first_name', input: ' Łukasz ', preimage: 'łukasz' },
  { field: 'first_name', input: 'Mary-Ann', preimage: 'maryann' },
  { field: 'last_name', input: 'van der Berg', preimage: 'van der berg' },
  { field: 'external_id', input: ' UserABC', preimage: 'UserABC' },
  { field: 'external_id', input: 1234, preimage: '1234' },
  { field: 'zip_code', input: 95110, preimage: '95110' },
  { field: 'zip_code', input: ' us - 1234-', preimage: 'us1234' },
])('promise 6: hashes the $field $input as $preimage', ({ field, input, preimage }) => {
  expect(tracked({ [field]: input }).user[field]).toBe(sha256(preimage));
});

test('promise 6: sends no digest of an empty text', () => {
  const { user } = tracked({ first_name: '-', last_name: ' ', zip_code: ' - ', city: '...' });
  expect(user).toEqual({ ttclid: 'E.C.P.1' });
});

test('promise 6: hashes no phone without its plus', () => {
  expect(tracked({ phone: '12133734253' }).user.phone).toBe(sha256('+12133734253'));
});

test.each([
  ['95110-1234', 'US', '95110'],
  ['951101234', 'us', '95110'],
  ['951101234', ' us ', '95110'],
  ['95110-1234', 'DE', '951101234'],
  ['9511012345', 'US', '9511012345'],
  ['1', 'US', '1'],
])('promise 6: hashes the postal code %s of the country %s as %s', (zip_code, country, preimage) => {
  expect(tracked({ zip_code, country }).user.zip_code).toBe(sha256(preimage));
});

test("normalizes a postal code with the destination's country when the event names none", () => {
  const event = { event_name: 'Lead', event_id: 'a', event_time: 1, zip_code: '95110-1234' };
  expect(toTrackEvent(event, 'web', 'US').user?.zip_code).toBe(sha256('95110'));
});

test.each([
  ['city', 'New York', 'newyork'],
  ['city', "L'Aquila", 'laquila'],
  ['city', 'Łódź', 'łódź'],
  ['state', 'CA', 'ca'],
  ['country', ' US ', 'us'],
])('sends the field %s with the value %s in clear as %s', (field, input, sent) => {
  expect(tracked({ [field]: input }).user[field]).toBe(sent);
});
