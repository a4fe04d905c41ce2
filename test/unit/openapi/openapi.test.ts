/** The OpenAPI document is a valid 3.1 document in structure, and lists every field with its sentence. */
import { describe, expect, it } from 'vitest';
import { fieldNames, fields } from '../../../lib/events/fields/table.ts';
import { openApiDocument } from '../../../lib/openapi/openapi.ts';

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
  it('has what OpenAPI 3.1 asks of it', () => {
    expect(document.openapi).toMatch(/^3\.1\.\d$/);
    expect(document.info).toMatchObject({ title: expect.any(String), version: expect.any(String) });
    expect(Object.keys(document.paths)).toEqual(['/v1/events', '/v1/webhooks/{source}', '/v1/health']);
  });

  it('each operation has its own id and described responses', () => {
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
    for (const { responses } of operations) {
      expect(Object.keys(responses).length).toBeGreaterThan(0);
      for (const [status, response] of Object.entries(responses)) {
        expect(status).toMatch(/^[1-5]\d\d$/);
        expect(response).toMatchObject({ description: expect.any(String) });
      }
    }
  });

  it('each reference leads somewhere, and each security scheme exists', () => {
    for (const ref of all(document, '$ref')) {
      const [, name] = /^#\/components\/schemas\/(\w+)$/.exec(String(ref)) ?? [];
      expect(schemas).toHaveProperty(String(name));
    }
    for (const { security = [] } of operations)
      for (const name of security.flatMap(Object.keys)) expect(securitySchemes).toHaveProperty(name);
  });

  it('describes the answers of a post', () => {
    expect(Object.keys(document.paths['/v1/events'].post.responses)).toEqual(
      expect.arrayContaining(['202', '207', '400', '401', '403', '413', '415', '422', '503']),
    );
  });
});

describe('the schema of an event', () => {
  it('is that of the table of fields: every one, with its sentence, nothing else', () => {
    expect(Object.keys(schemas.Event.properties).toSorted()).toEqual([...fieldNames].toSorted());
    for (const name of fieldNames)
      expect(schemas.Event.properties[name].description).toBe(fields[name].expects);
    expect(schemas.Event.required).toEqual(['event_name']);
    expect(schemas.Event.additionalProperties).toBe(false);
    expect(schemas.Event).not.toHaveProperty('$schema');
  });

  it('says the limits', () => {
    expect(schemas.Event.properties.event_name.maxLength).toBe(100);
    expect(JSON.stringify(schemas.Event.properties.contents)).toContain('"maxItems":200');
    expect(all(schemas.Event, 'enum')).toEqual(expect.arrayContaining([['new', 'returning']]));
  });
});
