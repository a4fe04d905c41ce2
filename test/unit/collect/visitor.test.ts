/** The address of a visitor: that of the connection, or the one that the stage's own proxy names. */
import { expect, test } from 'vitest';
import { visitorOf } from '../../../lib/collect/post/visitor.ts';
import { httpEvent } from '../../support/http/http-event.ts';

const ipOf = (headers: Record<string, string>, isBehindProxy: boolean) =>
  visitorOf(httpEvent({ headers }), isBehindProxy).ip;

test.each([
  ['198.51.100.9:46532', '198.51.100.9'],
  ['2001:db8:0:1:2:3:4:5:443', '2001:db8:0:1:2:3:4:5'],
  ['2001:db8::7:443', '2001:db8::7'],
])('reads %s of CloudFront as %s behind a proxy with its secret', (header, ip) => {
  expect(ipOf({ 'cloudfront-viewer-address': header }, true)).toBe(ip);
});

test('does not believe the header of CloudFront, which a client can send, without a secret', () => {
  expect(ipOf({ 'cloudfront-viewer-address': '198.51.100.9:1' }, false)).toBe('203.0.113.7');
});

test('never reads X-Forwarded-For', () => {
  for (const isBehindProxy of [true, false])
    expect(ipOf({ 'x-forwarded-for': '198.51.100.9' }, isBehindProxy)).toBe('203.0.113.7');
});
