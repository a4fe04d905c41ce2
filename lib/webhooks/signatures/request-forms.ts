/** What a platform does otherwise than most, which post JSON and put the whole proof into headers. */
import { readPayload } from '../../payload/read-payload.ts';
import type { WebhookHeaders } from '../webhook-headers.ts';
import type { ReadBody } from '../webhook-outcome.ts';
import type { Challenge, WebhookQuery } from './challenge.ts';
import type { SignatureHeaders, SignedPlaces, SigningRequest } from './verification.ts';

/** The part of a platform's definition that only some platforms have. */
export interface RequestForms<Settings> {
  /** The whole signed request, where the proof can be elsewhere than in headers. */
  readonly signPlaces?: (request: SigningRequest, settings: Settings) => SignedPlaces;
  /** Reads a verified body without throwing. Default: JSON. */
  readonly readBody?: (headers: WebhookHeaders, body: Uint8Array, settings: Settings) => ReadBody;
  /** The question of a GET by which the platform checks the address; undefined for any other GET. */
  readonly challenge?: (query: WebhookQuery, settings: Settings) => Challenge | undefined;
}

/** The same with the settings of one source. */
export interface BoundRequestForms {
  readonly signPlaces: (request: SigningRequest) => SignedPlaces;
  readonly readBody: (headers: WebhookHeaders, body: Uint8Array) => ReadBody;
  readonly challenge: (query: WebhookQuery) => Challenge | undefined;
}

export const bindForms = <Settings>(
  { signPlaces, readBody, challenge }: RequestForms<Settings>,
  settings: Settings,
  sign: (request: SigningRequest) => SignatureHeaders,
): BoundRequestForms => ({
  signPlaces: (request) =>
    signPlaces?.(request, settings) ?? { headers: sign(request), query: {}, body: request.body },
  readBody: (headers, body) => readBody?.(headers, body, settings) ?? readPayload(body),
  challenge: (query) => challenge?.(query, settings),
});
