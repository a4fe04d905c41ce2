/**
 * Judges one answer of TikTok: its verdict on the events of the call. TikTok answers HTTP 200 with an error code in the
 * body, so the body's `code` decides, then the HTTP status. Codes: TikTok's list of return codes (docs id 1737172488964097).
 */

/** The result of one call. */
export type Answer =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly code?: number;
      readonly message?: string;
      readonly requestId?: string;
    }
  /** No readable answer. `isSent` is false when the request cannot have reached TikTok. */
  | {
      readonly kind: 'failure';
      readonly reason: FailureReason;
      readonly isSent: boolean;
      readonly message?: undefined;
      readonly requestId?: undefined;
    };

export type FailureReason = 'timeout' | 'network' | 'oversized_answer';

export type Verdict =
  | { readonly kind: 'delivered'; readonly reason: string; readonly isPartial: boolean }
  | { readonly kind: 'retry'; readonly reason: string; readonly acknowledgement: Acknowledgement }
  /** A person must fix the token, permission or configuration. `isTokenTrouble`: a new read of the secret may help. */
  | { readonly kind: 'hold'; readonly reason: string; readonly isTokenTrouble: boolean }
  | { readonly kind: 'reject'; readonly reason: string };

/** `unknown`: TikTok may have the events although no answer confirms it. A dead letter's `outcome` contains it. */
export type Acknowledgement = 'refused' | 'unknown';

/** The meaning of a code, before the number of receives is considered. */
export type CodeMeaning = 'delivered' | 'partial' | 'retry' | 'hold' | 'token' | 'reject' | 'reject_later';

// Some rows equal the default of their range. They change no verdict; they document the code.
export const codeMeanings: ReadonlyMap<number, CodeMeaning> = new Map([
  [0, 'delivered'], // OK
  [20001, 'partial'], // partial success: no answer says which events failed; counted and alarmed
  [40000, 'reject'], // invalid parameters
  [40001, 'hold'], // no permission for the pixel
  [40002, 'reject'], // parameter error: one bad event fails the whole request
  [40006, 'hold'], // API version mismatch
  [40007, 'reject'], // no such object
  [40008, 'hold'], // endpoint missing
  [40009, 'reject'], // sandbox limit
  [40010, 'hold'], // wrong domain
  [40011, 'reject'], // too many ids
  [40013, 'reject'], // sandbox limit
  [40014, 'reject'], // sandbox limit
  [40016, 'retry'], // rate limit of the application
  [40050, 'delivered'], // duplicate request: TikTok has it already
  [40051, 'hold'], // bad API version
  [40061, 'reject'], // batch size
  [40062, 'reject'], // identifiers not hashed
  [40100, 'retry'], // too many requests
  [40101, 'token'], // wrong secret, app or auth code
  [40102, 'token'], // access token expired
  [40103, 'token'], // refresh token expired
  [40104, 'token'], // token header empty
  [40105, 'token'], // token wrong or revoked
  [40106, 'token'], // token does not match the advertiser
  [40107, 'token'], // refresh token invalid
  [40108, 'token'], // grant type not supported
  [40110, 'token'], // auth code used or expired
  [40113, 'token'], // app blocked, unknown, or token of another app
  [40115, 'token'], // authentication timestamp
  [40116, 'token'], // authentication signature
  [40117, 'token'], // authentication method
  [40118, 'hold'], // not on the allow-list, such as the app source
  [40119, 'token'], // token does not match the advertiser
  [40124, 'hold'], // developer profile
  [40125, 'hold'], // developer permission
  [40132, 'retry'], // pixel-level throttle, or token suspected leaked
  [40133, 'retry'], // advertiser-level throttle
  [40200, 'retry'], // task error
  [40201, 'retry'], // task not ready
  [40202, 'retry'], // update conflict
  [40300, 'hold'], // advertiser missing
  [40301, 'hold'], // advertiser unmatched
  [40700, 'reject_later'], // internal validation: TikTok says to fix the parameters, but a later attempt can pass
  [41000, 'hold'], // caller's address in a banned country
  [41001, 'hold'], // endpoint withdrawn
  [41002, 'reject'], // fields not in use
  [50000, 'retry'], // TikTok-side fault, as are all other 5xxxx
  [50002, 'retry'],
  [51305, 'retry'],
  [60001, 'retry'], // maintenance
  [61000, 'retry'], // maintenance
]);

/** True for the codes with which TikTok refuses a token: expired, revoked, or of another app. */
export const isTokenCode = (code: number): boolean => codeMeanings.get(code) === 'token';

/** From this receive on, `reject_later` means `reject`. */
const rejectLaterFrom = 5;

/** @param receives the fewest receives from the queue among the messages of the call, from 1 */
export function judge(answer: Answer, receives: number): Verdict {
  if (answer.kind === 'failure') {
    return { kind: 'retry', reason: answer.reason, acknowledgement: answer.isSent ? 'unknown' : 'refused' };
  }
  const isRedirect = answer.status >= 300 && answer.status < 400;
  if (answer.code === undefined || isRedirect) return judgeStatus(answer.status);
  return verdictOf[meaningOf(answer.code, receives)](`tiktok_${answer.code}`);
}

/** Without a code, the request did not reach TikTok's API logic, or the answer is not TikTok's. */
function judgeStatus(status: number): Verdict {
  if (status === 404) return { kind: 'hold', reason: 'http_404', isTokenTrouble: false };
  const reason = status >= 200 && status < 300 ? 'unreadable_answer' : `http_${status}`;
  return { kind: 'retry', reason, acknowledgement: 'unknown' };
}

function meaningOf(code: number, receives: number): Exclude<CodeMeaning, 'reject_later'> {
  const meaning = codeMeanings.get(code) ?? (code >= 40_000 && code < 50_000 ? 'reject' : 'retry');
  if (meaning !== 'reject_later') return meaning;
  return receives >= rejectLaterFrom ? 'reject' : 'retry';
}

const verdictOf: Readonly<Record<Exclude<CodeMeaning, 'reject_later'>, (reason: string) => Verdict>> = {
  delivered: (reason) => ({ kind: 'delivered', reason, isPartial: false }),
  partial: (reason) => ({ kind: 'delivered', reason, isPartial: true }),
  retry: (reason) => ({ kind: 'retry', reason, acknowledgement: 'refused' }),
  hold: (reason) => ({ kind: 'hold', reason, isTokenTrouble: false }),
  token: (reason) => ({ kind: 'hold', reason, isTokenTrouble: true }),
  reject: (reason) => ({ kind: 'reject', reason }),
};

const namedIndex = /\b(?:Batch|data)(?:\.(\d{1,3})\.|\[(\d{1,3})\])/i;

/** @returns the zero-based position of the event that a refusal names (`Batch.3.`, `data.3.`, `data[3]`) */
export function refusedIndex(message: string | undefined, batchSize: number): number | undefined {
  const match = message?.match(namedIndex);
  const index = Number(match?.[1] ?? match?.[2] ?? Number.NaN);
  return index < batchSize ? index : undefined;
}
