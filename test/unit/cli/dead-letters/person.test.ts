/** One person's letters are found in every spelling, and nobody else's. */
import { expect, test } from 'vitest';
import { personMatcher } from '../../../../cli/dead-letters/discard/person.ts';
import { sha256 } from '../../../../lib/privacy/sha256.ts';

const letter = (body: unknown) => ({
  messageId: 'm',
  receiptHandle: 'h',
  body: typeof body === 'string' ? body : JSON.stringify(body),
  reason: 'invalid_event',
  detail: undefined,
  outcome: 'refused' as const,
  destination: 'default',
  requestId: undefined,
  firstSentAtMs: 0,
  failedAtMs: 0,
  replay: undefined,
});
const finds = (value: string, body: unknown) => personMatcher(value, ['DE'])(letter(body));

test.each([
  ['ada@example.com', { email: ' ADA@example.com ' }],
  ['Ada@Example.com', { v: 1, event: { email: ['bob@example.com', 'ada@example.com'] } }],
  ['ada@example.com', { hashed_email: sha256('ada@example.com').toUpperCase() }],
  ['ada@example.com', { email: 'mailto:ada@example.com?subject=x' }],
  ['ada@example.com', { page_url: 'https://shop.example/?mail=ada%40example.com&x=1' }],
  ['ada@example.com', 'no JSON: ada@example.com.'],
  ['ada@example.com', { Type: 'Notification', Message: '{"email":"ada@example.com"}' }],
  ['+49 151 23456789', { phone: '0151 / 23456789' }],
  ['0151 23456789', { phone: '+4915123456789' }],
  ['+4915123456789', { phone: 4915123456789 }],
  ['+4915123456789', { hashed_phone: sha256('+4915123456789') }],
  ['+4915123456789', 'call 004915123456789 now'],
  ['customer-7', { external_id: 'customer-7' }],
  ['7', { external_id: 7 }],
  ['customer-7', { hashed_external_id: sha256('customer-7') }],
])('finds %s in %j', (value, body) => expect(finds(value, body)).toBe(true));

test.each([
  ['ada@example.com', { email: 'bada@example.com' }],
  ['ada@example.com', { email: 'ada@example.com.br' }],
  ['ada@example.com', { page_url: 'https://shop.example/?mail=not-ada%40example.com' }],
  ['7', { value: 7, num_items: 7, contents: [{ content_id: '7' }] }],
  ['+4915123456789', { phone: '+4915123456788', order_id: '1491512345678901' }],
  ['customer-7', { external_id: 'customer-77' }],
  ['ada@example.com', '['.repeat(100_000)],
])('does not take %s for the person of another event %#', (value, body) =>
  expect(finds(value, body)).toBe(false),
);

test('reads a body that is nested deeper than calls can be', () => {
  const body = `{"a":${'['.repeat(200_000)}"ada@example.com"${']'.repeat(200_000)}}`;
  expect(finds('ada@example.com', body)).toBe(true);
});
