/** Access tokens for one invocation: from the cache, and from the secret once more when TikTok refuses a token. */

export type Token = { readonly accessToken: string } | { readonly missing: 'no_token' | 'token_unavailable' };

/** Reads a destination's token; `fresh` bypasses the cache. Throws when the secret cannot be read or is malformed. */
export type ReadToken = (destination: string, fresh: boolean) => Promise<string | undefined>;

export interface TokenSource {
  get(destination: string): Promise<Token>;
  /** The token after one re-read of the secret; every later call of the invocation gets the same answer. */
  reread(destination: string): Promise<Token>;
}

/** @param read shared by all invocations, while the source remembers tokens for one */
export function createTokenSource(read: ReadToken): TokenSource {
  const reread = new Map<string, Promise<Token>>();

  const readOrExplain = async (destination: string, fresh: boolean): Promise<Token> => {
    try {
      const accessToken = await read(destination, fresh);
      return accessToken === undefined ? { missing: 'no_token' } : { accessToken };
    } catch {
      return { missing: 'token_unavailable' };
    }
  };

  const rereadOnce = (destination: string): Promise<Token> => {
    const known = reread.get(destination) ?? readOrExplain(destination, true);
    reread.set(destination, known);
    return known;
  };

  return {
    async get(destination) {
      const token = await (reread.get(destination) ?? readOrExplain(destination, false));
      return 'missing' in token ? rereadOnce(destination) : token;
    },
    reread: rereadOnce,
  };
}
