/** What the answer of a function means for its batch, under `ReportBatchItemFailures`. Pure. */

/** `all`: nothing is deleted, the whole batch comes back. Else the ids of the messages that come back. */
export type BatchOutcome = 'all' | ReadonlySet<string>;

/**
 * Lambda's rule: no answer, an empty object, and a missing, null or empty list mean that all went well. A list with an
 * entry that cannot be right (no `itemIdentifier`, one that is null, empty or of no message of the batch) fails the
 * whole batch, as does an answer of another shape. AWS Lambda guide, "Reporting batch item failures for Amazon SQS".
 */
export function batchOutcome(answer: unknown, messageIds: readonly string[]): BatchOutcome {
  if (answer === null || answer === undefined) return new Set();
  if (typeof answer !== 'object' || Array.isArray(answer)) return 'all';
  const { batchItemFailures: failures } = answer as { batchItemFailures?: unknown };
  if (failures === null || failures === undefined) return new Set();
  if (!Array.isArray(failures)) return 'all';
  const failed = new Set<string>();
  for (const failure of failures) {
    const id: unknown = failure?.itemIdentifier;
    if (typeof id !== 'string' || !messageIds.includes(id)) return 'all';
    failed.add(id);
  }
  return failed;
}
