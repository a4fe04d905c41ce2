/** Splits entries into batches that SQS accepts: at most 10 entries and 1,048,576 bytes in all. */

const maxEntries = 10;
/** Bodies and attributes of all entries together (SendMessageBatch, SDK documentation). */
const maxBytes = 1_048_576;

/**
 * @param sizes bytes of each entry, body and attributes together
 * @returns lists of indexes into `sizes`, in order; an entry larger than a batch is alone in its batch
 */
export function splitIntoBatches(sizes: readonly number[]): number[][] {
  const batches: number[][] = [];
  let batch: number[] = [];
  let bytes = 0;
  for (const [index, size] of sizes.entries()) {
    if (batch.length === maxEntries || (batch.length > 0 && bytes + size > maxBytes)) {
      batches.push(batch);
      batch = [];
      bytes = 0;
    }
    batch.push(index);
    bytes += size;
  }
  if (batch.length > 0) batches.push(batch);
  return batches;
}
