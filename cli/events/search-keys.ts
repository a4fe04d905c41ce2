/** What to look for in the journal. The id itself stays on this machine: only its digest is in the logs. */
import { fingerprint } from '../../lib/privacy/sha256.ts';

export interface SearchKeys {
  readonly fingerprints: readonly string[];
  /** The argument as it is, when it has the form of a trace id; undefined otherwise. */
  readonly trace: string | undefined;
}

const fingerprintForm = /^[0-9a-f]{16}$/i;
/** Request ids of API Gateway, such as `JKJaXmPLvHcESHA=`. No shop gives such ids to orders. */
const traceForm = /^[\w-]{14,19}=$/;

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
