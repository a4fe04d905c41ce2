/** The stand-in speaks Lambda's Invoke protocol: AWS's own client cannot tell the difference. */
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { Context } from 'aws-lambda';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type InvokeServer, startInvokeServer } from '../../../local/lambda/invoke-server.ts';

let server: InvokeServer;
let client: LambdaClient;
let seen: [event: unknown, context: Context][];
let failures: number;
const errors: unknown[] = [];

const invoke = async (event: unknown, context: Context) => {
  seen.push([event, context]);
  if (failures > 0) {
    failures -= 1;
    throw new TypeError('broken');
  }
  return { status: 'succeeded' };
};

beforeEach(async () => {
  seen = [];
  failures = 0;
  errors.length = 0;
  server = await startInvokeServer({
    functions: { 'tiktok-events-local-sync': { invoke, timeoutMs: 900_000 } },
    onError: (error) => errors.push(error),
    retryDelaysMs: [0, 0],
  });
  const credentials = { accessKeyId: 'x', secretAccessKey: 'x' };
  client = new LambdaClient({ region: 'us-east-1', endpoint: server.url, credentials, maxAttempts: 1 });
});
afterEach(async () => {
  client.destroy();
  await server.stop();
});

const send = (input: object, FunctionName = 'tiktok-events-local-sync') =>
  client.send(new InvokeCommand({ FunctionName, Payload: JSON.stringify({ sync: 'orders' }), ...input }));

test('answers with what the function returns, and gives it the time that is left', async () => {
  const { StatusCode, Payload, FunctionError } = await send({});
  expect([StatusCode, FunctionError]).toEqual([200, undefined]);
  expect(JSON.parse(Payload?.transformToString() ?? '')).toEqual({ status: 'succeeded' });
  const [[event, context] = []] = seen;
  expect(event).toEqual({ sync: 'orders' });
  expect(context?.functionName).toBe('tiktok-events-local-sync');
  expect(context?.getRemainingTimeInMillis()).toBeGreaterThan(800_000);
});

test('tells that a function failed', async () => {
  failures = 1;
  const { StatusCode, Payload, FunctionError } = await send({});
  expect([StatusCode, FunctionError]).toEqual([200, 'Unhandled']);
  expect(JSON.parse(Payload?.transformToString() ?? '')).toMatchObject({ errorType: 'TypeError' });
});

test('runs an event later, and twice more when it fails', async () => {
  failures = 3;
  const { StatusCode } = await send({ InvocationType: 'Event' });
  await server.idle();
  expect([StatusCode, seen.length, errors.length]).toEqual([202, 3, 1]);
  await send({ InvocationType: 'Event' });
  await server.idle();
  expect([seen.length, errors.length]).toEqual([4, 1]);
});

test('refuses an unknown function, a payload that is no JSON, and what a test wants', async () => {
  await expect(send({}, 'other')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  await expect(send({ Payload: '{' })).rejects.toMatchObject({ name: 'InvalidRequestContentException' });
  server.fail({ error: 'TooManyRequestsException', times: 1 });
  await expect(send({})).rejects.toMatchObject({ name: 'TooManyRequestsException' });
  const arn = 'arn:aws:lambda:us-east-1:000000000000:function:tiktok-events-local-sync';
  expect((await send({}, arn)).StatusCode).toBe(200);
});
