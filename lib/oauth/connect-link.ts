/**
 * The one open connect link of a stage. Only the link has the nonce; the secret keeps its digest, so that reading the
 * secret does not give access.
 */
import { timingSafeEqual } from 'node:crypto';
import { sha256 } from '../privacy/sha256.ts';
import type { ConnectLink } from '../secrets/secret-values.ts';

/** RFC 9700 asks for a short life of `state`. The whole flow, with the consent page, ends when its link does. */
export const linkLifeMs = 600_000;

/** The form of a link's nonce and of a browser's key: 256 bits in base64url. */
export const randomText = /^[\w-]{43}$/;

/** @param nonce 256 random bits in base64url; it is in the link and nowhere else */
export const newConnectLink = (nonce: string, destination: string, nowMs: number): ConnectLink => ({
  digest: sha256(nonce),
  destination,
  expires_at: new Date(nowMs + linkLifeMs).toISOString(),
});

/** @returns whether there is a link that has not expired; `nowMs` is in milliseconds since 1970 */
export const isOpen = (link: ConnectLink | undefined, nowMs: number): link is ConnectLink =>
  link !== undefined && nowMs < Date.parse(link.expires_at);

/** Takes the same time for every nonce. */
export const isNonceOf = (nonce: string, link: ConnectLink): boolean =>
  timingSafeEqual(Buffer.from(sha256(nonce)), Buffer.from(link.digest));
