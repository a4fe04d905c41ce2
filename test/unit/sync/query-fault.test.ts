import { expect, test } from 'vitest';
import { queryFault } from '../../../lib/sync/engine/fault.ts';

test.each([
  [
    "SYNTAX_ERROR: line 3:12: Column 'eve@example.com' cannot be resolved",
    ' (SYNTAX_ERROR) at line 3, character 12 of',
  ],
  [
    'SEMANTIC ERROR: TABLE_NOT_FOUND: line 1:15: Table does not exist',
    ' (TABLE_NOT_FOUND) at line 1, character 15 of',
  ],
  ['Query exhausted resources at this scale factor', 'could not run the query. Its whole'],
  ['', 'could not run the query. Its whole'],
])('of %j only the name of the error and the place are kept', (reason, kept) => {
  const { code, message } = queryFault(reason, 'id-1');
  expect(code).toBe('query_failed');
  expect(message).toContain(kept);
  expect(message).toContain('under query id-1');
  expect(message).not.toContain('eve@');
});
