/** Why something that a browser sent was skipped, and what to do: for docs/errors.md, the console and the command line. */
import type { CodeText } from '../errors/code-text.ts';

export type CollectSkip =
  // The whole request
  | 'origin_not_allowed'
  | 'bot'
  | 'unexpected_body'
  // One event
  | 'event_not_allowed'
  | 'sent_by_source'
  | 'unknown_pixel'
  | 'destination_not_allowed'
  | 'no_consent'
  | 'no_match_key'
  | 'invalid_event';

const nothing = 'Nothing.';

export const collectSkips: Readonly<Record<CollectSkip, CodeText>> = {
  origin_not_allowed: {
    meaning: 'The page is on none of `collect.origins`, or the request names no page at all.',
    example: 'a copy of the shop on another host, or a program that sends no `Origin`',
    fix: 'If the page is yours, add its origin to `collect.origins` of the stage file, and deploy.',
  },
  bot: {
    meaning: 'The user agent is that of a bot.',
    example: "a search engine's crawler, or a headless browser",
    fix: nothing,
  },
  unexpected_body: {
    meaning: 'The body has neither the form of the script nor that of `POST /v1/events`.',
    example: '`{"v": 2}`',
    fix: 'Nothing for the script. Your own code sends `{"events":[…]}`.',
  },
  event_not_allowed: {
    meaning: 'The name of the event is not among `collect.events`.',
    example: 'an event that a tag manager invented',
    fix: 'Add the name to `collect.events` of the stage file, if you want its events.',
  },
  sent_by_source: {
    meaning: 'Another source of the stage sends events of this name, or it is a purchase.',
    example: '`Purchase` from a page',
    fix: 'Nothing. Set `collect.purchases: true` only if nothing else sends the purchases.',
  },
  unknown_pixel: {
    meaning: 'The call names a pixel that no web destination of the stage has.',
    example: "`ttq.instance('…')` of another ad account",
    fix: 'Add a destination with this `pixelCode`, if its events count.',
  },
  destination_not_allowed: {
    meaning: 'The event names a destination that is not among `collect.destinations`.',
    example: '`{"destination":"eu"}` in the body',
    fix: 'Leave `destination` out, or add it to `collect.destinations`.',
  },
  no_consent: {
    meaning: 'The visitor refused, or the stage needs a consent that the event does not have.',
    example: 'an event with `consent: denied`',
    fix: 'Nothing: it must not be sent. `collect.consent` sets the rule.',
  },
  no_match_key: {
    meaning: 'The event has no match key that the destination takes.',
    example: 'an event for an offline event set without an e-mail address',
    fix: 'Name a web destination in `collect.destinations`.',
  },
  invalid_event: {
    meaning: 'The event breaks a rule. `detail` names the field and its [code](#fields-of-events).',
    example: '`event_name: empty`',
    fix: "Look the code up, and correct the page's code.",
  },
};
