import { expect, test } from 'vitest';
import { parseJsonBody, readBytes, requireJson } from '../../../lib/http/request-body.ts';
import { httpEvent } from '../../support/http/http-event.ts';
import { problemOf } from '../../support/http/problems.ts';

const MiB = 1_048_576;
const base64 = (bytes: Buffer | string) =>
  httpEvent({ body: Buffer.from(bytes).toString('base64'), isBase64Encoded: true });

test('returns the bytes of a text or base64 body unchanged', () => {
  expect(readBytes(httpEvent({ body: 'ünï' }))).toEqual(Buffer.from('ünï'));
  expect(readBytes(base64(Buffer.from([0xff, 0x00, 0xfe])))).toEqual(Buffer.from([0xff, 0x00, 0xfe]));
  expect(readBytes(httpEvent())).toEqual(Buffer.alloc(0));
});

test.each([
  ['text of 1 MiB', httpEvent({ body: 'x'.repeat(MiB) }), true],
  ['text of a byte more', httpEvent({ body: 'x'.repeat(MiB + 1) }), false],
  ['text of fewer characters but more bytes', httpEvent({ body: 'ü'.repeat(MiB / 2 + 1) }), false],
  ['base64 of 1 MiB', base64(Buffer.alloc(MiB)), true],
  ['base64 of a byte more', base64(Buffer.alloc(MiB + 1)), false],
  ['base64 of 10 MB', base64(Buffer.alloc(10_000_000)), false],
  ['text of 10 MB', httpEvent({ body: 'x'.repeat(10_000_000) }), false],
])('accepts a body of at most 1 MiB: %s', (_, event, fits) => {
  if (fits) expect(readBytes(event)).toHaveLength(MiB);
  else expect(problemOf(() => readBytes(event))).toMatchObject({ status: 413, code: 'body_too_large' });
});

test.each([
  'application/json',
  'Application/JSON; charset=utf-8',
  ' application/json ;a=b',
  'application/cloudevents+json',
])('accepts the content type %s', (type) => {
  expect(() => requireJson(httpEvent({ headers: { 'content-type': type } }))).not.toThrow();
});

test.each([
  undefined,
  '',
  'text/plain',
  'application/x-www-form-urlencoded',
  'application/jsonp',
  'text/json',
  'application/x+jsonx',
  'x-application/a+json',
])('rejects the content type %s', (type) => {
  const headers = type === undefined ? {} : { 'content-type': type };
  expect(problemOf(() => requireJson(httpEvent({ headers })))).toMatchObject({
    status: 415,
    code: 'unsupported_media_type',
  });
});

test('rejects a compressed body, and accepts the encoding identity', () => {
  const headers = (encoding: string) => ({
    'content-type': 'application/json',
    'content-encoding': encoding,
  });
  expect(problemOf(() => requireJson(httpEvent({ headers: headers('gzip') })))).toMatchObject({
    status: 415,
    code: 'unsupported_encoding',
  });
  expect(() => requireJson(httpEvent({ headers: headers(' Identity ') }))).not.toThrow();
});

test('returns the JSON of a body unchanged', () => {
  expect(parseJsonBody(Buffer.from(' {"a":"\\uffff ü\uffff"} '))).toEqual({ a: '\uffff ü\uffff' });
});

test('takes the last value of a repeated name in JSON', () => {
  expect(parseJsonBody(Buffer.from('{"a":1,"a":2}'))).toEqual({ a: 2 });
});

test.each([
  ['nothing', Buffer.alloc(0), 'invalid_json'],
  ['half an object', Buffer.from('{"email":"canary@example.com"'), 'invalid_json'],
  ['a form', Buffer.from('email=canary%40example.com'), 'invalid_json'],
  ['NaN', Buffer.from('{"value":NaN}'), 'invalid_json'],
  ['a byte order mark', Buffer.from('\ufeff{}'), 'byte_order_mark'],
  ['UTF-16', Buffer.from('{}', 'utf16le').fill(0xff, 0, 1), 'invalid_utf8'],
  ['a broken sequence', Buffer.from([0x22, 0xc3, 0x28, 0x22]), 'invalid_utf8'],
  ['an encoded surrogate', Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22]), 'invalid_utf8'],
  ['an overlong slash', Buffer.from([0x22, 0xc0, 0xaf, 0x22]), 'invalid_utf8'],
  ['a cut character', Buffer.from([0x22, 0xf0, 0x9f]), 'invalid_utf8'],
])('rejects a body that is %s without repeating it', (_, bytes, code) => {
  const problem = problemOf(() => parseJsonBody(bytes));
  expect(problem).toMatchObject({ status: 400, code });
  expect(JSON.stringify(problem)).not.toContain('canary');
});

test('reads JSON that is nested 250,000 levels deep', () => {
  const depth = 250_000;
  expect(parseJsonBody(Buffer.from('['.repeat(depth) + ']'.repeat(depth)))).toHaveLength(1);
});
