/** What the codes of TikTok's answers mean, and what to do. Each code of `lib/tiktok/codes.ts` that is no delivery has a text. */
import { meaningOf } from '../tiktok/codes.ts';

export interface ReasonText {
  readonly meaning: string;
  /** What to do; may say that nothing is needed. */
  readonly fix: string;
}

const wait = 'Nothing: the gateway retries by itself.';
const reconnect = 'Connect the ad account again with `connect`. Waiting events then go out by themselves.';
const permission =
  'Give the person who connected the ad account access to the pixel in TikTok Events Manager, or connect as somebody who has it.';
const settings =
  "Compare the destination's `pixelCode` and `eventSource` with TikTok Events Manager, and deploy.";
const content = 'Correct the field at the sender. A replay of the same content does not help.';
const upgrade = 'Upgrade the gateway: TikTok changed its API. Check `tiktokApiUrl` if you set it.';
const slower = 'Nothing: the gateway retries by itself. If it lasts, lower `delivery.tiktokCallsPerSecond`.';
const ours = 'Upgrade the gateway, and report it as a bug: no event causes this.';

const texts: ReadonlyMap<number, readonly [meaning: string, fix: string]> = new Map([
  [
    20001,
    [
      'TikTok accepted only part of the call, and its answer names no event.',
      'Compare the counts with `reconcile`.',
    ],
  ],
  [40000, ['A parameter of the event is invalid.', content]],
  [40001, ['The token has no permission for the pixel.', permission]],
  [40002, ['A field of the event is invalid.', content]],
  [40006, ['TikTok does not have this version of its API.', upgrade]],
  [40007, ['TikTok does not know the object that the event names.', content]],
  [40008, ['TikTok does not have this address of its API.', upgrade]],
  [40009, ['A limit of a TikTok sandbox account is reached.', 'Connect a regular ad account.']],
  [40010, ['The call went to a domain that TikTok does not accept.', 'Check `tiktokApiUrl`.']],
  [40011, ['The event has too many ids.', content]],
  [40013, ['A limit of a TikTok sandbox account is reached.', 'Connect a regular ad account.']],
  [40014, ['A limit of a TikTok sandbox account is reached.', 'Connect a regular ad account.']],
  [40016, ['The app makes too many calls.', slower]],
  [40051, ['TikTok does not accept this version of its API.', upgrade]],
  [40061, ['The call has more events than TikTok takes.', ours]],
  [40062, ['TikTok found an identifier that is not hashed.', content]],
  [40100, ['TikTok receives too many calls.', slower]],
  [40101, ["The app's secret, its id or the authorization is wrong.", reconnect]],
  [40102, ['The access token has expired.', reconnect]],
  [40103, ['The refresh token has expired.', reconnect]],
  [40104, ['The access token is empty.', reconnect]],
  [40105, ['The access token is wrong or was revoked.', reconnect]],
  [40106, ['The access token belongs to another ad account.', reconnect]],
  [40107, ['The refresh token is invalid.', reconnect]],
  [40108, ['TikTok does not accept this kind of authorization.', reconnect]],
  [40110, ['The authorization was used already, or has expired.', reconnect]],
  [
    40113,
    [
      'TikTok has blocked the app, does not know it, or the token belongs to another app.',
      'Check the app in the TikTok developer portal, then connect the ad account again with `connect`.',
    ],
  ],
  [40115, ['TikTok does not accept the time of the authentication.', reconnect]],
  [40116, ['TikTok does not accept the signature of the authentication.', reconnect]],
  [40117, ['TikTok does not accept the method of the authentication.', reconnect]],
  [
    40118,
    [
      "The app is not on TikTok's allow-list for this kind of event.",
      'Ask TikTok to enable the event source for the app.',
    ],
  ],
  [40119, ['The access token belongs to another ad account.', reconnect]],
  [
    40124,
    [
      "The developer's profile at TikTok is not complete.",
      'Complete the profile in the TikTok developer portal.',
    ],
  ],
  [
    40125,
    ['The developer at TikTok lacks a permission.', 'Request the permission in the TikTok developer portal.'],
  ],
  [
    40132,
    [
      'The pixel receives too many calls, or TikTok suspects that the token leaked.',
      `${slower} If TikTok wrote to you about the token, connect again with \`connect\`.`,
    ],
  ],
  [40133, ['The ad account receives too many calls.', slower]],
  [40200, ['A task at TikTok failed.', wait]],
  [40201, ['A task at TikTok is not ready.', wait]],
  [40202, ['TikTok processes another change at the same time.', wait]],
  [40300, ['The ad account does not exist.', permission]],
  [40301, ['The ad account does not match.', permission]],
  [
    40700,
    [
      "TikTok's own validation failed. It can pass later.",
      'Nothing at first: the gateway retries four times. Then correct the field that `detail` names.',
    ],
  ],
  [
    41000,
    [
      'TikTok does not accept calls from the country of the gateway.',
      'Deploy the stage in a region that TikTok accepts.',
    ],
  ],
  [41001, ['TikTok has withdrawn this address of its API.', upgrade]],
  [41002, ['The event has fields that TikTok no longer uses.', content]],
  [50000, ['Something failed at TikTok.', wait]],
  [50002, ['Something failed at TikTok.', wait]],
  [51305, ['Something failed at TikTok.', wait]],
  [60001, ["TikTok's API is in maintenance.", wait]],
  [61000, ["TikTok's API is in maintenance.", wait]],
]);

/** @returns a text for any code: one that TikTok's list does not have is explained by what the gateway does with it */
export function tiktokText(code: number): ReasonText {
  const [meaning, fix] = texts.get(code) ?? byRange(code);
  return { meaning, fix };
}

/** True for a code with a text of its own. */
export const hasTikTokText = (code: number): boolean => texts.has(code);

function byRange(code: number): readonly [string, string] {
  return meaningOf(code) === 'reject'
    ? ['TikTok refuses the content of the event.', content]
    : ['TikTok could not take the event.', wait];
}

/** The setting of the destination that TikTok refused in place of an event. */
export const refusedSetting = (setting: string): ReasonText => ({
  meaning: `TikTok refuses the setting \`${setting}\` of the destination; no event is at fault.`,
  fix: settings,
});
