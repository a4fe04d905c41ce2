/** POST /v1/webhooks/{source} in the OpenAPI document: the platform defines the body, the gateway its answers. */
import type { JsonObject } from './answer-components.ts';

const answer = {
  type: 'object',
  required: ['accepted', 'skipped'],
  properties: {
    accepted: { type: 'integer', description: 'Number of queued events.' },
    skipped: {
      type: 'array',
      maxItems: 20,
      items: { type: 'string' },
      description: 'Why the other events were skipped: codes of docs/webhooks.md.',
    },
    channel: {
      type: 'string',
      description:
        'The channel of an order that was skipped because of it: a setting of the source can allow it.',
    },
    omitted: {
      type: 'array',
      maxItems: 20,
      items: {
        type: 'object',
        required: ['field', 'code'],
        properties: { field: { type: 'string' }, code: { type: 'string' } },
      },
      description: 'What was left out of the queued events, and why: codes of docs/errors.md.',
    },
    dry_run: { type: 'boolean' },
  },
};

/** @param problem makes an answer of `application/problem+json` */
export const postWebhook = (problem: (description: string) => JsonObject): JsonObject => ({
  operationId: 'postWebhook',
  summary: 'Receive a signed webhook of a configured source, with the body of its platform',
  parameters: [{ name: 'source', in: 'path', required: true, schema: { type: 'string' } }],
  requestBody: { required: true, content: { 'application/json': { schema: {} } } },
  responses: {
    200: {
      description: 'Received; possibly without an event to send.',
      content: { 'application/json': { schema: answer } },
    },
    401: problem('The signature does not match the body.'),
    404: problem('No source has this name. API Gateway answers this itself, without a problem.'),
    413: problem('The body is larger than 1 MiB.'),
    503: problem('The events could not be queued. The platform retries the same delivery.'),
  },
});
