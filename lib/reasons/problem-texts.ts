/** The codes of HTTP answers, as docs/errors.md explains them. */

import type { ProblemCode } from '../errors/problem-codes.ts';
import { platformProblems } from './platform-problems.ts';
import { type ProblemText, retry } from './problem-text.ts';

export const problemTexts: Readonly<Record<ProblemCode, ProblemText>> = {
  invalid_json: {
    status: 400,
    meaning: 'The body is not JSON.',
    example: '`{"event_name": Purchase}`',
    fix: 'Send one event, a list of events, or `{"events":[…]}`.',
  },
  invalid_utf8: {
    status: 400,
    meaning: 'The body is not UTF-8.',
    example: 'a body in Latin-1',
    fix: 'Encode the body as UTF-8.',
  },
  byte_order_mark: {
    status: 400,
    meaning: 'The body starts with a byte order mark.',
    example: 'a file that an editor saved as "UTF-8 with BOM"',
    fix: 'Send UTF-8 without the mark.',
  },
  invalid_idempotency_key: {
    status: 400,
    meaning: 'The header `Idempotency-Key` is malformed.',
    example: '`Idempotency-Key: order 7`',
    fix: 'Send 1 to 255 visible ASCII characters.',
  },
  unauthorized: {
    status: 401,
    meaning: 'The request has no valid API key, or two different ones.',
    example: 'a request without `Authorization`, or with an expired key',
    fix: 'Send one key as `Authorization: Bearer <key>` or as `x-api-key: <key>`. `keys list` shows which keys exist.',
  },
  invalid_signature: {
    status: 401,
    meaning:
      'The signature of the webhook does not match its body. The log says which [check](#wrong-signatures) failed.',
    example: 'a webhook that was signed with another secret',
    fix: 'Store the secret that the platform shows, with `keys add --webhook`. Let no proxy change the body.',
  },
  destination_not_allowed: {
    status: 403,
    meaning: 'The API key may not send to the destination of any event of the request.',
    example: 'events for `eu` with a key that was made for `us`',
    fix: 'Use another key, or make one with `keys add --destination`.',
  },
  wrong_origin: {
    status: 403,
    meaning: 'The request came past the proxy (CloudFront) that protects the stage.',
    example: 'a request to the address of API Gateway',
    fix: 'Use the public address of the gateway.',
  },
  wrong_verify_token: {
    status: 403,
    meaning: 'The platform checks the address, and its verify token is no secret of the source.',
    example: 'a GET with another `hub.verify_token`',
    fix: 'Store the token that you entered at the platform, with `keys add --webhook`.',
  },
  foreign_host: {
    status: 403,
    meaning: '`npm start` answers only to names of this machine.',
    example: '`Host: shop.example`',
    fix: 'Use `http://127.0.0.1:3000`.',
  },
  foreign_origin: {
    status: 403,
    meaning: '`npm start` answers no page of another site.',
    example: '`Origin: https://shop.example`',
    fix: 'Send the request from a program.',
  },
  unknown_source: {
    status: 404,
    meaning: 'The stage has no webhook source of this name.',
    example: '`POST /v1/webhooks/shopfy`',
    fix: 'Use a name from `sources` in the stage file.',
  },
  body_too_large: {
    status: 413,
    meaning: 'The body is larger than 1 MiB.',
    example: '500 events with 200 products each',
    fix: 'Send fewer events in one request.',
  },
  unsupported_media_type: {
    status: 415,
    meaning: 'The request does not say that its body is JSON.',
    example: '`content-type: text/plain`',
    fix: 'Send `content-type: application/json`.',
  },
  unsupported_encoding: {
    status: 415,
    meaning: 'The body is compressed.',
    example: '`content-encoding: gzip`',
    fix: 'Send it uncompressed.',
  },
  invalid_events: {
    status: 422,
    meaning: 'No event of the request was accepted.',
    example: 'a request whose only event has no match key',
    fix: 'Read `errors`: each has the `index` of its event, and a [code of a field](#fields-of-events).',
  },
  internal_error: {
    status: 500,
    meaning: 'Something failed on our side. Nothing was accepted.',
    example: 'a bug in the gateway',
    fix: 'Send the request again. The log has the error under the `instance` of the answer.',
  },
  keys_unavailable: {
    status: 503,
    meaning: 'The API keys cannot be read at the moment.',
    example: 'Secrets Manager does not answer',
    fix: 'Send the request again after `Retry-After`. See the operations guide if it stays.',
  },
  queue_unavailable: {
    status: 503,
    meaning: 'No event was queued, because SQS does not answer.',
    example: 'an outage of SQS',
    fix: 'Send the request again after `Retry-After`, with the event ids of the answer.',
  },
  secrets_unavailable: {
    status: 503,
    meaning: 'The signing secrets cannot be read at the moment.',
    example: 'Secrets Manager does not answer',
    fix: retry,
  },
  source_not_ready: {
    status: 503,
    meaning: 'The source has no secret, or one that cannot protect it, or no API token.',
    example: 'a source that was deployed before its secret was stored',
    fix: 'Store the secret or token with `keys add --webhook`. No deployment is needed.',
  },
  ...platformProblems,
};
