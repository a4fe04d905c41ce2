/** Why a message waits in the queue, where no code of TikTok says it. The same reasons park it after more than a day. */
import type { ReasonText } from './tiktok-texts.ts';

const wait = 'Nothing: the gateway retries by itself.';
const address =
  "Check the destination's `tiktokApiUrl`, if you set it. Otherwise nothing: the gateway retries by itself.";

export const waitingReasons: Readonly<Record<string, ReasonText>> = {
  no_token: {
    meaning: 'The destination has no access token.',
    fix: 'Connect the ad account with `connect`. Waiting events then go out by themselves.',
  },
  token_unavailable: {
    meaning: "The destination's token could not be read from Secrets Manager.",
    fix: 'Check that the secret is valid JSON and that the consumer may read it. `doctor` names the secret.',
  },
  unknown_destination: {
    meaning: 'The stage has no destination of this name.',
    fix: 'Add it to `destinations` in the stage file, and deploy.',
  },
  no_time: {
    meaning: 'The consumer had no time left for the message.',
    fix: 'Nothing, if it is rare. Otherwise raise `delivery.maximumConcurrency`.',
  },
  timeout: { meaning: 'TikTok did not answer within 8 seconds.', fix: wait },
  network: { meaning: 'TikTok could not be reached.', fix: wait },
  oversized_answer: { meaning: "TikTok's address answered more than 256 KiB.", fix: address },
  unreadable_answer: { meaning: "TikTok's address answered something other than its JSON.", fix: address },
  http_404: { meaning: "TikTok's address answered 404: there is no such page.", fix: address },
  http_413: {
    meaning: 'The event is too large for TikTok, or for a proxy on the way.',
    fix: 'Send fewer or shorter `contents`.',
  },
  http_429: { meaning: 'TikTok receives too many calls.', fix: wait },
};
