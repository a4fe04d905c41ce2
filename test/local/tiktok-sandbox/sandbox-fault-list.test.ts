/** Faults are turned on by name, hit in order, and are refused when they are not understood. */
import { describe, expect, test } from 'vitest';
import { body, control, start, track } from './sandbox-support.ts';

async function startWith(...faults: object[]) {
  const sandbox = await start();
  expect(await control(sandbox, 'POST', 'faults', faults)).toMatchObject({ status: 200 });
  return sandbox;
}

const times = 1;

describe('faults', () => {
  test('applies faults in order, only to their pixel, and as often as they ask', async () => {
    const sandbox = await startWith(
      { kind: 'code', code: 40133, pixel: 'OTHER' },
      { kind: 'code', code: 40100, times: 2 },
      { kind: 'code', code: 50000, times },
    );
    for (let count = 0; count < 4; count += 1) await track(sandbox, body());
    await track(sandbox, body({ event_source_id: 'OTHER' }));
    expect(sandbox.log.list().map(({ code }) => code)).toEqual([40100, 40100, 50000, 0, 40133]);
    expect((await control(sandbox, 'GET', 'faults')).faults).toMatchObject([
      { kind: 'code', pixel: 'OTHER' },
    ]);
    expect((await control(sandbox, 'DELETE', 'faults')).faults).toEqual([]);
  });

  test('applies a fault only to requests with a certain event, or with more bytes', async () => {
    const sandbox = await startWith(
      { kind: 'html', status: 403, match: 'bad' },
      { kind: 'status', status: 413, largerThan: 2_000 },
    );
    const [event] = body().data;
    const withId = (event_id: string, more: object = {}) => body({ data: [{ ...event, event_id, ...more }] });
    const long = { properties: { description: 'x'.repeat(2_000) } };
    for (const sent of [withId('good'), withId('a bad one'), withId('good', long)])
      await track(sandbox, sent);
    expect(sandbox.log.list().map(({ status }) => status)).toEqual([200, 403, 413]);
  });

  test('accepts a revoked token again after restore_token', async () => {
    const sandbox = await startWith({ kind: 'revoke_token' });
    expect(await track(sandbox, body())).toMatchObject({ code: 40105 });
    await control(sandbox, 'POST', 'faults', { kind: 'restore_token' });
    expect(await track(sandbox, body())).toMatchObject({ code: 0 });
  });

  test.each<[unknown, string]>([
    [{ kind: 'earthquake' }, 'kind: must be a known kind of fault'],
    [{ kind: 'code' }, 'code: must be a whole number'],
    [{ kind: 'status', status: 99 }, 'status: must be 200 or more'],
    [{ kind: 'slow', ms: -1 }, 'ms: must be 0 or more'],
    [{ kind: 'reset', times: 0 }, 'times: must be 1 or more'],
    [{ kind: 'reset', time: 1 }, 'time: is not known'],
    [{ kind: 'reset', on: 'sqs' }, 'on: must be track, oauth or stats'],
    [{ kind: 'poison' }, 'match: must be text'],
    [{ kind: 'status', status: 413, largerThan: 0 }, 'largerThan: must be 1 or more'],
    [[{ kind: 'reset' }, { kind: 'slow' }], '[1].ms: must be a whole number'],
    ['reset', 'fault: must be an object'],
  ])('rejects %j by field and adds no fault', async (sent, error) => {
    const sandbox = await start();
    expect(await control(sandbox, 'POST', 'faults', sent)).toEqual({ status: 400, error });
    expect(sandbox.faults.list()).toEqual([]);
  });

  test('refuses a fault from a page of another site', async () => {
    const { url } = await start();
    const options = { method: 'POST', headers: { origin: 'https://evil.example' }, body: '{"kind":"stall"}' };
    expect((await fetch(`${url}/_sandbox/faults`, options)).status).toBe(403);
  });
});
