/** The dead letters of the gateway on this machine, through the same code as the command line. */
import { letterActions } from '../server/letter-actions.ts';
import type { LetterActions } from '../server/source.ts';

export const gatewayLetters = (_: { readonly url: string; readonly sqsUrl: string }): LetterActions =>
  letterActions(() => Promise.reject(new Error('TODO')), true);
