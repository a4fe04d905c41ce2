/** The codes of an event as a whole, and of rows and bodies before they are events, as docs/errors.md explains them. */
import type { IssueText } from './issue-text.ts';

const omitted = { effects: ['omitted'] } as const;
const rejected = { effects: ['rejected'] } as const;
const warning = { effects: ['warning'] } as const;

export const eventCodes = {
  two_forms: {
    ...rejected,
    meaning: 'The event has products both in `contents` and in the short form (`content_id`, `price` …).',
    example: { contents: [{ content_id: 'a' }], content_id: 'b' },
    fix: 'Send all products in `contents`.',
  },
  no_match_key: {
    ...rejected,
    meaning:
      'Nothing in the event says who the person is, or nothing that TikTok can use. The errors beside it name what was left out.',
    example: { event_name: 'Lead' },
    fix: 'Send one of the [match keys](events.md#fields), such as `email`.',
  },
  custom_event_not_taken: {
    ...warning,
    meaning:
      'TikTok takes only its standard events for offline destinations, and the name of this event is none.',
    example: { event_name: 'MembershipRenewed', email: 'ada@example.com', destination: 'offline' },
    fix: 'Send one of the [standard names](events.md#event-names) that fits, such as `Purchase` or `Subscribe`.',
  },
  match_key_not_taken: {
    ...warning,
    meaning: "TikTok takes none of the event's match keys for events of this destination's source.",
    example: { event_name: 'Lead', ttclid: 'E.C.P.1', destination: 'offline' },
    fix: 'Add a match key that the [table of fields](events.md#fields) gives for the event source, such as `email`.',
  },
  no_consent: {
    ...rejected,
    meaning: 'The visitor refused, or the stage sends only what a visitor agreed to.',
    example: { consent: 'denied' },
    fix: 'Nothing: the event must not be sent. `api.consent` in the stage file sets the rule.',
  },
  no_lead_id: {
    ...warning,
    meaning: 'An event of a CRM set has no `lead.lead_id`, so TikTok matches it by e-mail or phone only.',
    example: { event_name: 'Lead', email: 'ada@example.com', destination: 'crm' },
    fix: 'Send the id that TikTok gave to the lead.',
  },
  recommended_missing: {
    ...warning,
    meaning:
      'TikTok recommends a field for this event that it does not have: value and currency of a purchase, or content ids of products.',
    example: { event_name: 'Purchase', external_id: 'c-1' },
    fix: 'Send the field that `field` names, if you have it.',
  },
  no_stable_id: {
    ...warning,
    meaning:
      'The event has nothing that stays the same when you send it again, so a repeat would count twice.',
    example: 'an event without `event_id` and `event_time`, without an `Idempotency-Key` header',
    fix: 'Send `event_id`. See [event ids](events.md#event-ids).',
  },
  unknown_destination: {
    ...rejected,
    meaning:
      'The stage has no destination of this name. In the queue, the event waits until a deployment adds it.',
    example: { destination: 'nowhere' },
    fix: 'Use a name from `destinations` in the stage file.',
  },
  destination_not_allowed: {
    ...rejected,
    meaning:
      'The API key may not send to this destination. If the request has no other event, the answer is 403.',
    example: 'an event for `eu` with a key that was made for `us`',
    fix: 'Use another key, or make one with `keys add --destination`.',
  },
  event_too_large: {
    ...rejected,
    meaning: 'The event is larger than 1 MB in the queue.',
    example: '200 products with long names',
    fix: 'Shorten its lists and texts.',
  },
} as const satisfies Readonly<Record<string, IssueText>>;

/** Of rows and webhook bodies, before they are events. */
export const sourceCodes = {
  unreadable: {
    ...omitted,
    meaning: 'The value is there, but the function of the mapping cannot read it.',
    example: '`value: minor_units(cents, currency)` with the text `1.999,00` in `cents`',
    fix: 'Correct the expression, or convert the column in the query.',
  },
  mapping_failed: {
    effects: ['rejected', 'omitted'],
    meaning: 'The expression of the field does not fit the row or the body.',
    example: '`value: sum(items)` where `items` is a text',
    fix: 'Correct the expression in the mapping. `sync --dry-run` shows what it finds.',
  },
  empty_cursor: {
    ...rejected,
    meaning: 'The cursor column of the row is empty, so a sync could not continue from it.',
    example: '`sync --cursor updated_at` and a row without `updated_at`',
    fix: 'Fill the column, or leave such rows out in the query.',
  },
  cursor_in_future: {
    ...rejected,
    meaning:
      'The cursor of the row is later than now. A sync that continued from it would never read a row again.',
    example: '`sync --cursor updated_at` and a row of the year 9999',
    fix: 'Correct the column, or leave such rows out in the query.',
  },
  row_too_large: {
    ...rejected,
    meaning: 'A line of NDJSON is longer than 2 MiB.',
    example: 'an export whose rows contain files',
    fix: 'Select only the columns that become fields of the event.',
  },
  invalid_utf8: {
    ...rejected,
    meaning: 'A line of NDJSON is not valid UTF-8.',
    example: 'an export in Latin-1',
    fix: 'Export as UTF-8.',
  },
  invalid_json: {
    ...rejected,
    meaning: 'A line of NDJSON is not a JSON object.',
    example: 'a JSON array over several lines',
    fix: "Write one object a line: `jq -c '.[]'`.",
  },
} as const satisfies Readonly<Record<string, IssueText>>;
