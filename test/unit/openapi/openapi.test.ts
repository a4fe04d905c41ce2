import { describe, expect, test } from 'vitest';
import { fieldNames, fields } from '../../../lib/events/fields/table.ts';
import committed from '../../../lib/openapi/openapi.json' with { type: 'json' };
import { openApiDocument } from '../../../lib/openapi/openapi.ts';
import { toAnswer } from '../../../lib/webhooks/report-webhook.ts';

// biome-ignore lint/suspicious/noExplicitAny: the document is checked as the free JSON that it is
const document = JSON.parse(JSON.stringify(openApiDocument())) as any;
const { schemas, securitySchemes } = document.components;
// biome-ignore lint/suspicious/noExplicitAny: as above
const operations = Object.values(document.paths).flatMap((path) => Object.values(path as object)) as any[];

/** Every value under a key, anywhere. */
function all(node: unknown, key: string): unknown[] {
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([name, value]) => [
    ...(name === key ? [value] : []),
    ...all(value, key),
  ]);
}

describe('the document', () => {
  test('writes an OpenAPI document with the members that version 3.1 requires', () => {
    expect(document.openapi).toMatch(/^3\.1\.\d$/);
    expect(document.info).toMatchObject({ title: expect.any(String), version: expect.any(String) });
    expect(Object.keys(document.paths)).toEqual([
      '/v1/events',
      '/v1/webhooks/{source}',
      '/v1/collect',
      '/v1/browser.js',
      '/v1/browser/{file}',
      '/v1/health',
    ]);
  });

  test('gives each operation of the OpenAPI document its own id and describes its responses', () => {
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
    for (const { responses } of operations) {
      expect(Object.keys(responses).length).toBeGreaterThan(0);
      for (const [status, response] of Object.entries(responses)) {
        expect(status).toMatch(/^[1-5]\d\d$/);
        expect(response).toMatchObject({ description: expect.any(String) });
      }
    }
  });

  test('defines each reference and security scheme that the OpenAPI document uses', () => {
    for (const ref of all(document, '$ref')) {
      const [, name] = /^#\/components\/schemas\/(\w+)$/.exec(String(ref)) ?? [];
      expect(schemas).toHaveProperty(String(name));
    }
    for (const { security = [] } of operations)
      for (const name of security.flatMap(Object.keys)) expect(securitySchemes).toHaveProperty(name);
  });

  test('describes the answers of POST /v1/events in the OpenAPI document', () => {
    expect(Object.keys(document.paths['/v1/events'].post.responses)).toEqual(
      expect.arrayContaining(['202', '207', '400', '401', '403', '413', '415', '422', '503']),
    );
  });
});

test('describes every header that POST /v1/events reads, and every member of the answer to a webhook', () => {
  const { parameters } = document.paths['/v1/events'].post;
  expect(parameters.map(({ name }: { name: string }) => name)).toEqual(['Idempotency-Key', 'Prefer']);
  const { body = '' } = toAnswer(
    [
      {
        message: '',
        event: '',
        orderId: undefined,
        destination: '',
        omitted: [{ field: 'email', code: 'invalid_email' }],
        name: 'Purchase',
        fields: [],
        hints: [],
      },
      { reason: 'channel_not_allowed', detail: 'sourceNames', channel: '12345' },
    ],
    true,
  );
  const { schema } = document.paths['/v1/webhooks/{source}'].post.responses[200].content['application/json'];
  expect(Object.keys(schema.properties).toSorted()).toEqual(Object.keys(JSON.parse(body)).toSorted());
});

test('keeps lib/openapi/openapi.json equal to the generated document (else: npm run openapi)', () => {
  expect(committed).toEqual(document);
});

describe('the schemas of the answers', () => {
  test('describes each kind of receipt with its members in the OpenAPI document', () => {
    const kinds = schemas.Receipt.oneOf.map(({ properties, required }: typeof schemas.Event) => [
      properties.status.const,
      required.toSorted(),
    ]);
    expect(kinds).toEqual([
      ['accepted', ['event_id', 'index', 'status', 'warnings']],
      ['retry', ['event_id', 'index', 'status', 'warnings']],
      ['rejected', ['errors', 'index', 'status']],
    ]);
  });

  test('allows further members of answers in the OpenAPI document, without limits that clients cannot use', () => {
    const { Event: _, ...answers } = schemas;
    expect(Object.keys(answers).toSorted()).toEqual(['Accepted', 'Issue', 'Problem', 'Receipt']);
    for (const name of ['additionalProperties', 'readOnly', '$schema', '$id', 'maximum'])
      expect(all(answers, name), name).toEqual([]);
  });
});

describe('the schema of an event', () => {
  test('describes exactly the fields of the table in the OpenAPI document', () => {
    expect(Object.keys(schemas.Event.properties).toSorted()).toEqual([...fieldNames].toSorted());
    for (const name of fieldNames)
      expect(schemas.Event.properties[name].description).toBe(fields[name].expects);
    expect(schemas.Event.required).toEqual(['event_name']);
    expect(schemas.Event.additionalProperties).toBe(false);
    expect(schemas.Event).not.toHaveProperty('$schema');
  });

  test('contains the limits of texts and lists in the OpenAPI document', () => {
    expect(schemas.Event.properties.event_name.maxLength).toBe(100);
    expect(JSON.stringify(schemas.Event.properties.contents)).toContain('"maxItems":200');
    expect(all(schemas.Event, 'enum')).toEqual(expect.arrayContaining([['new', 'returning']]));
  });
});
