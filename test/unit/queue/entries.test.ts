/** The entries of a batch for SQS. */
import { expect, test } from 'vitest';
import { toEntry } from '../../../lib/queue/entries.ts';

test('sends no MessageAttributes for a message whose attributes are an empty object, because SQS refuses an empty map', () => {
  expect(toEntry({ body: '{}', attributes: {} }, 3)).toEqual({ Id: '3', MessageBody: '{}' });
});

test('sends each attribute of a message as a string', () => {
  expect(toEntry({ body: '{}', attributes: { reason: 'expired' }, groupId: 'default' }, 0)).toEqual({
    Id: '0',
    MessageBody: '{}',
    MessageGroupId: 'default',
    MessageAttributes: { reason: { DataType: 'String', StringValue: 'expired' } },
  });
});
