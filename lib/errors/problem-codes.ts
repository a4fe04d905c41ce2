/**
 * The codes of HTTP answers (`type` of a problem), which programs may rely on. Meaning, example and fix of each are in
 * `lib/reasons/problem-texts.ts`: a code without them does not compile.
 */
export type ProblemCode =
  | 'body_too_large'
  | 'byte_order_mark'
  | 'destination_not_allowed'
  // Of `npm start` only
  | 'foreign_host'
  | 'foreign_origin'
  | 'internal_error'
  | 'invalid_events'
  | 'invalid_idempotency_key'
  | 'invalid_json'
  | 'invalid_signature'
  | 'invalid_utf8'
  | 'keys_unavailable'
  | 'platform_answer_not_json'
  | 'platform_answer_too_large'
  | 'platform_error'
  | 'platform_redirect'
  | 'platform_throttled'
  | 'platform_timeout'
  | 'platform_unauthorized'
  | 'platform_unreachable'
  | 'queue_unavailable'
  | 'secrets_unavailable'
  | 'source_not_ready'
  | 'unauthorized'
  | 'unknown_source'
  | 'unsupported_encoding'
  | 'unsupported_media_type'
  | 'wrong_origin'
  | 'wrong_verify_token';
