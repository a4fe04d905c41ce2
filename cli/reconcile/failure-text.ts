/** Why a destination cannot be compared with TikTok's counts, and what to do. */
import { commandLine } from '../terminal/command-line.ts';
import type { CountsFailure } from './tiktok-counts.ts';

/** What is missing before TikTok can be asked. */
export type AccessFailure =
  | { readonly kind: 'not_connected' }
  | { readonly kind: 'malformed' }
  | { readonly kind: 'no_ad_account' }
  | { readonly kind: 'denied'; readonly secret: string };

export interface FailureText {
  readonly text: string;
  readonly remedy: string;
}

const scope = '"Pixel Level Reporting" (below Pixel Management)';

export function failureText(
  failure: AccessFailure | CountsFailure,
  stage: string,
  destination: string,
): FailureText {
  const connect = commandLine(`connect --stage ${stage} --destination ${destination}`);
  switch (failure.kind) {
    case 'denied':
      return {
        text: `You may not read the secret ${failure.secret}.`,
        remedy: 'Ask for secretsmanager:GetSecretValue on it: docs/cli.md#reconcile lists the rights.',
      };
    case 'not_connected':
      return { text: 'There is no access token.', remedy: `Connect it: ${connect}.` };
    case 'malformed':
      return { text: 'The secret of the token is malformed.', remedy: `Connect again: ${connect}.` };
    case 'no_ad_account':
      return {
        text: 'The token names no ad account: it was pasted, and tokens from Events Manager can only send events.',
        remedy: `Connect by OAuth, with the scope ${scope}: ${connect}. docs/connect.md#by-oauth explains it.`,
      };
    case 'token':
      return {
        text: `TikTok refuses the token (code ${failure.code}): it was revoked, or belongs to another app.`,
        remedy: `Connect again: ${connect}.`,
      };
    case 'permission':
      return {
        text: 'The token may not read the counts of the pixel (code 40001).',
        remedy: `Tick the scope ${scope} for your developer app at TikTok, and connect again as an admin or operator of the ad account: ${connect}.`,
      };
    case 'no_pixel':
      return {
        text: 'No ad account of the token has the pixel of this destination.',
        remedy: `Check pixelCode in the stage file, or connect the ad account that owns the pixel: ${connect}.`,
      };
    case 'unreachable':
      return {
        text: `TikTok cannot be reached (${failure.reason}).`,
        remedy: 'Check the network, and run the command again later.',
      };
    case 'answer':
      return {
        text: `TikTok answered without counts (${failure.reason}).`,
        remedy: 'Run the command again later. If the answer stays, docs/delivery.md has the codes.',
      };
  }
}
