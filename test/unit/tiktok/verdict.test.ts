/** What every answer of TikTok means for the events of the call. */
import { expect, test } from 'vitest';
import { type Answer, judge, refusedIndex } from '../../../lib/tiktok/verdict.ts';

const withCode = (code: number, status = 200): Answer => ({ kind: 'answer', status, code });
const withStatus = (status: number): Answer => ({ kind: 'answer', status });

const delivered = (code: number) => ({ kind: 'delivered', reason: `tiktok_${code}`, isPartial: false });
const refused = { kind: 'retry', acknowledgement: 'refused' } as const;
const retry = (code: number) => ({ ...refused, reason: `tiktok_${code}`, suspects: 'event' });
const busy = (code: number) => ({ ...refused, reason: `tiktok_${code}`, suspects: 'nothing' });
const hold = (code: number) => ({ kind: 'hold', reason: `tiktok_${code}`, isTokenTrouble: false });
const token = (code: number) => ({ kind: 'hold', reason: `tiktok_${code}`, isTokenTrouble: true });
const reject = (code: number) => ({ kind: 'reject', reason: `tiktok_${code}` });

/** TikTok's list of return codes, and what each asks of us. */
const codes: [code: number, verdict: (code: number) => object, meaning: string][] = [
  [0, delivered, 'OK'],
  [40000, reject, 'invalid parameters'],
  [40001, hold, 'no permission for the pixel'],
  [40002, reject, 'parameter error'],
  [40006, hold, 'version mismatch'],
  [40007, reject, 'no such object'],
  [40008, hold, 'endpoint missing'],
  [40009, reject, 'sandbox limit'],
  [40010, hold, 'wrong domain'],
  [40011, reject, 'too many ids'],
  [40013, reject, 'sandbox limit'],
  [40014, reject, 'sandbox limit'],
  [40016, busy, 'rate limit of the application'],
  [40050, delivered, 'duplicate request'],
  [40051, hold, 'bad version'],
  [40061, reject, 'batch size'],
  [40062, reject, 'identifiers not hashed'],
  [40100, busy, 'too many requests'],
  [40101, token, 'wrong secret, app or auth code'],
  [40102, token, 'access token expired'],
  [40103, token, 'refresh token expired'],
  [40104, token, 'token header empty'],
  [40105, token, 'token wrong or revoked'],
  [40106, token, 'token does not fit the advertiser'],
  [40107, token, 'refresh token invalid'],
  [40108, token, 'grant type not supported'],
  [40110, token, 'auth code used'],
  [40113, token, 'app blocked or unknown'],
  [40115, token, 'authentication timestamp'],
  [40116, token, 'authentication signature'],
  [40117, token, 'authentication method'],
  [40118, hold, 'not on the allow-list'],
  [40119, token, 'token does not fit the advertiser'],
  [40124, hold, 'developer profile'],
  [40125, hold, 'developer permission'],
  [40132, busy, 'pixel throttled'],
  [40133, busy, 'advertiser throttled'],
  [40200, retry, 'task error'],
  [40201, retry, 'task not ready'],
  [40202, retry, 'update conflict'],
  [40300, hold, 'advertiser missing'],
  [40301, hold, 'advertiser unmatched'],
  [41000, hold, 'address in a banned country'],
  [41001, hold, 'endpoint withdrawn'],
  [41002, reject, 'fields not in use'],
  [50000, retry, 'fault at TikTok'],
  [50002, retry, 'fault at TikTok'],
  [51305, retry, 'fault at TikTok'],
  [60001, busy, 'maintenance'],
  [61000, busy, 'maintenance'],
];

test.each(codes)("judges TikTok's code %d by its row in the table", (code, verdict) => {
  expect(judge(withCode(code), 1)).toEqual(verdict(code));
});

test.each([
  [40003, reject],
  [40999, reject],
  [49999, reject],
  [39999, retry],
  [50001, retry],
  [59999, retry],
  [60000, retry],
  [1, retry],
  [-1, retry],
  [20000, retry],
  [999_999, retry],
])("judges TikTok's code %d, which no table lists, by its range", (code, verdict) => {
  expect(judge(withCode(code), 1)).toEqual(verdict(code));
});

test("judges TikTok's code 20001 as delivered and partial, so that an alarm can count it", () => {
  expect(judge(withCode(20001), 1)).toEqual({ kind: 'delivered', reason: 'tiktok_20001', isPartial: true });
});

test.each([
  [1, retry],
  [4, retry],
  [5, reject],
  [100, reject],
])("retries TikTok's code 40700 until the fifth receive: receive %d", (receives, verdict) => {
  expect(judge(withCode(40700), receives)).toEqual(verdict(40700));
});

