/** The OpenAPI 3.1 document of the HTTP API, generated from the table of fields that also validates. */
import * as z from 'zod/mini';
import { eventSchema, fields } from '../events/fields/table.ts';
import { type JsonObject, postWebhook } from './openapi-webhook.ts';

const json = (schema: JsonObject) => ({ 'application/json': { schema } });
const problem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
});

const issue = {
  type: 'object',
  required: ['field', 'code', 'message'],
  properties: {
    index: { type: 'integer' },
    field: { type: 'string' },
    code: { type: 'string' },
    message: { type: 'string' },
  },
};

const receipt = {
  type: 'object',
  required: ['index', 'status'],
  properties: {
    index: { type: 'integer', description: 'Position in the post, from 0.' },
    event_id: {
      type: 'string',
      description: 'The id that TikTok deduplicates on: yours, or the derived one.',
    },
    status: { enum: ['accepted', 'rejected', 'retry'] },
    warnings: { type: 'array', items: { $ref: '#/components/schemas/Issue' } },
    errors: { type: 'array', items: { $ref: '#/components/schemas/Issue' } },
  },
};

const problemSchema = {
  type: 'object',
  description: 'RFC 9457. `type` is the stable key; `detail` is for people.',
  required: ['type', 'title', 'status', 'detail', 'instance'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    instance: { type: 'string' },
    errors: { type: 'array', maxItems: 20, items: { $ref: '#/components/schemas/Issue' } },
    events: { type: 'array', items: { $ref: '#/components/schemas/Receipt' } },
  },
};

const accepted = {
  type: 'object',
  required: ['accepted', 'rejected', 'events'],
  properties: {
    accepted: { type: 'integer' },
    rejected: { type: 'integer' },
    events: { type: 'array', items: { $ref: '#/components/schemas/Receipt' } },
  },
};

const event = { $ref: '#/components/schemas/Event' };
const eventList = { type: 'array', minItems: 1, maxItems: 500, items: event };

const postEvents = {
  operationId: 'postEvents',
  summary: 'Send conversions to TikTok: one event, a list, or {"events": […]}; 1 to 500, up to 1 MiB',
  security: [{ bearer: [] }, { apiKey: [] }],
  parameters: [
    {
      name: 'Idempotency-Key',
      in: 'header',
      required: false,
      description:
        'Makes sending the same post again safe for events that have neither event_id nor event_time.',
      schema: { type: 'string', pattern: '^[\\x21-\\x7e]{1,255}$' },
    },
  ],
  requestBody: {
    required: true,
    content: json({
      anyOf: [
        event,
        eventList,
        {
          type: 'object',
          required: ['events'],
          properties: { events: eventList },
          additionalProperties: false,
        },
      ],
    }),
  },
  responses: {
    202: { description: 'All events are queued.', content: json({ $ref: '#/components/schemas/Accepted' }) },
    207: { description: 'Some events are queued.', content: json({ $ref: '#/components/schemas/Accepted' }) },
    400: problem('The body is not JSON or not UTF-8.'),
    401: problem('No valid API key.'),
    403: problem('The key may not use the destination of these events.'),
    413: problem('The body is larger than 1 MiB.'),
    415: problem('The body is not application/json.'),
    422: problem('No event is right; `errors` names the fields.'),
    503: problem('No event could be queued; send again after `Retry-After`.'),
  },
};

const getHealth = {
  operationId: 'getHealth',
  summary: 'Says that the gateway answers; reads no secret and calls nobody',
  responses: {
    200: {
      description: 'It does.',
      content: json({ type: 'object', properties: { status: { const: 'ok' } } }),
    },
  },
};

/** @returns the document as an object ready for JSON */
export function openApiDocument(): JsonObject {
  return {
    openapi: '3.1.0',
    info: {
      title: 'TikTok Events Gateway',
      version: '1',
      description: 'Conversions in, TikTok Events API out.',
    },
    paths: {
      '/v1/events': { post: postEvents },
      '/v1/webhooks/{source}': { post: postWebhook(problem) },
      '/v1/health': { get: getHealth },
    },
    components: {
      schemas: {
        Event: eventJsonSchema(),
        Accepted: accepted,
        Receipt: receipt,
        Issue: issue,
        Problem: problemSchema,
      },
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer' },
        apiKey: { type: 'apiKey', in: 'header', name: 'x-api-key' },
      },
    },
  };
}

/** The event's own schema with the sentence on each field that error messages use as well. */
function eventJsonSchema(): JsonObject {
  const { $schema, ...schema } = z.toJSONSchema(eventSchema()) as {
    $schema?: string;
    properties: JsonObject;
  };
  const described = Object.entries(fields).map(([name, { expects }]) => [
    name,
    { ...(schema.properties[name] as JsonObject), description: expects },
  ]);
  return { ...schema, properties: Object.fromEntries(described) };
}
