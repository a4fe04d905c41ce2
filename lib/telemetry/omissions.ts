/** What was left out of events, for metrics and logs: names of fields and codes, never a value. */

import { fieldOf } from '../events/decode/judge.ts';
import { describeIssues, loggableField } from '../events/fields/loggable-field.ts';
import type { Omission } from '../events/issue.ts';
import type { Telemetry } from './telemetry.ts';

/** Counts `FieldsOmitted` by field and code. */
export function countOmissions(telemetry: Pick<Telemetry, 'count'>, omitted: readonly Omission[]): void {
  for (const { field, code, count } of tally(omitted))
    telemetry.count('FieldsOmitted', count, { field, code });
}

/** @returns such as `email: invalid_email; ip: private_ip`, each once; undefined when nothing was left out */
export const describeOmissions = (omitted: readonly Omission[]): string | undefined =>
  omitted.length === 0 ? undefined : describeIssues(tally(omitted));

function tally(omitted: readonly Omission[]): (Omission & { count: number })[] {
  const sums = new Map<string, Omission & { count: number }>();
  for (const { field: path, code } of omitted) {
    const field = loggableField(fieldOf(path));
    const sum = sums.get(`${field} ${code}`);
    if (sum === undefined) sums.set(`${field} ${code}`, { field, code, count: 1 });
    else sum.count += 1;
  }
  return [...sums.values()];
}
