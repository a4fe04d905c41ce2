/** TikTok's return codes in words, for a person who reads the reason of a dead letter. */
import { meaningOf } from './codes.ts';

const words: ReadonlyMap<number, string> = new Map([
  [40000, 'a parameter is invalid'],
  [40001, 'the account has no permission for this pixel'],
  [40002, 'a field has a value that TikTok does not take'],
  [40007, 'TikTok does not know an object that the event names'],
  [40008, 'the address of the API does not exist'],
  [40009, "TikTok's sandbox allows no more"],
  [40011, 'a list has too many ids'],
  [40016, 'the app sends more calls than TikTok allows'],
  [40061, 'the call has too many events'],
  [40062, 'an identifier is not hashed'],
  [40100, 'TikTok got more calls than it allows'],
  [40102, 'the access token has expired'],
  [40104, 'the call has no access token'],
  [40105, 'the access token is wrong or was revoked'],
  [40106, 'the access token does not match the ad account'],
  [40118, 'TikTok has not allowed this event source for the account'],
  [40132, 'the pixel sends more events than TikTok allows'],
  [40133, 'the ad account sends more events than TikTok allows'],
  [40300, 'the ad account does not exist'],
  [40301, 'the ad account does not match'],
  [40700, "TikTok's own validation of the event failed"],
  [41000, 'the call came from a country that TikTok blocks'],
  [41002, 'a field is not in use any more'],
  [60001, 'TikTok was under maintenance'],
  [61000, 'TikTok was under maintenance'],
]);

/** @returns such as `a field has a value that TikTok does not take`; words for the kind of code when it has none of its own */
export function codeWords(code: number): string {
  const own = words.get(code);
  if (own !== undefined) return own;
  const meaning = meaningOf(code);
  if (meaning === 'token') return 'TikTok does not take the access token';
  if (meaning === 'hold') return 'a setting or a permission of the account is wrong';
  if (meaning === 'reject' || meaning === 'reject_later') return 'TikTok does not take the event';
  return 'TikTok had a fault of its own';
}
