/** The answers of the API as components of the OpenAPI document, made from the schemas that also type them. */
import * as z from 'zod/mini';
import { acceptedSchema, issueSchema, postProblemSchema, receiptSchema } from '../ingest/answer-schemas.ts';

export interface JsonObject {
  [name: string]: unknown;
}

/** @returns the JSON schema of each component by its name; they refer to each other by `$ref` */
export function answerComponents(): Record<string, JsonObject> {
  const components = z.registry<{ id: string; description?: string }>();
  components.add(acceptedSchema, { id: 'Accepted' });
  components.add(receiptSchema, { id: 'Receipt' });
  components.add(issueSchema, { id: 'Issue' });
  components.add(postProblemSchema, {
    id: 'Problem',
    description: 'RFC 9457. `type` is a stable key for programs; `detail` is for people.',
  });
  const { schemas } = z.toJSONSchema(components, {
    uri: (id) => `#/components/schemas/${id}`,
    // Answers can get further members, so the document does not forbid them.
    io: 'input',
    override: ({ jsonSchema }) => removeNoise(jsonSchema),
  });
  return Object.fromEntries(
    Object.entries(schemas).map(([name, { $schema, $id, ...schema }]) => [name, schema]),
  );
}

/** Client generators assume that nobody may send a `readOnly` property, and need no limits of JavaScript's integers. */
function removeNoise(schema: z.core.JSONSchema.BaseSchema): void {
  delete schema.readOnly;
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum;
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum;
}
