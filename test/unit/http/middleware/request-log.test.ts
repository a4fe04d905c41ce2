import { expect, test } from 'vitest';
import type { ApiResponse } from '../../../../lib/http/api-answer.ts';
import { requestLog } from '../../../../lib/http/middleware/request-log.ts';
import { runChain } from '../../../support/http/http-chain.ts';
import { recordTelemetry } from '../../../support/telemetry.ts';

/** A request that takes 25 ms. */
async function run(answer: ApiResponse | Error) {
  const telemetry = recordTelemetry();
  let nowMs = 1_000;
  let receivedAtMs: number | undefined;
  const log = requestLog('events received', { clients: { telemetry }, now: () => nowMs });
  const response = await runChain([log], async (_event, context) => {
    receivedAtMs = context.receivedAtMs;
    nowMs += 25;
    if (answer instanceof Error) throw answer;
    return answer;
  }).catch((error: unknown) => error);
  return { response, receivedAtMs, line: telemetry.lines[0], telemetry };
}

test('writes one line with the duration and the metrics of a request', async () => {
  const { response, line, telemetry } = await run({ statusCode: 202, body: '{}', log: { accepted: 1 } });
  expect(line).toEqual({
    level: 'info',
    message: 'events received',
    fields: { trace: 'request-1', status: 202, duration_ms: 25, accepted: 1 },
  });
  expect(telemetry.lines).toHaveLength(1);
  expect(telemetry.flushes()).toBe(1);
  expect(response).toEqual({ statusCode: 202, body: '{}' });
});

test('gives the handler the time of the request', async () => {
  expect((await run({ statusCode: 200 })).receivedAtMs).toBe(1_000);
});

test.each([
  [503, 'error'],
  [500, 'error'],
  [499, 'info'],
  [422, 'info'],
])('logs the status %d with the level %s', async (statusCode, level) => {
  expect((await run({ statusCode })).line).toMatchObject({ level, fields: { status: statusCode } });
});

test.each([
  [401, [{ name: 'AuthFailures', value: 1 }]],
  [403, []],
])('counts AuthFailures for 401 only: %d', async (statusCode, counts) => {
  expect((await run({ statusCode })).telemetry.counts).toEqual(counts);
});

test('logs an error that no other middleware answers as a status of 500', async () => {
  const { line, telemetry } = await run(new Error('canary'));
  expect(line).toMatchObject({ level: 'error', fields: { status: 500 } });
  expect(telemetry.flushes()).toBe(1);
});
