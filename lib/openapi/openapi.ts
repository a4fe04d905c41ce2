/** The OpenAPI 3.1 document of the HTTP API, generated from the schemas that validate events and type answers. */
import * as z from 'zod/mini';
import { createEventSchema } from '../events/decode/event-schema.ts';
import { type EventFields, fields } from '../events/fields/table.ts';
import { answerComponents, type JsonObject } from './answer-components.ts';
import { getBrowserScript, getHashedScript, postCollect } from './openapi-collect.ts';
import { postWebhook } from './openapi-webhook.ts';

const json = (schema: JsonObject) => ({ 'application/json': { schema } });
const problem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
});

const event = { $ref: '#/components/schemas/Event' };
const eventList = { type: 'array', minItems: 1, maxItems: 500, items: event };

const postEvents = {
  operationId: 'postEvents',
  summary: 'Send 1 to 500 conversions to TikTok, up to 1 MiB: one event, a list, or {"events": […]}',
  security: [{ bearer: [] }, { apiKey: [] }],
  parameters: [
    {
      name: 'Idempotency-Key',
      in: 'header',
      required: false,
      description:
        'Makes it safe to resend the same request when events have neither event_id nor event_time.',
      schema: { type: 'string', pattern: '^[\\x21-\\x7e]{1,255}$' },
    },
    {
      name: 'Prefer',
      in: 'header',
      required: false,
      description:
        '`handling=strict` (RFC 7240) rejects an event in place of omitting a value that cannot be used. The answer then has `Preference-Applied`.',
      schema: { type: 'string', examples: ['handling=strict'] },
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
    403: problem('The API key may not use the destination of these events.'),
    413: problem('The body is larger than 1 MiB.'),
    415: problem('The body is not application/json.'),
    422: problem('Every event was rejected; see `errors`.'),
    503: problem('No event was queued. Resend after `Retry-After`.'),
  },
};

const getHealth = {
  operationId: 'getHealth',
  summary: 'Liveness check; touches no dependency',
  responses: {
    200: {
      description: 'The gateway is up.',
      content: json({ type: 'object', properties: { status: { const: 'ok' } } }),
    },
  },
};

/** @returns the document, ready for JSON; `npm run openapi` writes it to lib/openapi/openapi.json */
export function openApiDocument(table: EventFields = fields): JsonObject {
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
      '/v1/collect': { post: postCollect(problem) },
      '/v1/browser.js': { get: getBrowserScript },
      '/v1/browser/{file}': { get: getHashedScript },
      '/v1/health': { get: getHealth },
    },
    components: {
      schemas: {
        Event: eventJsonSchema(table),
        ...answerComponents(),
      },
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer' },
        apiKey: { type: 'apiKey', in: 'header', name: 'x-api-key' },
      },
    },
  };
}

/** @returns the schema of an event, with the description of each field that error messages also contain */
function eventJsonSchema(table: EventFields): JsonObject {
  const { $schema, ...schema } = z.toJSONSchema(createEventSchema(table)()) as {
    $schema?: string;
    properties: JsonObject;
  };
  const described = Object.entries(table).map(([name, { expects }]) => [
    name,
    { ...(schema.properties[name] as JsonObject), description: expects },
  ]);
  return { ...schema, properties: Object.fromEntries(described) };
}
