/** What a line of the journal adds to the balance of its day, on this machine. */
import { expect, test } from 'vitest';
import { flowOf } from '../../../cli/journal/sums.ts';
import { readLine } from '../../../lib/journal/parse-line.ts';

const flow = (message: string, fields: object) => {
  const line = readLine({ message, timestamp: '2026-11-26T09:00:00Z', ...fields });
  return line && flowOf(line);
};

test.each([
  ['a post', 'events received', { source: 'api', accepted: 7, rejected: 2 }, { accepted: 7, rejected: 2 }],
  [
    'a webhook',
    'webhook received',
    { source: 'shop', accepted: 1, rejected: 4 },
    { accepted: 1, skipped: 4 },
  ],
  [
    'a dry run',
    'webhook received',
    { source: 'shop', accepted: 1, dry_run: true },
    { accepted: 0, skipped: 0 },
  ],
  // The consumer parks what it rejects: it came in, and became a dead letter.
  ['another producer', 'events received', { source: 'queue', accepted: 4, rejected: 1 }, { accepted: 5 }],
])('adds %s to the balance', (_, message, fields, counts) => {
  expect(flow(message, fields)).toEqual(counts);
});
