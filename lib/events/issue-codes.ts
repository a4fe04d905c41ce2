/**
 * The codes of the issues of fields, which programs may rely on. Meaning, example and fix of each are in
 * `lib/reasons/issue-texts.ts`: a code without them does not compile.
 */
import type { ExplainedCode } from '../schema/explain-issues.ts';

export type IssueCode =
  | ExplainedCode
  // Values
  | 'digest_in_raw_field'
  | 'hashed_text'
  | 'identifier_in_text'
  | 'identifier_removed'
  | 'in_future'
  | 'invalid_device_id'
  | 'invalid_digest'
  | 'invalid_email'
  | 'invalid_ip'
  | 'invalid_number'
  | 'invalid_phone'
  | 'invalid_time'
  | 'invalid_url'
  | 'looks_hashed'
  | 'old_event'
  | 'placeholder'
  | 'private_ip'
  | 'resembles_standard_event'
  | 'too_old'
  | 'unknown_content_type'
  | 'unknown_country'
  | 'unsupported_currency'
  // The event as a whole
  | 'custom_event_not_taken'
  | 'destination_not_allowed'
  | 'event_too_large'
  | 'match_key_not_taken'
  | 'no_consent'
  | 'no_lead_id'
  | 'no_match_key'
  | 'no_stable_id'
  | 'recommended_missing'
  | 'two_forms'
  | 'unknown_destination'
  // Rows and webhooks, before they are events
  | 'cursor_in_future'
  | 'empty_cursor'
  | 'invalid_json'
  | 'invalid_utf8'
  | 'mapping_failed'
  | 'row_too_large'
  | 'unreadable';
