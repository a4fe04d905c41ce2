/** What each code in the body of TikTok's answers means: TikTok's list of return codes (docs id 1737172488964097). */

/** The meaning of a code, before the number of receives is considered. `busy`: as `retry`, but no event is the cause. */
export type CodeMeaning =
  | 'delivered'
  | 'partial'
  | 'busy'
  | 'retry'
  | 'hold'
  | 'token'
  | 'reject'
  | 'reject_later';

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
  [40016, 'busy'], // rate limit of the application
  [40050, 'delivered'], // duplicate request: TikTok has it already
  [40051, 'hold'], // bad API version
  [40061, 'reject'], // batch size
  [40062, 'reject'], // identifiers not hashed
  [40100, 'busy'], // too many requests
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
  [40132, 'busy'], // pixel-level throttle, or token suspected leaked
  [40133, 'busy'], // advertiser-level throttle
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
  [60001, 'busy'], // maintenance
  [61000, 'busy'], // maintenance
]);

/** @returns the meaning of any code, by its range when the table does not list it */
export const meaningOf = (code: number): CodeMeaning =>
  codeMeanings.get(code) ?? (code >= 40_000 && code < 50_000 ? 'reject' : 'retry');

/** True for the codes with which TikTok refuses a token: expired, revoked, or of another app. */
export const isTokenCode = (code: number): boolean => codeMeanings.get(code) === 'token';

/** @returns 40105 for `tiktok_40105`; undefined for reasons that are no code of TikTok */
export function tiktokCode(reason: string): number | undefined {
  const digits = /^tiktok_(\d{1,9})$/.exec(reason)?.[1];
  return digits === undefined ? undefined : Number(digits);
}
