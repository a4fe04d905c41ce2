/** GET /v1/browser.js on this machine: small, cached, readable by every page, and the same for everybody. */
import { createHash } from 'node:crypto';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CollectStage, startCollectStage } from './collect-stage.ts';

let stage: CollectStage;
beforeAll(async () => {
  stage = await startCollectStage();
});
afterAll(() => stage.stop());

const get = (headers: Readonly<Record<string, string>> = {}, path = '/v1/browser.js') =>
  stage.send({ method: 'GET', path, headers });

const hashOf = (script: Buffer) => createHash('sha256').update(script).digest('hex').slice(0, 16);

describe('the script', () => {
  test.each([
    ['gzip, deflate, br, zstd', 'br', brotliDecompressSync],
    ['gzip, deflate', 'gzip', gunzipSync],
    ['br;q=0, gzip;q=0.5', 'gzip', gunzipSync],
    ['*', 'br', brotliDecompressSync],
    ['identity, br; q=0', undefined, (bytes: Buffer) => bytes],
    ['', undefined, (bytes: Buffer) => bytes],
  ])('for Accept-Encoding %j is sent as %s', async (accepted, encoding, decompress) => {
    const plain = await get();
    const answer = await get({ 'accept-encoding': accepted });
    expect(answer.status).toBe(200);
    expect(answer.headers['content-encoding']).toBe(encoding);
    expect(decompress(answer.body).equals(plain.body)).toBe(true);
  });

  test('takes at most 2.5 kB on the wire, in each compression', async () => {
    for (const encoding of ['br', 'gzip'])
      expect((await get({ 'accept-encoding': encoding })).body.length).toBeLessThanOrEqual(2_500);
  });

  test('may be read by every page, is kept for an hour, and has no cookie', async () => {
    const answer = await get({ origin: 'https://shop.example', cookie: '_ttp=a' });
    expect(answer.headers).toMatchObject({
      'access-control-allow-origin': '*',
      'cache-control': 'public, max-age=3600, stale-while-revalidate=604800',
      'content-type': 'text/javascript; charset=utf-8',
      vary: 'accept-encoding',
      'x-content-type-options': 'nosniff',
    });
    expect(answer.cookies).toEqual([]);
  });

  test('is not sent again to who has it, whatever the compression was', async () => {
    const { headers } = await get({ 'accept-encoding': 'br' });
    const etag = String(headers.etag);
    for (const known of [etag, `"other", ${etag}`, etag.replace('W/', ''), '*', ' * ']) {
      const answer = await get({ 'if-none-match': known });
      expect([answer.status, answer.body.length, answer.headers.etag]).toEqual([304, 0, etag]);
      expect(answer.headers['access-control-allow-origin']).toBe('*');
    }
    expect((await get({ 'if-none-match': '"other"' })).status).toBe(200);
  });

  test('has an immutable twin under its hash, and none under another', async () => {
    const { body } = await get();
    const twin = await get({}, `/v1/browser/${hashOf(body)}.js`);
    expect(twin.body.equals(body)).toBe(true);
    expect(twin.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    const other = await get({}, '/v1/browser/0123456789abcdef.js');
    expect([other.status, other.headers['access-control-allow-origin']]).toEqual([404, '*']);
  });

  test('knows the purchases that it leaves to the server', async () => {
    expect(String((await get()).body)).toContain('"CompletePayment,PlaceAnOrder,Purchase"');
  });

  test('is loaded by pages of other sites, and writes no line into the journal', async () => {
    const answer = await get({ 'sec-fetch-site': 'cross-site', origin: 'https://shop.example' });
    expect(answer.status).toBe(200);
    expect(stage.collected()).toEqual([]);
  });
});
