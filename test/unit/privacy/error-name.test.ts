/** Of an error a log may have the name, when it looks like one, and nothing that its message could repeat. */
import { expect, test } from 'vitest';
import { errorName, loggableName } from '../../../lib/privacy/error-name.ts';

const named = (name: string, code?: unknown) =>
  Object.assign(new Error('jane@canary.example'), { name, code });

test.each([
  [named('AccessDeniedException'), 'AccessDeniedException'],
  [named('KMS.DisabledException'), 'KMS.DisabledException'],
  [named('TimeoutError', 'ETIMEDOUT'), 'TimeoutError'],
  [named('Error', 'ECONNREFUSED'), 'ECONNREFUSED'],
  [named('AggregateError', 'ECONNREFUSED'), 'ECONNREFUSED'],
  [new Error('jane@canary.example'), 'Error'],
  [named('Error', 42), 'unknown'],
  [named('jane@canary.example'), 'unknown'],
  [named('Error', 'jane@canary.example'), 'unknown'],
  ['AccessDenied', 'unknown'],
  [undefined, 'unknown'],
])('names the error %o %s', (error, name) => {
  expect(errorName(error)).toBe(name);
});

test.each([
  ['ReceiptHandleIsInvalid', 'ReceiptHandleIsInvalid'],
  ['a'.repeat(64), 'a'.repeat(64)],
  ['a'.repeat(65), 'unknown'],
  ['491555129999', 'unknown'],
  ['two words', 'unknown'],
  ['', 'unknown'],
  [undefined, 'unknown'],
])('logs the error code %s as %s', (code, name) => {
  expect(loggableName(code)).toBe(name);
});
