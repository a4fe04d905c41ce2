import { expect, test } from 'vitest';
import { jsonBody } from '../../../../lib/http/middleware/json-body.ts';
import { runChain } from '../../../support/http/http-chain.ts';
import { httpEvent } from '../../../support/http/http-event.ts';

async function jsonOf(parts: Parameters<typeof httpEvent>[0]) {
  let json: unknown;
  const handle = async (_event: unknown, context: { json: unknown }) => {
    json = context.json;
    return { statusCode: 204 };
  };
  await runChain([jsonBody()], handle, { event: httpEvent(parts) });
  return json;
}

test('gives the handler the JSON of a text body', async () => {
  expect(await jsonOf({ body: '{"a":1}' })).toEqual({ a: 1 });
});

test('gives the handler the JSON of a base64 body', async () => {
  const body = Buffer.from('[1]').toString('base64');
  expect(await jsonOf({ body, isBase64Encoded: true })).toEqual([1]);
});

test('rejects another content type before it reads the body', async () => {
  const parts = { body: '{', headers: { 'content-type': 'text/plain' } };
  await expect(jsonOf(parts)).rejects.toMatchObject({ status: 415, code: 'unsupported_media_type' });
});

test('rejects a body that is not JSON with a problem', async () => {
  await expect(jsonOf({ body: '{' })).rejects.toMatchObject({ status: 400, code: 'invalid_json' });
});

test('rejects a JSON body of more than 1 MiB', async () => {
  const body = `"${'ü'.repeat(524_288)}"`;
  await expect(jsonOf({ body })).rejects.toMatchObject({ status: 413, code: 'body_too_large' });
});
