import { parse as parseLossless } from 'lossless-json';
import { describe, expect, it } from 'vitest';
import { readPayload } from '../../../lib/payload/read-payload.ts';

const read = (text: string) => readPayload(Buffer.from(text));

describe('a body is read as JSON', () => {
  it.each<[string, unknown]>([
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
  ])('%s', (text, payload) => {
    expect(read(text)).toEqual({ ok: true, payload });
  });

  it('with every digit that a lossless reader finds', () => {
    const text = '{"a":{"id":820982911946154508},"b":[866550311766439020,123]}';
    const lossless = JSON.stringify(parseLossless(text, undefined, String));
    const ours = read(text);
    expect(JSON.stringify(ours.ok && ours.payload).replace('123]', '"123"]')).toBe(lossless);
  });

  it.each<[string, Buffer]>([
    ['empty_body', Buffer.alloc(0)],
    ['empty_body', Buffer.from(' \n')],
    ['not_json', Buffer.from('<order/>')],
    ['not_json', Buffer.from('{"id":')],
    ['not_json', Buffer.from([0x22, 0xff, 0x22])],
    ['not_json', Buffer.from(`${'['.repeat(1_000_000)}1234567890123456789${']'.repeat(1_000_000)}`)],
  ])('or told: %s', (reason, body) => {
    expect(readPayload(body)).toEqual({ ok: false, reason });
  });
});
