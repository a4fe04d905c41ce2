/** A dead letter that was replayed and comes back says so. */
import { expect, test } from 'vitest';
import { toDeadLetter } from '../../../lib/delivery/dead-letter.ts';
import { decodeRecord } from '../../../lib/delivery/decode-record.ts';
import { encodeReplay, type ReplayMark } from '../../../lib/queue/replay-mark.ts';
import { sqsRecord } from '../../support/delivery/records.ts';
import { receivedAtMs } from '../../support/events/events.ts';

const mark: ReplayMark = {
  count: 2,
  atMs: receivedAtMs,
  reason: 'tiktok_40002',
  firstSentAtMs: receivedAtMs - 86_400_000,
};
const park = { kind: 'park', reason: 'tiktok_40002', acknowledgement: 'refused' } as const;

function parkedAgain(stringValue: string) {
  const attribute = { stringValue, stringListValues: [], binaryListValues: [], dataType: 'String' };
  const record = { ...sqsRecord({ sentAtMs: receivedAtMs }), messageAttributes: { replayed: attribute } };
  const decoded = decodeRecord(record, { destinations: {}, nowMs: receivedAtMs });
  return toDeadLetter('message' in decoded ? decoded.message : decoded, park, receivedAtMs).attributes;
}

test('copies how often and why a message was replayed to its next dead letter, with the first attempt of all', () => {
  const attributes = parkedAgain(encodeReplay(mark));
  expect(attributes).toMatchObject({
    replayed: encodeReplay(mark),
    first_sent_at: new Date(mark.firstSentAtMs).toISOString(),
  });
  expect(Object.keys(attributes ?? {}).length).toBeLessThanOrEqual(10);
});

test.each(['ada@example.com', '', '0 x tiktok_40002 x', `${encodeReplay(mark)} ada`])(
  'does not copy the attribute %j of another producer',
  (text) => expect(parkedAgain(text)).not.toHaveProperty('replayed'),
);
