/** The sandbox fails as it is told: each fault as its kind says, as often as asked, for the pixel that was named. */
import { describe, expect, test } from 'vitest';
import { body, control, event, start, track, trackPath } from './sandbox-support.ts';

async function startWith(...faults: object[]) {
  const sandbox = await start();
  expect(await control(sandbox, 'POST', 'faults', faults)).toMatchObject({ status: 200 });
  return sandbox;
}

const times = 1;

describe('a fault in place of the answer', () => {
  test.each<[object, object]>([
    [
      { kind: 'code', code: 40100 },
      { status: 200, code: 40100, message: expect.stringMatching(/Too many/) },
    ],
    [
      { kind: 'code', code: 0, message: 'hello' },
      { status: 200, code: 0, message: 'hello' },
    ],
    [
      { kind: 'status', status: 503 },
      { status: 503, text: 'HTTP 503' },
    ],
    [
      { kind: 'status', status: 500, body: '{"code":0}' },
      { status: 500, code: 0 },
    ],
    [{ kind: 'html' }, { status: 200, text: expect.stringMatching(/^<html>/) }],
    [{ kind: 'html', status: 502 }, { status: 502 }],
    [{ kind: 'redirect' }, { status: 308 }],
    [{ kind: 'redirect', status: 302, location: 'http://127.0.0.1:9/' }, { status: 302 }],
    [{ kind: 'revoke_token' }, { status: 200, code: 40105 }],
  ])('answers as the fault %j asks', async (fault, answer) => {
    const sandbox = await startWith({ ...fault, times });
    expect(await track(sandbox, body())).toMatchObject(answer);
    expect(await track(sandbox, body())).toMatchObject({ code: 0 });
    expect(sandbox.log.list().map(({ duplicates }) => duplicates)).toEqual([0, 0]);
  });

  test.each(['reset', 'stall'])('takes no event and sends no answer for the fault %s', async (kind) => {
    const sandbox = await startWith({ kind, times });
    const attempt = track(sandbox, body(), { signal: AbortSignal.timeout(300) });
    await expect(attempt).rejects.toThrow();
    expect(sandbox.log.list()).toMatchObject([{ status: null, code: null, fault: kind, duplicates: 0 }]);
    await track(sandbox, body());
    expect(sandbox.log.list().at(-1)).toMatchObject({ code: 0, duplicates: 0 });
  });
});

describe('a fault after TikTok took the events', () => {
  test('counts retried events as duplicates after reset_after', async () => {
    const sandbox = await startWith({ kind: 'reset_after', times });
    await expect(track(sandbox, body())).rejects.toThrow();
    await track(sandbox, body());
    expect(sandbox.log.list()).toMatchObject([
      { status: null, code: 0, duplicates: 0 },
      { code: 0, duplicates: 1 },
    ]);
  });

  test('answers 20001 for the fault partial', async () => {
    expect(await track(await startWith({ kind: 'partial' }), body())).toMatchObject({
      status: 200,
      code: 20001,
    });
  });

  test('sends as many bytes as the fault huge asks for', async () => {
    const answer = await track(await startWith({ kind: 'huge', bytes: 2_000_000 }), body());
    expect(answer.text.length).toBe(2_000_000);
    expect(JSON.parse(answer.text)).toMatchObject({ code: 0 });
  });

  test('sends one byte at a time for the fault trickle', async () => {
    const sandbox = await startWith({ kind: 'trickle', ms: 1 });
    const response = await fetch(sandbox.url + trackPath, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'access-token': 'valid-access-token' },
      body: JSON.stringify(body()),
    });
    let chunks = 0;
    for await (const _ of response.body ?? []) chunks += 1;
    expect(chunks).toBeGreaterThan(10);
  });

  test('waits for the fault slow and then applies other faults', async () => {
    const sandbox = await startWith({ kind: 'slow', ms: 60 }, { kind: 'code', code: 50000, times });
    const startedAt = performance.now();
    expect(await track(sandbox, body())).toMatchObject({ code: 50000 });
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(55);
    expect(await track(sandbox, body())).toMatchObject({ code: 0 });
  });
});

describe('poison', () => {
  const batch = body({ data: [event(), event({ event_id: 'bad-1' }), event({ event_id: 'x' })] });

  test.each([
    [true, 'Batch.1.event_id: Not a valid string'],
    [false, 'Invalid value for event_id: not a valid string.'],
  ])('refuses a batch with a poisoned event (index named: %s)', async (index, message) => {
    const sandbox = await startWith({ kind: 'poison', match: 'bad', index });
    expect(await track(sandbox, batch)).toMatchObject({ code: 40002, message });
    expect(await track(sandbox, body())).toMatchObject({ code: 0 });
  });
});
