/**
 * The one open connect link of a stage. Its nonce is known to whoever got the link; the secret keeps a digest of it,
 * so that reading the secret opens nothing.
 */
import { timingSafeEqual } from 'node:crypto';
import { sha256 } from '../privacy/sha256.ts';
import type { ConnectLink } from '../secrets/secret-values.ts';

/** RFC 9700 asks for a short life of `state`; the whole flow, consent included, ends with its link. */
export const linkLifeMs = 600_000;

/** 256 bits in base64url: what both the nonce of a link and the key of a browser look like. */
export const randomText = /^[\w-]{43}$/;

/** @param nonce 256 random bits in base64url; it goes into the link and nowhere else */
export const newConnectLink = (nonce: string, destination: string, nowMs: number): ConnectLink => ({
  digest: sha256(nonce),
  destination,
  expires_at: new Date(nowMs + linkLifeMs).toISOString(),
});

export const isOpen = (link: ConnectLink | undefined, nowMs: number): link is ConnectLink =>
  link !== undefined && nowMs < Date.parse(link.expires_at);

/** Takes the same time for every nonce. */
export const isNonceOf = (nonce: string, link: ConnectLink): boolean =>
  timingSafeEqual(Buffer.from(sha256(nonce)), Buffer.from(link.digest));
