import { expect, test } from 'vitest';
import type { SyncTable } from '../../../lib/sync/state/dynamodb.ts';
import { openMembers } from '../../../lib/sync/state/members.ts';

test('a run remembers half a million members at most; of the others the table knows', () => {
  const members = openMembers({} as SyncTable, 'a'.repeat(64));
  const claim = (digest: string) => members.claim({ digests: [digest], eventId: digest });
  expect(claim('first')).toBe(true);
  expect(claim('first')).toBe(false);
  for (let count = 0; count < 500_001; count += 1) claim(String(count));
  expect(claim('first')).toBe(true);
});
