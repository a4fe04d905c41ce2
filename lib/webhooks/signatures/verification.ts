/** Input and result of a signature check. A failure has a stable code and contains nothing of the request. */
import type { WebhookHeaders } from '../webhook-headers.ts';

export interface SignedRequest {
  readonly headers: WebhookHeaders;
  /** The query of the webhook URL. */
  readonly query?: Readonly<Record<string, string | undefined>> | undefined;
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
  /** What the sender puts into headers that are signed too; those that are missing get a value. */
  readonly headers?: WebhookHeaders;
}

/** Headers that prove a body. */
export type SignatureHeaders = Readonly<Record<string, string>>;

/** A signed request, wherever its sender puts the proof. */
export interface SignedPlaces {
  readonly headers: SignatureHeaders;
  /** Parameters of the webhook URL. */
  readonly query: Readonly<Record<string, string>>;
  /** The body to send, with the token where the sender puts it there. */
  readonly body: Uint8Array;
}

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
