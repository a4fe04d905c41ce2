/**
 * Reads the open link for callers who prove that they know it, as often as they ask. All others together cause one read
 * a second: nobody can spend money, or the limits of Secrets Manager, from outside.
 */
import type { ConnectLink } from '../secrets/secret-values.ts';
import { type OauthPorts, readLink } from './oauth-ports.ts';

export interface LinkReader {
  /**
   * @param fits whether the caller knows this link
   * @returns the link as the secret has it now when it fits; else perhaps an older one, which does not fit
   */
  find(fits: (link: ConnectLink) => boolean): Promise<ConnectLink | undefined>;
}

const everyMs = 1_000;
/** A link counts from the moment it is made: the first callers who do not know the old one are right to ask. */
const readsAtOnce = 3;

export function createLinkReader(ports: OauthPorts): LinkReader {
  let kept: ConnectLink | undefined;
  let paidUntilMs = Number.NEGATIVE_INFINITY;

  function mayRead(): boolean {
    const nowMs = ports.now();
    if (paidUntilMs - nowMs > (readsAtOnce - 1) * everyMs) return false;
    paidUntilMs = Math.max(paidUntilMs, nowMs) + everyMs;
    return true;
  }

  return {
    async find(fits) {
      if ((kept !== undefined && fits(kept)) || mayRead()) kept = await readLink(ports);
      return kept;
    },
  };
}
