/** Every request gets one answer, one log line and its metrics; errors become problems that repeat nothing. */
import { describe, expect, it } from 'vitest';
import { createApiHandler, traceOf } from '../../../lib/http/api-handler.ts';
import { ProblemError } from '../../../lib/http/problem.ts';
import { httpEvent, lambdaContext } from '../../support/http-event.ts';
import { recordTelemetry } from '../../support/telemetry.ts';

const nosniff = { 'x-content-type-options': 'nosniff' };

async function run(handle: Parameters<typeof createApiHandler>[2]) {
  const telemetry = recordTelemetry();
  const response = await createApiHandler('events received', telemetry, handle)(httpEvent(), lambdaContext);
  return { response, line: telemetry.lines[0], telemetry };
}

describe('an answer', () => {
  it('is handed on, logged once with its duration, and the metrics are written', async () => {
    const { response, line, telemetry } = await run(async () => ({
      response: { statusCode: 202, body: '{}' },
      log: { accepted: 1 },
    }));
    expect(response).toEqual({ statusCode: 202, headers: nosniff, body: '{}' });
    expect(line).toEqual({
      level: 'info',
      message: 'events received',
      fields: {
        trace: 'request-1',
        status: 202,
        reason: undefined,
        duration_ms: expect.any(Number),
        accepted: 1,
      },
    });
    expect(telemetry.lines).toHaveLength(1);
    expect(telemetry.flushes()).toBe(1);
  });

  it.each([
    [503, 'error'],
    [422, 'info'],
  ] as const)('that is a problem of status %d is logged as %s with its code', async (status, level) => {
    const { response, line } = await run(async () => ({
      response: { status, code: 'some_code', detail: 'd' },
    }));
    expect(response).toMatchObject({ statusCode: status });
    expect(line).toMatchObject({ level, fields: { status, reason: 'some_code' } });
  });
});

describe('a thrown problem', () => {
  it('is answered as problem+json with the id of the request', async () => {
    const problem = {
      status: 401,
      code: 'unauthorized',
      detail: 'Send a key.',
      headers: { 'www-authenticate': 'Bearer' },
      members: { errors: [] },
    } as const;
    const { response, line } = await run(async () => {
      throw new ProblemError(problem);
    });
    expect(response).toEqual({
      statusCode: 401,
      headers: {
        'content-type': 'application/problem+json',
        'cache-control': 'no-store',
        ...nosniff,
        'www-authenticate': 'Bearer',
      },
      body: JSON.stringify({
        type: 'urn:tiktok-events:problem:unauthorized',
        title: 'Unauthorized',
        status: 401,
        detail: 'Send a key.',
        instance: 'request-1',
        errors: [],
      }),
    });
    expect(line).toMatchObject({ level: 'info', fields: { status: 401, reason: 'unauthorized' } });
  });

  it('has its detail as message, and its cause', () => {
    const error = new ProblemError({ status: 400, code: 'c', detail: 'd' }, { cause: 'why' });
    expect([error.name, error.message, error.cause]).toEqual(['ProblemError', 'd', 'why']);
  });
});

describe('a fault of ours', () => {
  it('is a 500 that tells type and place only', async () => {
    const { response, line } = await run(async () => {
      throw new TypeError('canary jane@example.com');
    });
    expect(response).toMatchObject({ statusCode: 500 });
    expect(JSON.parse(response.body ?? '')).toMatchObject({
      type: 'urn:tiktok-events:problem:internal_error',
      status: 500,
    });
    expect(line).toMatchObject({
      level: 'error',
      fields: { error: 'TypeError', reason: 'internal_error', status: 500 },
    });
    expect(String(line?.fields.stack)).toMatch(/^\s+at /);
    expect(JSON.stringify([response, line])).not.toContain('canary');
  });

  it('stays private when the message has several lines, and when it is no error at all', async () => {
    const { line } = await run(async () => {
      throw new Error('first\n    at canary\n    canary at home');
    });
    expect(JSON.stringify(line)).not.toContain('canary');
    const other = await run(async () => {
      throw 'canary';
    });
    expect(other.response.statusCode).toBe(500);
    expect(JSON.stringify(other)).not.toContain('canary');
  });
});

describe('the trace', () => {
  it("is the gateway's id of the request", () => {
    expect(traceOf(httpEvent())).toBe('request-1');
  });
});
