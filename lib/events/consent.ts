/** The visitor's choice about advertising. TikTok has no field for it: what a visitor refused is not sent, or sent with limits. */

import { plainSpelling } from '../privacy/clean-text.ts';

/** `always` needs no choice; `require` needs consent; `limit` sends what a visitor refused with `limited_data_use`. */
export const consentModes = ['always', 'require', 'limit'] as const;
export type ConsentMode = (typeof consentModes)[number];

export type Choice = 'granted' | 'denied' | 'unknown';

/** In any case. */
export const grantingWords: ReadonlySet<string> = new Set([
  'granted',
  'grant',
  'true',
  'yes',
  '1',
  'allow',
  'allowed',
  'accept',
  'accepted',
  'opt_in',
  'opt-in',
  'on',
]);

const denyingWords: ReadonlySet<string> = new Set([
  'denied',
  'deny',
  'false',
  'no',
  '0',
  'disallow',
  'disallowed',
  'reject',
  'rejected',
  'refuse',
  'refused',
  'decline',
  'declined',
  'opt_out',
  'opt-out',
  'off',
]);

/** @returns undefined for a word that is neither */
export function choiceOf(word: string): 'granted' | 'denied' | undefined {
  const known = plainSpelling(word).toLowerCase();
  if (grantingWords.has(known)) return 'granted';
  return denyingWords.has(known) ? 'denied' : undefined;
}
