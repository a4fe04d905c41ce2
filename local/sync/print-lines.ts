/** Lines of the output that show what AWS has in its console, or sends by e-mail. */
import type { Execution } from '../athena/executions.ts';
import type { Notice } from '../aws/notices.ts';

/** The errors of Athena that repeat names of the query, and never a value. */
const errorsOfNames = new Set([1006, 1301, 1303]);

export function printNotice({ subject, message }: Notice): void {
  print({ message: 'notice', subject, text: message });
}

/** Why a query failed. A reason that could repeat a value of a row is not shown. */
export function printFailure({ id, reason = '', error }: Execution): void {
  const isOfNames = error !== undefined && errorsOfNames.has(error.type);
  const text = isOfNames ? reason : (/^[A-Z_]+(?=:)/.exec(reason)?.[0] ?? 'unknown');
  print({ message: 'query failed', query: id, text });
}

const print = (entry: object): void =>
  console.log(JSON.stringify({ level: 'WARN', timestamp: new Date().toISOString(), ...entry }));
