/** What an answer means for a batch of the messages `a` and `b`, as Lambda reads it. */
import { describe, expect, test } from 'vitest';
import { batchOutcome } from '../../../local/lambda/batch-outcome.ts';

const ids = ['a', 'b'];
const failures = (...itemIdentifiers: unknown[]) => ({
  batchItemFailures: itemIdentifiers.map((itemIdentifier) => ({ itemIdentifier })),
});

describe('the whole batch is done', () => {
  test.each([
    ['null', null],
    ['undefined', undefined],
    ['an empty object', {}],
    ['an object without the list', { statusCode: 200 }],
    ['a null list', { batchItemFailures: null }],
    ['an empty list', { batchItemFailures: [] }],
  ])('deletes the whole batch when the answer is %s', (_, answer) => {
    expect(batchOutcome(answer, ids)).toEqual(new Set());
  });
});

describe('only the messages that are named come back', () => {
  test.each([
    ['one', failures('b'), ['b']],
    ['both', failures('a', 'b'), ['a', 'b']],
    ['one, named twice', failures('a', 'a'), ['a']],
  ])('returns only the named messages when the answer names %s', (_, answer, expected) => {
    expect(batchOutcome(answer, ids)).toEqual(new Set(expected));
  });
});

describe('the whole batch comes back', () => {
  test.each([
    ['text', 'done'],
    ['a number', 1],
    ['true', true],
    ['a list', ['a']],
    ['failures that are no list', { batchItemFailures: { itemIdentifier: 'a' } }],
    ['failures that are text', { batchItemFailures: 'a' }],
    ['a null id', failures('a', null)],
    ['an empty id', failures('')],
    ['a numeric id', failures(1)],
    ['an unknown id', failures('a', 'c')],
    ['another key', { batchItemFailures: [{ id: 'a' }] }],
    ['bare ids', { batchItemFailures: ['a'] }],
    ['a null entry', { batchItemFailures: [null] }],
  ])('returns the whole batch when the answer is %s', (_, answer) => {
    expect(batchOutcome(answer, ids)).toBe('all');
  });
});
