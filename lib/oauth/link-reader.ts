/**
 * Reads the open link for callers who prove that they know it, as often as they ask. All others together cause one read
 * a second, so that strangers cannot run up costs or use up the limits of Secrets Manager.
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
/** A link counts from the moment it is made, so the first callers with an unknown link are worth a read. */
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
