/** What to look for in the journal. The id itself stays on this machine: only its digest is in the logs. */
import { fingerprint } from '../../lib/privacy/sha256.ts';

export interface SearchKeys {
  readonly fingerprints: readonly string[];
  /** The argument as it is, when it has the form of a trace id; undefined otherwise. */
  readonly trace: string | undefined;
}

const fingerprintForm = /^[0-9a-f]{16}$/i;
/**
 * Request ids of API Gateway, such as `JKJaXmPLvHcESHA=`, of `npm start` and SQS (UUIDs), and of X-Ray. An id in one of
 * these forms goes to the stage's logs as a search term, so none of them can hold a name, an address or a phone number.
 */
const traceForm = /^(?:[\w+/-]{14,19}=|[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}|1-[\da-f]{8}-[\da-f]{24})$/i;

/** @param text of the operator: an event id, an order's id or number, a fingerprint or a trace id */
export function searchKeys(text: string): SearchKeys {
  const trimmed = text.trim();
  const spellings = [text, trimmed, trimmed.replace(/^#\s*/, ''), `#${trimmed.replace(/^#\s*/, '')}`];
  const own = fingerprintForm.test(trimmed) ? [trimmed.toLowerCase()] : [];
  return {
    fingerprints: [...new Set([...own, ...spellings.map((spelling) => fingerprint(spelling))])],
    trace: traceForm.test(trimmed) ? trimmed : undefined,
  };
}