test.each([400, 401, 403, 429, 500, 503, 199, 600])(
  "prefers the code in TikTok's body to the HTTP status %d, but counts nothing as delivered without a 2xx",
  (status) => {
    expect(judge(withCode(40002, status), 1)).toEqual(reject(40002));
    expect(judge(withCode(40105, status), 1)).toEqual(token(40105));
    for (const code of [0, 20001, 40050])
      expect(judge(withCode(code, status), 1)).toEqual(judge(withStatus(status), 1));
  },
);

test.each([200, 201, 204, 299])('counts code 0 under HTTP %d as delivered', (status) => {
  expect(judge(withCode(0, status), 1)).toEqual(delivered(0));
});

test.each([
  [200, 'unreadable_answer', 'event'],
  [204, 'unreadable_answer', 'event'],
  [299, 'unreadable_answer', 'event'],
  [199, 'http_199', 'event'],
  [300, 'http_300', 'event'],
  [302, 'http_302', 'event'],
  [400, 'http_400', 'event'],
  [401, 'http_401', 'event'],
  [403, 'http_403', 'event'],
  [408, 'http_408', 'event'],
  [429, 'http_429', 'nothing'],
  [500, 'http_500', 'event'],
  [502, 'http_502', 'event'],
  [503, 'http_503', 'event'],
])(
  'retries the HTTP status %d without a code as %s, because TikTok may have the events, and suspects %s',
  (status, reason, suspects) => {
    expect(judge(withStatus(status), 1)).toEqual({
      kind: 'retry',
      reason,
      acknowledgement: 'unknown',
      suspects,
    });
  },
);

test.each([undefined, 0, 40002, 40105, 50000])(
  'suspects the size of the call after the HTTP status 413, also with code %s',
  (code) => {
    expect(judge({ kind: 'answer', status: 413, ...(code !== undefined && { code }) }, 1)).toEqual({
      ...refused,
      reason: 'http_413',
      suspects: 'size',
    });
  },
);

test('holds events after the HTTP status 404, because a person must fix the path', () => {
  expect(judge(withStatus(404), 1)).toEqual({ kind: 'hold', reason: 'http_404', isTokenTrouble: false });
});

test.each([300, 302, 307, 399])('retries after the redirect %d, whatever its body says', (status) => {
  expect(judge(withCode(0, status), 1)).toEqual({
    kind: 'retry',
    reason: `http_${status}`,
    acknowledgement: 'unknown',
    suspects: 'event',
  });
});

test.each([40000, 40002, 40007, 40700, 40999])(
  'holds events when a refusal with code %d names a field of the call that a setting fills',
  (code) => {
    const message = 'Invalid value for event_source_id: not a valid string.';
    const verdict = { ...hold(code), detail: 'event_source_id' };
    for (const receives of [1, 5])
      expect(judge({ kind: 'answer', status: 200, code, message }, receives)).toEqual(verdict);
  },
);

test('holds events when a refusal names the test code of their destination, and rejects their own', () => {
  const answer = { kind: 'answer', status: 200, code: 40002, message: 'test_event_code: bad' } as const;
  expect(judge(answer, 1)).toEqual({ ...hold(40002), detail: 'test_event_code' });
  expect(judge(answer, 1, true)).toEqual(reject(40002));
});

test.each(['timeout', 'network', 'oversized_answer'] as const)(
  'retries events after the failure %s',
  (reason) => {
    expect(judge({ kind: 'failure', reason, isSent: true }, 1)).toEqual({
      kind: 'retry',
      reason,
      acknowledgement: 'unknown',
      suspects: 'event',
    });
    expect(judge({ kind: 'failure', reason, isSent: false }, 1)).toEqual({
      ...refused,
      reason,
      suspects: 'nothing',
    });
  },
);

test.each([
  ['Batch.0.properties.contents.0.content_id: Not a valid string', 0],
  ['Batch.49.user: bad', 49],
  ['batch.3.event', 3],
  ['data.7.event_time is wrong', 7],
  ['Invalid data[12].user.email', 12],
  ['Data[0]', 0],
  ['Batch.50.user', undefined],
  ['data[999]', undefined],
  ['data[1000]', undefined],
  ['Batch.1', undefined],
  ['data[-1]', undefined],
  ['metadata[3]', undefined],
  ['contents.3.content_id', undefined],
  ['Invalid value for event_id: not a valid string.', undefined],
  ['', undefined],
  [undefined, undefined],
])('reads the refused position in the message %s as %s', (message, index) => {
  expect(refusedIndex(message, 50)).toBe(index);
});
