import { expect, test } from 'vitest';
import { queryFault } from '../../../lib/sync/engine/fault.ts';

test.each([
  [
    "SYNTAX_ERROR: line 3:12: Column 'eve@example.com' cannot be resolved",
    ' (SYNTAX_ERROR) at line 3, character 12 of',
  ],
  ['HIVE_BAD_DATA: Error parsing field value eve@example.com for field 1', ' (HIVE_BAD_DATA). Its whole'],
  ['Query exhausted resources at this scale factor', 'could not run the query. Its whole'],
  ['', 'could not run the query. Its whole'],
])('of %j only the name of the error and the place are kept', (reason, kept) => {
  const { code, message } = queryFault(reason, 'id-1');
  expect(code).toBe('query_failed');
  expect(message).toContain(kept);
  expect(message).toContain('under query id-1');
  expect(message).not.toContain('eve@');
});
