/** Reads the answer of POST /v1/events as a sender does. */
import type { Receipt } from '../../../lib/ingest/answer-schemas.ts';
import { Breach } from '../breach.ts';
import type { HttpAnswer } from './api-gateway.ts';

interface Body {
  readonly events?: readonly Receipt[];
  readonly errors?: readonly unknown[];
}

/**
 * @param count how many events the request had
 * @returns the receipt of each event, in order; undefined when the request is to be sent again as a whole; `rejected` when
 *   the request is rejected as a whole
 */
export function readReceipts(
  { status, body }: HttpAnswer,
  count: number,
): readonly Receipt[] | undefined | 'rejected' {
  if (status === 429 || (status >= 500 && status !== 503)) return undefined;
  const { events, errors } = JSON.parse(body) as Body;
  if (status === 503) return events && complete(events, count);
  if (status === 202 || status === 207) return complete(events ?? [], count);
  if (status !== 422) return 'rejected';
  if (errors === undefined || errors.length === 0) throw new Breach('answered 422 without errors');
  // The list of errors is cut at 20, and no event was accepted.
  return Array.from({ length: count }, (_, index) => ({ index, status: 'rejected', errors: [] }));
}

function complete(receipts: readonly Receipt[], count: number): readonly Receipt[] {
  const isComplete = receipts.length === count && receipts.every(({ index }, position) => index === position);
  if (isComplete) return receipts;
  throw new Breach(
    `answered with receipts ${receipts.map(({ index }) => index).join(' ')} for ${count} events`,
  );
}
