/** The authorization codes and tokens that the sandbox has issued. Knows no HTTP. */
import { randomBytes } from 'node:crypto';
import type { Verdict } from '../track/check-request.ts';

export interface OauthApp {
  readonly app_id: string;
  readonly secret: string;
}

export interface Advertiser {
  readonly advertiser_id: string;
  readonly advertiser_name: string;
}

interface Grant {
  readonly appId: string;
  /** Text, because ids above 2^53 lose digits as JavaScript numbers. */
  readonly scopes: readonly string[];
  readonly expiresAt: number;
  isUsed: boolean;
}

export interface Grants {
  /** Creates a code for one exchange within an hour. */
  issueCode(appId: string, scopes: readonly string[]): string;
  exchange(app: OauthApp, code: string): { verdict: Verdict } | { token: string; scopes: readonly string[] };
  /** Whether the token may read pixels and their statistics. Tokens that were not issued here may do everything. */
  mayReadPixels(token: string): boolean;
}

/** TikTok Marketing API: an `auth_code` is valid for an hour and for one use. */
const codeLifeMs = 3600 * 1000;
const maxCodes = 10_000;
/** The id of the scope Pixel Management, which includes Pixel Level Reporting. */
export const pixelManagement = '8';

/** Adds new tokens to `tokens`, so that every endpoint of the sandbox accepts them. */
export function createGrants(tokens: Set<string>, now: () => number = Date.now): Grants {
  const grants = new Map<string, Grant>();
  const issued = new Map<string, readonly string[]>();
  return {
    issueCode: (appId, scopes) => {
      const [oldest] = grants.keys();
      if (grants.size >= maxCodes && oldest !== undefined) grants.delete(oldest);
      const code = randomBytes(20).toString('hex');
      grants.set(code, { appId, scopes, expiresAt: now() + codeLifeMs, isUsed: false });
      return code;
    },
    exchange: (app, code) => {
      const grant = grants.get(code);
      if (!grant || grant.appId !== app.app_id) {
        return { verdict: { code: 40101, message: 'Invalid auth_code or app.' } };
      }
      if (grant.isUsed || grant.expiresAt <= now()) {
        return {
          verdict: { code: 40110, message: 'The auth_code has been used, cancelled or has expired.' },
        };
      }
      grant.isUsed = true;
      const token = `sandbox-${randomBytes(20).toString('hex')}`;
      tokens.add(token);
      issued.set(token, grant.scopes);
      return { token, scopes: grant.scopes };
    },
    mayReadPixels: (token) => issued.get(token)?.includes(pixelManagement) ?? true,
  };
}
