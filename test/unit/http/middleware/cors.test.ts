/** A page can read every answer that is for it, errors included, and no answer that is for another. */
import { expect, test } from 'vitest';
import { cors } from '../../../../lib/http/middleware/cors.ts';
import { problems } from '../../../../lib/http/middleware/problems.ts';
import { runChain } from '../../../support/http/http-chain.ts';
import { httpEvent } from '../../../support/http/http-event.ts';

const page = 'https://shop.example';
const rules = { isAllowed: (origin?: string) => origin === page, headers: ['Content-Type', 'X-Api-Key'] };

const chain = (method: string, origin: string | undefined, handle = async () => ({ statusCode: 202 })) =>
  runChain([cors(rules), problems()], handle, {
    event: httpEvent({ method, headers: origin === undefined ? {} : { origin } }),
  });

test('lets an allowed page read the answer, without its cookies', async () => {
  expect(await chain('POST', page)).toEqual({
    statusCode: 202,
    headers: { vary: 'origin', 'access-control-allow-origin': page },
  });
});

test('lets an allowed page read an error', async () => {
  const answer = await chain('POST', page, () => Promise.reject(new Error('x')));
  expect(answer).toMatchObject({ statusCode: 500, headers: { 'access-control-allow-origin': page } });
});

test.each([undefined, 'null', 'https://evil.example', `${page}.evil.example`])(
  'gives the origin %s no permission, and tells caches that others may have one',
  async (origin) => {
    for (const method of ['POST', 'OPTIONS']) {
      const { headers = {} } = await chain(method, origin);
      expect(headers.vary).toBe('origin');
      expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    }
  },
);

test('answers a preflight itself, so that it needs no key', async () => {
  const answer = await chain('OPTIONS', page, () => Promise.reject(new Error('never called')));
  expect(answer).toEqual({
    statusCode: 204,
    headers: {
      vary: 'origin',
      'access-control-allow-origin': page,
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers': 'Content-Type, X-Api-Key',
      'access-control-max-age': '3600',
      'x-content-type-options': 'nosniff',
    },
  });
});
