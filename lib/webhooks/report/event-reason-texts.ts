/** Why the event of a webhook cannot be sent, and what to do: the part of reason-texts.ts that mappings meet. */
import type { CodeText } from '../../errors/code-text.ts';
import type { SkipReason } from '../webhook-outcome.ts';

export const eventReasons = {
  no_time: {
    meaning:
      'The body does not say when it happened, or `detail` names a field with a time that cannot be read.',
    example: '`"created_at": "yesterday"`',
    fix: 'Correct the time. In a mapping, map `event_time` or `source.paid_at`.',
  },
  no_consent: {
    meaning: 'The visitor refused, or the source needs a consent that the body does not have.',
    example: 'an order with `consent: denied`',
    fix: 'Nothing: it must not be sent. `consent` of the source sets the rule.',
  },
  no_match_key: {
    meaning: 'Nothing in the body says who the person is that TikTok could use for the destination.',
    example: 'an anonymous order without an address',
    fix: 'Let the shop pass on click id, IP address and user agent. In a mapping, see `empty` in the log.',
  },
  filtered: {
    meaning: '`source.when` or `source.each` of the mapping left nothing.',
    example: '`when: "status == \'paid\'"` and an open order',
    fix: 'Nothing, if the mapping means it. `hint` in the log says which part is false, or which path is wrong.',
  },
  destination_not_allowed: {
    meaning: "The event names another destination than its source's.",
    example: '`{"destination":"eu"}` in the body',
    fix: 'Leave `destination` out, or add a source for the other destination.',
  },
  mapping_failed: {
    meaning: 'The expression in `detail` does not fit the body, and there is no event without it.',
    example: '`event_time: to_number(date)` and a text in `date`',
    fix: 'Correct the expression: `hint` in the log says what does not fit.',
  },
  invalid_event: {
    meaning: 'The event breaks a rule. `detail` names the field and its [code](#fields-of-events).',
    example: '`event_time: in_future`',
    fix: 'Look the code up, and correct the mapping or the sender.',
  },
  event_too_large: {
    meaning: 'The message would be larger than 1 MB.',
    example: 'an order of a thousand lines with long names',
    fix: 'Map fewer fields of the products.',
  },
  not_found: {
    meaning: "The platform's API does not have the order that the webhook names.",
    example: 'an order that was deleted at once',
    fix: 'Nothing.',
  },
} as const satisfies Partial<Record<SkipReason, CodeText>>;
