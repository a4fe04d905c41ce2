import { expect, test } from 'vitest';
import { toResponse, traceOf } from '../../../lib/http/api-answer.ts';
import { httpEvent } from '../../support/http/http-event.ts';

test('traceOf returns the id that API Gateway gave the request', () => {
  expect(traceOf(httpEvent())).toBe('request-1');
});

test('toResponse keeps a response as it is, beside its log fields', () => {
  const response = { statusCode: 202, body: '{}' };
  expect(toResponse({ response, log: { accepted: 1 } }, httpEvent())).toEqual({
    ...response,
    log: { accepted: 1 },
  });
  expect(toResponse({ response }, httpEvent())).toEqual({ ...response, log: {} });
});

test('toResponse makes a problem an answer, and its code the reason in the log', () => {
  const problem = { status: 503, code: 'keys_unavailable', detail: 'd' } as const;
  const { statusCode, log } = toResponse({ response: problem, log: { accepted: 0 } }, httpEvent());
  expect([statusCode, log]).toEqual([503, { reason: 'keys_unavailable', accepted: 0 }]);
});

test('toResponse lets the log name a more precise reason than the code of the problem', () => {
  const problem = { status: 401, code: 'invalid_signature', detail: 'd' } as const;
  const answer = { response: problem, log: { reason: 'signature_mismatch' } };
  expect(toResponse(answer, httpEvent()).log).toEqual({ reason: 'signature_mismatch' });
});
