/** Input and result of a signature check. A failure has a stable code and contains nothing of the request. */
import type { WebhookHeaders } from '../webhook-headers.ts';

export interface SignedRequest {
  readonly headers: WebhookHeaders;
  /** The raw body, as received. */
  readonly body: Uint8Array;
  readonly secrets: readonly string[];
  readonly nowSeconds: number;
}

/** A body to sign as the platform does, so that a stage can be tried without the platform. */
export interface SigningRequest {
  /** One secret of the source, as stored in the ingest secret. */
  readonly secret: string;
  readonly body: Uint8Array;
  readonly nowSeconds: number;
}

/** Headers that prove a body. */
export type SignatureHeaders = Readonly<Record<string, string>>;

export type VerifyFailure =
  | 'no_secret'
  | 'signature_missing'
  | 'signature_repeated'
  | 'signature_malformed'
  | 'signature_mismatch'
  | 'timestamp_missing'
  | 'timestamp_outside_tolerance';

export type Verification = { readonly ok: true } | { readonly ok: false; readonly reason: VerifyFailure };

export const reject = (reason: VerifyFailure): Verification => ({ ok: false, reason });
