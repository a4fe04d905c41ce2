/** The browser collector in the OpenAPI document: POST /v1/collect, and the script that posts to it. */
import type { JsonObject } from './answer-components.ts';

type Problem = (description: string) => JsonObject;

const event = { $ref: '#/components/schemas/Event' };
const events = { type: 'array', maxItems: 20, items: event };
const post = {
  anyOf: [
    event,
    events,
    { type: 'object', required: ['events'], properties: { events } },
    {
      type: 'object',
      required: ['v', 'e'],
      properties: { v: { const: 1 }, e: { type: 'array', maxItems: 20, items: { type: 'object' } } },
      description: 'The form of the browser script, which can change with each release.',
    },
  ],
};

/** @param problem makes an answer of `application/problem+json` */
export const postCollect = (problem: Problem): JsonObject => ({
  operationId: 'postCollect',
  summary:
    'Receive up to 20 events of a page of the shop, up to 32 KiB: the header Origin takes the place of a key',
  requestBody: {
    required: true,
    content: { 'application/json': { schema: post }, 'text/plain': { schema: post } },
  },
  responses: {
    204: {
      description:
        'Received; possibly without an event to send: the log says why. `Set-Cookie` renews `_ttp` and `_tte`.',
    },
    413: problem('The body is larger than 32 KiB, or has more than 20 events.'),
    503: problem('The events could not be queued. Send the same request again after `Retry-After`.'),
  },
});

const script = {
  description: 'The script, in Brotli or gzip if `Accept-Encoding` allows it.',
  content: { 'text/javascript': {} },
};
const known = { description: 'The script is the one of `If-None-Match`.' };

export const getBrowserScript: JsonObject = {
  operationId: 'getBrowserScript',
  summary: 'The browser script of the stage',
  responses: { 200: script, 304: known },
};

export const getHashedScript: JsonObject = {
  operationId: 'getHashedScript',
  summary: 'The same script under its hash, which never changes: for Subresource Integrity',
  parameters: [{ name: 'file', in: 'path', required: true, schema: { type: 'string' } }],
  responses: { 200: script, 304: known, 404: { description: 'The stage has another script now.' } },
};
