import { expect, test } from 'vitest';
import {
  AppError,
  DependencyDown,
  Misconfigured,
  RejectedInput,
  Unauthenticated,
} from '../../../../lib/errors/app-error.ts';
import { problems } from '../../../../lib/http/middleware/problems.ts';
import { runChain } from '../../../support/http/http-chain.ts';

async function answerTo(error: unknown) {
  const { log, ...response } = await runChain([problems()], async () => {
    throw error;
  });
  return { response, log, body: JSON.parse(response.body ?? '') };
}

test('promise 9: answers RejectedInput as problem+json with its status, members and the id of the request', async () => {
  const error = new RejectedInput(422, 'invalid_events', 'Fix the fields.', { errors: [] });
  const { response, log } = await answerTo(error);
  expect(response).toEqual({
    statusCode: 422,
    headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store' },
    body: JSON.stringify({
      type: 'urn:tiktok-events:problem:invalid_events',
      title: 'Unprocessable Content',
      status: 422,
      detail: 'Fix the fields.',
      instance: 'request-1',
      errors: [],
    }),
  });
  expect(log).toEqual({ reason: 'invalid_events' });
});

test('asks for a bearer token when it answers Unauthenticated', async () => {
  const { response, body, log } = await answerTo(new Unauthenticated('unauthorized', 'Send a key.'));
  expect(response).toMatchObject({ statusCode: 401, headers: { 'www-authenticate': 'Bearer' } });
  expect(body).toMatchObject({ title: 'Unauthorized', detail: 'Send a key.' });
  expect(log).toEqual({ reason: 'unauthorized' });
});

test('names the pause when it answers DependencyDown', async () => {
  const error = new DependencyDown('keys_unavailable', 'Try again.', { retryAfterSeconds: 5 });
  const { response, log } = await answerTo(error);
  expect(response).toMatchObject({ statusCode: 503, headers: { 'retry-after': '5' } });
  expect(log).toEqual({ reason: 'keys_unavailable' });
});

test.each([
  [new TypeError('canary jane@example.com'), 'TypeError'],
  [new Error('first\n    at canary\n    canary at home'), 'Error'],
  [new Misconfigured('canary', 'is missing'), 'Misconfigured'],
  [new AppError('canary', 'canary'), 'AppError'],
])('answers any other error with 500 and logs its type and place only: %#', async (error, name) => {
  const { response, body, log } = await answerTo(error);
  expect(response.statusCode).toBe(500);
  expect(body).toMatchObject({ type: 'urn:tiktok-events:problem:internal_error', status: 500 });
  expect(log).toMatchObject({ reason: 'internal_error', error: name });
  expect(String(log?.stack)).toMatch(/^\s+at /);
  expect(String(log?.stack).split('\n').length).toBeLessThanOrEqual(8);
  expect(JSON.stringify([response, log])).not.toContain('canary');
});

test('promise 5: answers and logs no text of a thrown error', async () => {
  const { response, log } = await answerTo('canary');
  expect(response.statusCode).toBe(500);
  expect(log).toMatchObject({ error: 'unknown' });
  expect(JSON.stringify([response, log])).not.toContain('canary');
});
