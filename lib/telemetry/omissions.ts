/** What was left out of events, for logs: names of fields and codes, never a value. */

import { fieldOf } from '../events/decode/judge.ts';
import { describeIssues, loggableField } from '../events/fields/loggable-field.ts';
import type { Omission } from '../events/issue.ts';

/** @returns such as `email: invalid_email; ip: private_ip`, each once; undefined when nothing was left out */
export const describeOmissions = (omitted: readonly Omission[]): string | undefined =>
  omitted.length === 0 ? undefined : describeIssues(distinct(omitted));

function distinct(omitted: readonly Omission[]): Omission[] {
  const found = new Map<string, Omission>();
  for (const { field: path, code } of omitted) {
    const field = loggableField(fieldOf(path));
    found.set(`${field} ${code}`, { field, code });
  }
  return [...found.values()];
}
