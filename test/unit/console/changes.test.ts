/** How personal fields change on their way to TikTok. */
import { expect, test } from 'vitest';
import { changesOf } from '../../../console/gateway/changes.ts';
import { sha256 } from '../../../lib/privacy/sha256.ts';

const unsent = { user: undefined, country: undefined };

test('shows the normal form and the digest of each value, also in a list', () => {
  const digest = (text: string) => sha256(text);
  expect(changesOf({ email: ['Ada@Example.com', 'b@example.com'], value: 20 }, unsent)).toEqual([
    {
      field: 'email',
      raw: 'Ada@Example.com',
      normalized: 'ada@example.com',
      digest: digest('ada@example.com'),
    },
    { field: 'email', raw: 'b@example.com', normalized: 'b@example.com', digest: digest('b@example.com') },
  ]);
});

test('shows no digest of a field that leaves in clear text', () => {
  expect(changesOf({ city: 'New York' }, unsent)).toEqual([
    { field: 'city', raw: 'New York', normalized: 'newyork' },
  ]);
});

test('normalizes a zip code by the country of the event, or else of the destination', () => {
  const event = { zip_code: '10001-1234' };
  const [own] = changesOf({ ...event, country: 'US' }, unsent).filter(({ field }) => field === 'zip_code');
  const [byDefault] = changesOf(event, { ...unsent, country: 'US' });
  expect(own?.normalized).toBe('10001');
  expect(byDefault).toEqual(own);
});

test('shows a value as not sent when TikTok did not receive it', () => {
  const event = { email: 'ada@example.com', external_id: 'c-1' };
  const user = { email: sha256('ada@example.com') };
  const changes = changesOf(event, { ...unsent, user });
  expect(changes.find(({ field }) => field === 'external_id')).toEqual({ field: 'external_id', raw: 'c-1' });
  expect(changes.find(({ field }) => field === 'email')?.digest).toBe(user.email);
});
