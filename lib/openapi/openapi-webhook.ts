/** POST /v1/webhooks/{source} in the OpenAPI document: what a platform sends is its own, what it is answered is ours. */

export interface JsonObject {
  [name: string]: unknown;
}

const answer = {
  type: 'object',
  required: ['accepted', 'skipped'],
  properties: {
    accepted: { type: 'integer', description: 'Events that are queued.' },
    skipped: {
      type: 'array',
      maxItems: 20,
      items: { type: 'string' },
      description: 'Why others were not: codes of docs/webhooks.md.',
    },
    dry_run: { type: 'boolean' },
  },
};

/** @param problem makes an answer of `application/problem+json` */
export const postWebhook = (problem: (description: string) => JsonObject): JsonObject => ({
  operationId: 'postWebhook',
  summary: 'Takes a signed webhook of a configured source; the body is what the platform sends',
  parameters: [{ name: 'source', in: 'path', required: true, schema: { type: 'string' } }],
  requestBody: { required: true, content: { 'application/json': { schema: {} } } },
  responses: {
    200: { description: 'Taken, or nothing to send.', content: { 'application/json': { schema: answer } } },
    401: problem('The signature does not fit the body.'),
    404: problem('No source of this name is configured. API Gateway answers this itself, without a problem.'),
    413: problem('The body is larger than 1 MiB.'),
    503: problem('The events could not be queued; the same delivery should come again.'),
  },
});
