import { expect, test } from 'vitest';
import { createFollowed } from '../../../../cli/sync/wait/followed.ts';
import { fingerprint } from '../../../../lib/privacy/sha256.ts';

const settle = (followed: ReturnType<typeof createFollowed>, id: string, as: 'delivered' | 'parked') =>
  followed.settle(fingerprint(id), as);

test('counts each event once, whatever the journal says of it again, and ignores other events', () => {
  const followed = createFollowed();
  for (const id of ['a', 'b', 'c', 'a']) followed.add(id);
  expect(settle(followed, 'a', 'delivered')).toBe(true);
  expect(settle(followed, 'a', 'parked')).toBe(false);
  expect(settle(followed, 'b', 'parked')).toBe(true);
  expect(settle(followed, 'b', 'parked')).toBe(false);
  expect(settle(followed, 'x', 'delivered')).toBe(false);
  expect(followed.settle('no print', 'delivered')).toBe(false);
  expect(followed.isUnsettled(fingerprint('c'))).toBe(true);
  expect(followed.counts()).toEqual({ events: 3, delivered: 1, parked: 1, notFollowed: 0 });
});

test('counts a parked event as delivered when a replay delivers it', () => {
  const followed = createFollowed();
  followed.add('a');
  settle(followed, 'a', 'parked');
  settle(followed, 'a', 'delivered');
  expect(followed.counts()).toMatchObject({ delivered: 1, parked: 0 });
});

test('follows 50,000 events, and no more than the limit', () => {
  const followed = createFollowed(50_000);
  for (let id = 0; id < 50_010; id += 1) followed.add(`order-${id}`);
  for (let id = 0; id < 50_010; id += 1)
    settle(followed, `order-${id}`, id % 1000 === 0 ? 'parked' : 'delivered');
  expect(followed.counts()).toEqual({ events: 50_000, delivered: 49_950, parked: 50, notFollowed: 10 });
});
