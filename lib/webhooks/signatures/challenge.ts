/**
 * Answers the GET by which a platform checks a new address, as Meta, Haravan and Sapo send it: the challenge comes back only to
 * a caller that knows a secret of the source.
 */
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { Problem } from '../../http/problem.ts';
import { verifyToken } from './static-token.ts';
import { reject, type Verification } from './verification.ts';

export type WebhookQuery = Readonly<Record<string, string | undefined>>;

export interface Challenge {
  readonly token: string | undefined;
  /** The text to send back; undefined when it is absent, too long or not safe to repeat. */
  readonly answer: string | undefined;
}

/** No character of HTML, of a script or of a header is among them. */
const safeText = /^[\w.~:+/=-]{1,512}$/;

/** @returns undefined for a GET without parameters of a hub, such as a probe */
export function readHubChallenge(query: WebhookQuery): Challenge | undefined {
  const names = Object.keys(query).filter((name) => name.startsWith('hub.'));
  if (names.length === 0) return undefined;
  const { 'hub.mode': mode, 'hub.verify_token': token, 'hub.challenge': text = '' } = query;
  // Some senders leave the mode out. Nothing here can be unsubscribed.
  const isSubscription = mode === undefined || mode === 'subscribe';
  return { token, answer: isSubscription && safeText.test(text) ? text : undefined };
}

export function verifyChallenge({ token, answer }: Challenge, secrets: readonly string[]): Verification {
  const verdict = verifyToken(token === undefined ? [] : [token], secrets, '');
  return verdict.ok && answer === undefined ? reject('signature_malformed') : verdict;
}

/** Plain text: with `nosniff`, which every answer has, no browser reads it as a page. */
export const challengeAnswer = ({ answer = '' }: Challenge): APIGatewayProxyStructuredResultV2 => ({
  statusCode: 200,
  headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
  body: answer,
});

export const wrongVerifyToken: Problem = {
  status: 403,
  code: 'wrong_verify_token',
  detail:
    'The verify token is not a secret of this source: enter the same token at the platform and in keys add --webhook.',
};
