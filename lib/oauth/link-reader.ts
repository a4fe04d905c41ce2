/**
 * Reads the open link on every call of a caller who knows it. All other callers together cause one read per second, so
 * strangers cannot cause costs or use up the limits of Secrets Manager.
 */
import type { ConnectLink } from '../secrets/secret-values.ts';
import { type OauthContext, readLink, type SecretAccess } from './oauth-context.ts';

export interface LinkReader {
  /**
   * @param fits whether the caller knows this link
   * @returns the current link when it fits; otherwise a link that does not fit and can be an older one
   */
  find(fits: (link: ConnectLink) => boolean): Promise<ConnectLink | undefined>;
}

const everyMs = 1_000;
/** A new link works at once, so the first few callers with an unknown link may cause a read. */
const readsAtOnce = 3;

export function createLinkReader(context: SecretAccess & Pick<OauthContext, 'now'>): LinkReader {
  let kept: ConnectLink | undefined;
  let paidUntilMs = Number.NEGATIVE_INFINITY;

  function mayRead(): boolean {
    const nowMs = context.now();
    if (paidUntilMs - nowMs > (readsAtOnce - 1) * everyMs) return false;
    paidUntilMs = Math.max(paidUntilMs, nowMs) + everyMs;
    return true;
  }

  return {
    async find(fits) {
      if ((kept !== undefined && fits(kept)) || mayRead()) kept = await readLink(context);
      return kept;
    },
  };
}
