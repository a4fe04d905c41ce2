/** An error of AWS is never silent: one log line names it, one metric counts it, and nothing of its message is repeated. */
import type { ServerResponse } from 'node:http';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { deliverBatch } from '../../lib/delivery/deliver-batch.ts';
import { acceptEvents } from '../../lib/ingest/accept-events.ts';
import { createQueueClient } from '../../lib/queue/queue-client.ts';
import { createIngestSecret } from '../../lib/secrets/ingest-secret.ts';
import { createSecretsClient } from '../../lib/secrets/secrets-manager.ts';
import { createTokenReader } from '../../lib/secrets/token-secrets.ts';
import { reportSecretFailures } from '../../lib/telemetry/aws-errors.ts';
import { answer as tiktokAnswer } from '../support/delivery/delivery.ts';
import { eventRecords, messageBody, sqsRecord } from '../support/delivery/records.ts';
import { destinations } from '../support/events/events.ts';
import { startHttpServer } from '../support/http/http-server.ts';
import { type RecordedTelemetry, recordTelemetry } from '../support/telemetry.ts';

interface Call {
  readonly operation: string;
  readonly ids: readonly string[];
}

let answer: (response: ServerResponse, call: Call) => void;

let server: Awaited<ReturnType<typeof startHttpServer>>;
let url: string;

const json = (response: ServerResponse, status: number, body: object, headers: object = {}) =>
  response
    .writeHead(status, { 'content-type': 'application/x-amz-json-1.0', ...headers })
    .end(JSON.stringify(body));
const canary = 'not allowed on jane@canary.example';
const refusing =
  (status: number, type: string, queryError?: string): typeof answer =>
  (response) =>
    json(
      response,
      status,
      { __type: type, message: canary },
      queryError === undefined ? {} : { 'x-amzn-query-error': queryError },
    );
const doing: typeof answer = (response, { ids }) =>
  json(response, 200, {
    Successful: ids.map((Id) => ({ Id })),
    Failed: [],
  });

let telemetry: RecordedTelemetry;

