/** Writes the OpenAPI document to lib/openapi/openapi.json, which the API serves and a test compares with the schemas. */
import { writeFileSync } from 'node:fs';
import { openApiDocument } from '../lib/openapi/openapi.ts';

const file = new URL('../lib/openapi/openapi.json', import.meta.url);
writeFileSync(file, `${JSON.stringify(openApiDocument(), undefined, 2)}\n`);
