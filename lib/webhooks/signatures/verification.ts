/** What a signature check is given, and what it says: a refusal carries a stable code and nothing that was sent. */
import type { WebhookHeaders } from '../webhook-headers.ts';

export interface SignedRequest {
  readonly headers: WebhookHeaders;
  /** The body as it came over the wire. */
  readonly body: Uint8Array;
  readonly secrets: readonly string[];
  readonly nowSeconds: number;
}

export type VerifyFailure =
  | 'no_secret'
  | 'signature_missing'
  | 'signature_repeated'
  | 'signature_malformed'
  | 'signature_mismatch'
  | 'timestamp_missing'
  | 'timestamp_outside_tolerance';

export type Verification =
  | { readonly ok: true; readonly secretIndex: number }
  | { readonly ok: false; readonly reason: VerifyFailure };

export const refuse = (reason: VerifyFailure): Verification => ({ ok: false, reason });
