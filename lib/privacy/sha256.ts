/** SHA-256 of UTF-8 text as lower-case hex, unsalted: the only form in which TikTok matches identifiers. */
import { hash } from 'node:crypto';
import { cleanText } from './clean-text.ts';

/** For short texts, one-shot `crypto.hash` takes half the time of `createHash().update().digest()`. */
export const sha256 = (text: string): string => hash('sha256', text, 'hex');

const digest = /^[0-9a-f]{64}$/;
const digestOfAnyCase = /^[0-9A-Fa-f]{64}$/;

/** True for 64 lower-case hex characters. */
export const isDigest = (text: string): boolean => digest.test(text);

/** True for a SHA-256 digest in any case, padded or not: someone put a digest into a raw field. */
export const looksLikeDigest = (text: string): boolean => digestOfAnyCase.test(cleanText(text));

/** Names an event in logs without repeating its id: callers put e-mails and order numbers there. */
export const fingerprint = (eventId: string): string => sha256(eventId).slice(0, 16);

/** @returns the fingerprint as a list; an empty one without an id */
export const fingerprintsOf = (id: string | undefined): string[] => (id ? [fingerprint(id)] : []);
