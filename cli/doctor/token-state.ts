/**
 * Shows the stored token of a destination to TikTok, without an event: TikTok checks the token, then the permission for the
 * pixel, and refuses the empty list at the end. The functions keep a token for 5 minutes; this asks with the stored one.
 */
import { type decodeToken, MalformedSecretError } from '../../lib/secrets/secret-values.ts';
import { trackPath } from '../../lib/tiktok/client.ts';
import { toTrackRequest } from '../../lib/tiktok/track-request.ts';
import { judge } from '../../lib/tiktok/verdict.ts';
import type { DoctorContext } from './context.ts';

type Token = NonNullable<ReturnType<typeof decodeToken>>;

export type TokenState =
  | { readonly kind: 'malformed' }
  | { readonly kind: 'missing' }
  | { readonly kind: 'accepted'; readonly token: Token }
  /** TikTok refuses the token, the permission, or a setting of the destination. */
  | { readonly kind: 'refused'; readonly token: Token; readonly reason: string; readonly detail?: string }
  /** TikTok did not say. */
  | { readonly kind: 'unknown'; readonly token: Token; readonly reason: string };

/** @param name a destination of the stage file */
export async function readTokenState(context: DoctorContext, name: string): Promise<TokenState> {
  const destination = (await context.settings()).destinations[name];
  const token = await context.token(name).catch((error: unknown) => {
    if (error instanceof MalformedSecretError) return 'malformed' as const;
    throw error;
  });
  if (token === 'malformed') return { kind: 'malformed' };
  if (token === undefined || destination === undefined) return { kind: 'missing' };
  const reply = await (await context.tiktok(name))({
    method: 'POST',
    path: trackPath,
    accessToken: token.access_token,
    body: toTrackRequest(destination, destination.testEventCode, []),
  });
  const verdict = judge(reply, Number.POSITIVE_INFINITY);
  if (verdict.kind === 'hold') {
    const { reason, detail } = verdict;
    return { kind: 'refused', token, reason, ...(detail !== undefined && { detail }) };
  }
  return verdict.kind === 'retry'
    ? { kind: 'unknown', token, reason: verdict.reason }
    : { kind: 'accepted', token };
}
