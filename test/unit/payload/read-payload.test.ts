import { parse as parseLossless } from 'lossless-json';
import { expect, test } from 'vitest';
import { readPayload } from '../../../lib/payload/read-payload.ts';

const read = (text: string) => readPayload(Buffer.from(text));

test.each<[string, unknown]>([
  ['{"id":1}', { id: 1 }],
  ['\uFEFF{"id":1}', { id: 1 }],
  ['{"id":820982911946154508}', { id: '820982911946154508' }],
  ['[-9007199254740993]', ['-9007199254740993']],
  ['{"id":9007199254740991}', { id: 9007199254740991 }],
  ['{"id":"820982911946154508"}', { id: '820982911946154508' }],
  ['{"price":1234567890123456.5}', { price: 1234567890123456.5 }],
  ['{"lat":0.1234567890123456}', { lat: 0.1234567890123456 }],
  ['{"big":1e300,"id":820982911946154508}', { big: 1e300, id: '820982911946154508' }],
  ['null', null],
])('reads the body %s as JSON', (text, payload) => {
  expect(read(text)).toEqual({ ok: true, payload });
});

test('keeps every digit of an integer, as a lossless reader does', () => {
  const text = '{"a":{"id":820982911946154508},"b":[866550311766439020,123]}';
  const lossless = JSON.stringify(parseLossless(text, undefined, String));
  const ours = read(text);
  expect(JSON.stringify(ours.ok && ours.payload).replace('123]', '"123"]')).toBe(lossless);
});

test.each<[string, Buffer]>([
  ['empty_body', Buffer.alloc(0)],
  ['empty_body', Buffer.from(' \n')],
  ['not_json', Buffer.from('<order/>')],
  ['not_json', Buffer.from('{"id":')],
  ['not_json', Buffer.from([0x22, 0xff, 0x22])],
  ['not_json', Buffer.from(`${'['.repeat(100_000)}1234567890123456789${']'.repeat(100_000)}`)],
])('rejects a body that is not readable with the reason %s: %#', (reason, body) => {
  expect(readPayload(body)).toEqual({ ok: false, reason });
});
