/** Why a message is a dead letter, as docs/errors.md explains it. */
import type { CodeText } from '../errors/code-text.ts';

const replay = 'Fix the cause, then replay.';

/** By pattern: reasons are made of the codes and statuses of TikTok's answers, too. */
export const deadLetterReasons: Readonly<Record<string, CodeText>> = {
  'tiktok_<code>': {
    meaning:
      'TikTok refused the content of the event when it was sent alone. With a code that is [held or retried](delivery.md): the cause lasted for more than a day.',
    example: '`tiktok_40002` with the `detail` `event_id`',
    fix: 'Read `detail`, which names the field, and correct the sender. A replay of the same content does not help.',
  },
  'http_<status>': {
    meaning: "TikTok's address answered with a page instead of a code for more than a day.",
    example: '`http_403` of a firewall, `http_413` for an event that is too large',
    fix: replay,
  },
  invalid_event: {
    meaning: 'The message is no valid event. `detail` names fields and their [codes](#fields-of-events).',
    example: '`email: invalid_type`',
    fix: 'Correct the producer.',
  },
  undecodable: {
    meaning: 'The message is no event at all, or its envelope is malformed.',
    example: 'a text that is not JSON',
    fix: 'Correct the producer: see [pipelines](pipelines.md).',
  },
  expired: {
    meaning: '47 hours passed before the event could be sent. TikTok could count it twice.',
    example: 'a destination without a token for two days',
    fix: 'Leave it, or replay it with `--renew`.',
  },
  exhausted: {
    meaning: 'SQS moved the message after its last attempt, without a reason.',
    example: 'a consumer that crashed each time',
    fix: 'Read the log of that time, then replay.',
  },
  not_queued: {
    meaning: 'EventBridge or SNS could not put the message into the queue.',
    example: 'a key policy that does not let them',
    fix: 'Read `detail`; see [pipelines](pipelines.md#what-sns-and-eventbridge-cannot-queue).',
  },
  unknown_destination: {
    meaning: 'The stage has had no destination of this name for more than a day.',
    example: 'a destination that was renamed',
    fix: 'Add it to `destinations`, deploy, then replay.',
  },
  no_token: {
    meaning: 'The destination has had no token for more than a day.',
    example: 'a destination that was never connected',
    fix: 'Connect it with `connect`, then replay.',
  },
  token_unavailable: {
    meaning: 'The token could not be read for more than a day.',
    example: 'a consumer without the right to read the secret',
    fix: 'Read the log of `deliver`, then replay.',
  },
  timeout: { meaning: 'TikTok did not answer for more than a day.', example: 'an outage', fix: replay },
  network: { meaning: 'TikTok could not be reached for more than a day.', example: 'an outage', fix: replay },
  oversized_answer: {
    meaning: "TikTok's address answered more than 256 KiB for more than a day.",
    example: 'a wrong `tiktokApiUrl`',
    fix: replay,
  },
  unreadable_answer: {
    meaning: "TikTok's address answered something other than its JSON for more than a day.",
    example: 'a page of a proxy',
    fix: replay,
  },
  no_time: {
    meaning: 'The consumer never had time for the message.',
    example: 'a queue with far more events than one stage can send',
    fix: 'Raise `delivery.maximumConcurrency`, then replay.',
  },
};
