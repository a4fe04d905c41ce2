/** Why a signature is wrong, and what to do: for docs/errors.md and the terminal of `npm start`. The texts are Markdown. */
import type { CodeText } from '../../errors/code-text.ts';
import type { VerifyFailure } from '../signatures/verification.ts';

export const signatureFailures: Readonly<Record<VerifyFailure, CodeText>> = {
  signature_mismatch: {
    meaning: 'The signature belongs to another secret or another body.',
    example: 'the secret was replaced at the platform',
    fix: 'Store the new secret with `keys add --webhook`. Let no proxy change the body.',
  },
  signature_missing: {
    meaning: 'The request has no signature.',
    example: 'a request that the platform did not send',
    fix: 'Give the webhook a secret at the platform.',
  },
  signature_malformed: {
    meaning: 'The header is no signature of this platform.',
    example: 'hex where base64 belongs',
    fix: 'Check `platform` of the source, and `encoding` of a custom one.',
  },
  signature_repeated: {
    meaning: 'The request has two signatures in two headers.',
    example: 'a proxy that adds the header again',
    fix: 'Let the proxy pass the header on once.',
  },
  timestamp_missing: {
    meaning: 'The signature has no time.',
    example: '`Stripe-Signature` without `t=`',
    fix: 'Check `platform` of the source.',
  },
  timestamp_outside_tolerance: {
    meaning: 'The signature is more than 5 minutes old, or ahead.',
    example: 'a request that somebody recorded and sends again',
    fix: "Nothing, if the platform retries: it signs anew. Otherwise check the sender's clock.",
  },
  no_secret: {
    meaning: 'The source has no secret.',
    example: 'an empty `secrets` list',
    fix: 'Store the secret with `keys add --webhook`.',
  },
};
