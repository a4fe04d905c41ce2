/** Reads the answer of a function for its batch, under `ReportBatchItemFailures`. Pure. */

/** `all`: the whole batch returns to the queue. Otherwise the ids of the messages that return. */
export type BatchOutcome = 'all' | ReadonlySet<string>;

/**
 * Applies Lambda's rule: no answer, an empty object, and a missing, null or empty list mean success. The whole batch
 * fails when an entry has no `itemIdentifier`, or one that is null, empty or not of this batch, and when the answer has
 * another shape. Source: AWS Lambda guide, "Reporting batch item failures for Amazon SQS".
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