beforeAll(async () => {
  // SQS and Secrets Manager both speak AWS JSON, so one server plays both.
  server = await startHttpServer((request, response, body) => {
    const { Entries = [] }: { Entries?: { Id: string }[] } = JSON.parse(body);
    answer(response, {
      operation: String(request.headers['x-amz-target']).split('.')[1] ?? '',
      ids: Entries.map(({ Id }) => Id),
    });
  });
  url = server.url;
  vi.stubEnv('AWS_ENDPOINT_URL_SECRETS_MANAGER', url);
  vi.stubEnv('AWS_REGION', 'us-east-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await server.stop();
});
beforeEach(() => {
  telemetry = recordTelemetry();
});

/** The lines about AWS, and the values of the metric. */
const seen = () => {
  expect(JSON.stringify(telemetry.lines)).not.toContain('canary');
  return {
    lines: telemetry.lines
      .filter(({ message }) => message === 'aws call failed')
      .map(({ level, fields }) => ({ level, ...fields })),
    counted: telemetry.counts.filter(({ name }) => name === 'AwsErrors').map(({ value }) => value),
  };
};

function post(count: number, queueUrl = `${url}/000000000000/events`) {
  const one = {
    event_name: 'Lead',
    event_id: 'order-1',
    ttclid: 'E.C.P',
    event_time: '2026-06-01T11:00:00Z',
  };
  return acceptEvents(
    {
      body: Array.from({ length: count }, () => one),
      apiKey: { id: 'a', destinations: ['*'] },
      idempotencyKey: undefined,
      receivedAtMs: Date.parse('2026-06-01T12:00:00Z'),
      trace: 'trace-1',
    },
    {
      settings: { destinations, queueUrl },
      clients: { queue: createQueueClient(), telemetry },
      random: () => 'id',
    },
  );
}

test.each([
  ['AccessDenied', refusing(403, 'com.amazon.coral.service#AccessDeniedException', 'AccessDenied;Sender')],
  ['AccessDeniedException', refusing(403, 'com.amazon.coral.service#AccessDeniedException')],
  [
    'QueueDoesNotExist',
    refusing(400, 'com.amazonaws.sqs#QueueDoesNotExist', 'AWS.SimpleQueueService.NonExistentQueue;Sender'),
  ],
  ['KmsDisabled', refusing(400, 'com.amazonaws.sqs#KmsDisabled', 'KMS.DisabledException;Sender')],
  ['RequestThrottled', refusing(400, 'com.amazonaws.sqs#RequestThrottled', 'RequestThrottled;Sender')],
  ['ServiceUnavailable', refusing(503, 'com.amazonaws.sqs#ServiceUnavailable')],
  ['TimeoutError', () => {}],
  [
    'InternalError',
    (response, { ids }) =>
      json(response, 200, {
        Successful: [],
        Failed: ids.map((Id) => ({ Id, Code: 'InternalError', Message: canary, SenderFault: false })),
      }),
  ],
  [
    'unknown',
    (response, { ids }) =>
      json(response, 200, { Failed: ids.map((Id) => ({ Id, Code: canary, SenderFault: true })) }),
  ],
] satisfies [string, typeof answer][])(
  '%s: one line names it for 12 events, and they are counted',
  async (name, trouble) => {
    answer = trouble;
    expect((await post(12)).response).toMatchObject({ status: 503, code: 'queue_unavailable' });
    expect(seen()).toEqual({
      lines: [{ level: 'warn', operation: 'send', aws_error: name, count: 12, trace: 'trace-1' }],
      counted: [12],
    });
  },
);

test("logs the network's code when the queue cannot be reached", async () => {
  await post(1, 'http://127.0.0.1:1/000000000000/events');
  expect(seen().lines).toMatchObject([{ aws_error: 'ECONNREFUSED', count: 1 }]);
});

test('logs two lines for two kinds of SQS errors at once', async () => {
  answer = (response, { ids }) =>
    json(response, 200, {
      Failed: ids.map((Id) => ({ Id, Code: Id === '0' ? 'InternalError' : 'RequestThrottled' })),
    });
  await post(3);
  expect(seen().lines).toMatchObject([
    { aws_error: 'InternalError', count: 1 },
    { aws_error: 'RequestThrottled', count: 2 },
  ]);
  expect(seen().counted).toEqual([3]);
});

test('logs no error about messages that a further round stores', async () => {
  let requests = 0;
  answer = (response, call) => {
    requests += 1;
    if (requests > 1) return doing(response, call);
    return json(response, 200, { Failed: call.ids.map((Id) => ({ Id, Code: 'InternalError' })) });
  };
  await post(3);
  expect(requests).toBe(2);
  expect(seen()).toEqual({ lines: [], counted: [] });
});

async function deliver(records = eventRecords(50), code = 50000) {
  const { batchItemFailures } = await deliverBatch(records, 60_000, {
    settings: {
      destinations,
      queueUrl: `${url}/000000000000/events`,
      deadLetterQueueUrl: `${url}/000000000000/events-dlq`,
      delivery: { retryStepsSeconds: [60], holdStepsSeconds: [600], maxReceiveCount: 113 },
    },
    clients: {
      queue: createQueueClient(),
      tiktok: async () => tiktokAnswer(code),
      readToken: createTokenReader('p', secretReading()),
      telemetry,
    },
    now: () => Date.parse('2026-06-01T12:00:01Z'),
    random: () => 0,
  });
  return batchItemFailures.length;
}

function secretReading() {
  return { client: createSecretsClient(), report: reportSecretFailures(telemetry), now: Date.now };
}

const withToken =
  (trouble: typeof answer): typeof answer =>
  (response, call) =>
    call.operation === 'GetSecretValue'
      ? json(response, 200, { SecretString: '{"access_token":"t"}' })
      : trouble(response, call);

test('logs the error of 50 receipt handles in one line and keeps the messages', async () => {
  answer = withToken((response, { operation, ids }) => {
    expect(operation).toBe('ChangeMessageVisibilityBatch');
    json(response, 200, {
      Failed: ids.map((Id) => ({ Id, Code: 'ReceiptHandleIsInvalid', SenderFault: true })),
    });
  });
  expect(await deliver()).toBe(50);
  expect(seen()).toEqual({
    lines: [{ level: 'warn', operation: 'delay', aws_error: 'ReceiptHandleIsInvalid', count: 50 }],
    counted: [50],
  });
});

test('logs why a dead letter is not stored and keeps its message', async () => {
  answer = withToken((response, call) =>
    call.operation === 'SendMessageBatch'
      ? refusing(400, 'com.amazonaws.sqs#KmsAccessDenied', 'KMS.AccessDeniedException;Sender')(response, call)
      : doing(response, call),
  );
  expect(await deliver([sqsRecord({ body: 'no event' })])).toBe(1);
  expect(seen()).toEqual({
    lines: [{ level: 'warn', operation: 'park', aws_error: 'KmsAccessDenied', count: 1 }],
    counted: [1],
  });
});

test('logs why the token of a secret cannot be read and holds the events', async () => {
  answer = (response, call) =>
    call.operation === 'GetSecretValue'
      ? refusing(400, 'AccessDeniedException')(response, call)
      : doing(response, call);
  expect(await deliver([sqsRecord({ body: messageBody('e1') })])).toBe(1);
  expect(seen().lines).toContainEqual({
    level: 'warn',
    operation: 'read_secret',
    aws_error: 'AccessDeniedException',
    detail: 'secret p/destinations/default',
    stale: false,
    count: 1,
  });
  expect(telemetry.lines.map(({ fields }) => fields.reason)).toContain('token_unavailable');
});

test('logs no AWS error when every call succeeds', async () => {
  answer = withToken(doing);
  expect(await deliver(eventRecords(2), 0)).toBe(0);
  expect(seen()).toEqual({ lines: [], counted: [] });
});

test('uses the known API keys while reads fail, with a log line for each', async () => {
  const { get, refresh } = createIngestSecret('p', secretReading());
  answer = (response) => json(response, 200, { SecretString: '{"keys":[]}' });
  await get();
  answer = refusing(400, 'DecryptionFailure');
  expect(await refresh()).toEqual({ keys: [], webhooks: {} });
  expect(seen()).toEqual({
    lines: [
      {
        level: 'warn',
        operation: 'read_secret',
        aws_error: 'DecryptionFailure',
        detail: 'secret p/ingest',
        stale: true,
        count: 1,
      },
    ],
    counted: [1],
  });
});

test('logs the field of a malformed secret of API keys, never its value', async () => {
  answer = (response) =>
    json(response, 200, { SecretString: '{"keys":[{"id":"a","key":["jane@canary.example"]}]}' });
  const { get } = createIngestSecret('p', secretReading());
  await expect(get()).rejects.toThrow();
  expect(seen().lines).toMatchObject([
    {
      aws_error: 'MalformedSecretError',
      detail: 'secret p/ingest: keys.0.key is missing or not of the expected form',
    },
  ]);
});
