/** The codes of single values of an event, as docs/errors.md explains them. */
import type { IssueText } from './issue-text.ts';

const omitted = { effects: ['omitted'] } as const;
const rejected = { effects: ['rejected'] } as const;
const warning = { effects: ['warning'] } as const;

export const valueCodes = {
  invalid_email: {
    ...omitted,
    meaning: 'The text is no e-mail address, so TikTok could match nobody by it.',
    example: { email: 'ada at example.com' },
    fix: 'Send one address of the form `name@domain`, or leave the field out.',
  },
  invalid_phone: {
    ...omitted,
    meaning: 'No international phone number can be made of the text with the country that the event names.',
    example: { phone: '12' },
    fix: 'Send the number as `+` with country code, or send `country` beside it.',
  },
  invalid_digest: {
    ...rejected,
    meaning: 'A `hashed_` field contains something other than a SHA-256 digest.',
    example: { hashed_email: 'ada@example.com' },
    fix: 'Send 64 lower-case hex characters. Send the raw value as `email`, `phone` or `external_id` instead.',
  },
  digest_in_raw_field: {
    ...rejected,
    meaning: 'A digest is in `email` or `phone`. Hashed again, it would match nobody.',
    example: { email: 'b5fc85e55755f9e0d030a14ab4429b6b2944855f4cc1fc7d4b5d87af98ff2d4c' },
    fix: 'Send it as `hashed_email` or `hashed_phone`, in lower case.',
  },
  looks_hashed: {
    ...warning,
    meaning: 'The `external_id` looks like a digest. The gateway hashes it again, as it does with any id.',
    example: { external_id: 'b5fc85e55755f9e0d030a14ab4429b6b2944855f4cc1fc7d4b5d87af98ff2d4c' },
    fix: 'If it is a digest, send it as `hashed_external_id`. If it is your id, there is nothing to do.',
  },
  hashed_text: {
    ...omitted,
    meaning:
      'A name, a postal code or a place is a digest. TikTok refuses a hashed place, and hashed again it would match nobody.',
    example: { city: 'b5fc85e55755f9e0d030a14ab4429b6b2944855f4cc1fc7d4b5d87af98ff2d4c' },
    fix: 'Send the text itself. The gateway hashes names and postal codes before it sends them.',
  },
  placeholder: {
    ...omitted,
    meaning:
      'The value stands for a missing one: `undefined`, `null`, `n/a`, zeros, an unfilled macro, or the digest of one. It would match strangers.',
    example: { ttclid: '__CLICKID__' },
    fix: 'Leave the field out when you have no value. Check the template or the variable that fills it.',
  },
  invalid_device_id: {
    ...omitted,
    meaning: 'The text is no advertising or vendor id.',
    example: { idfv: 'my-phone' },
    fix: 'Send the UUID that the system gives to the app, or its SHA-256 digest.',
  },
  invalid_ip: {
    ...omitted,
    meaning: 'The text is no IP address.',
    example: { ip: '203.0.113' },
    fix: "Send the visitor's IPv4 or IPv6 address.",
  },
  private_ip: {
    ...omitted,
    meaning:
      'The address belongs to a machine inside a network, such as a load balancer, and not to the visitor.',
    example: { ip: '10.0.0.7' },
    fix: "Send the visitor's public address, which a proxy usually passes on in `X-Forwarded-For`.",
  },
  unknown_country: {
    ...omitted,
    meaning:
      'The text is no country. The gateway does not read phones of the event with the default country instead.',
    example: { country: 'Atlantis' },
    fix: 'Send an ISO 3166-1 code such as `DE`, or the name of the country.',
  },
  invalid_url: {
    ...omitted,
    meaning:
      'The text is no address of a web page, such as a browser gives for a link that was opened from an app.',
    example: { page_referrer: 'android-app://com.google.android.gm/' },
    fix: 'Send an absolute http or https address, or leave the field out.',
  },
  identifier_removed: {
    ...warning,
    meaning:
      'The address of a page contained an e-mail address, a phone number or a login. The gateway removed it and sends the rest.',
    example: { page_url: 'https://shop.example/thanks?email=ada@example.com' },
    fix: 'Send it in `email` or `phone`, where it is hashed. Keep personal data out of the addresses of your pages.',
  },
  identifier_in_text: {
    ...omitted,
    meaning: 'A text that is sent as it is contains an e-mail address or a phone number.',
    example: { search_string: 'ada@example.com' },
    fix: 'Nothing, if a visitor typed it. Otherwise send it in `email` or `phone`.',
  },
  unsupported_currency: {
    ...omitted,
    meaning: 'TikTok does not take the currency. The gateway omits value and prices with it.',
    example: { value: 10, currency: 'XYZ' },
    fix: 'Send an ISO 4217 code that TikTok takes, and amounts in that currency.',
  },
  invalid_number: {
    ...rejected,
    meaning: 'The value is no number of 0 or more.',
    example: { value: '1.999,00', currency: 'EUR' },
    fix: 'Send a number, or its digits as text with a dot: `1999.00`. Send no currency sign and no separators.',
  },
  invalid_time: {
    ...rejected,
    meaning: '`event_time` cannot be read, or is in microseconds or nanoseconds.',
    example: { event_time: '26.11.2026' },
    fix: 'Send Unix seconds or milliseconds, or ISO 8601 with `Z` or an offset.',
  },
  too_old: {
    ...rejected,
    meaning: 'The event is older than 28 days. TikTok does not match it any more.',
    example: { event_time: '2020-01-01T00:00:00Z' },
    fix: 'Check the time and its zone. An event that is really so old cannot be sent.',
  },
  in_future: {
    ...rejected,
    meaning: 'The event is more than 10 minutes ahead of the time of its receipt.',
    example: { event_time: '2040-01-01T00:00:00Z' },
    fix: "Check the sender's clock, and the zone of the time.",
  },
  old_event: {
    ...warning,
    meaning: 'The event is older than 7 days. TikTok takes it, but may not attribute it to an ad.',
    example: 'a valid event whose `event_time` is 8 days ago',
    fix: 'Send events when they happen.',
  },
  resembles_standard_event: {
    ...warning,
    meaning:
      "The name differs from one of TikTok's standard events in case or spacing only. It is sent unchanged and counts as a custom event.",
    example: { event_name: 'add_to_cart', external_id: 'c-1' },
    fix: 'Use the name in the message, in the browser pixel too: both copies must have the same name.',
  },
  unknown_content_type: {
    ...warning,
    meaning:
      'TikTok knows the content types `product` and `product_group` only. The value is sent unchanged.',
    example: { content_type: 'shoe' },
    fix: 'Send `product` for ids of single products and variants, `product_group` for ids of groups.',
  },
} as const satisfies Readonly<Record<string, IssueText>>;
