/** The allow-list of log fields: no other field reaches a log line, so that logs contain no personal data. */
import type { MatchKey } from '../events/match-keys.ts';

/**
 * Fields of log lines. `event` and `order` are fingerprints: callers put e-mails and order numbers there. Lists and labels
 * are written as lib/journal/line.ts says.
 */
export const loggable = [
  'accepted',
  'advertisers',
  'api_key',
  'aws_error',
  'count',
  'destination',
  'channel',
  'detail',
  'duration_ms',
  'empty',
  'error',
  'errors',
  'event',
  'event_name',
  'fields',
  'hint',
  'message_id',
  'not_queued',
  'operation',
  'order',
  'outcome',
  'partial',
  'position',
  'reason',
  'receives',
  'rejected',
  'source',
  'stack',
  'stage',
  'stale',
  'status',
  'tiktok_request_id',
  'topic',
  'trace',
  'dry_run',
  'field',
  'wait_s',
  'warnings',
] as const;

/** What a `coverage` line counts (lib/journal/line.ts). Only a number is logged: these are also names of personal fields. */
export const coverageCounts: Readonly<
  Record<MatchKey | 'events' | 'value' | 'content_ids' | 'own_id' | 'in_time' | 'test', true>
> = {
  events: true,
  email: true,
  hashed_email: true,
  phone: true,
  hashed_phone: true,
  external_id: true,
  hashed_external_id: true,
  ttclid: true,
  ttp: true,
  idfa: true,
  gaid: true,
  ip_user_agent: true,
  lead_id: true,
  value: true,
  content_ids: true,
  own_id: true,
  in_time: true,
  test: true,
};

export type LogFields = Partial<Record<(typeof loggable)[number], string | number | boolean | undefined>> &
  Partial<Record<keyof typeof coverageCounts, number>>;

/** @returns the fields that are on the list and have a value, in its order */
export function loggableFields(fields: LogFields): LogFields {
  const kept: Record<string, LogFields[keyof LogFields]> = {};
  for (const name of loggable) if (fields[name] !== undefined) kept[name] = fields[name];
  if (typeof fields.events !== 'number') return kept;
  for (const name in coverageCounts) {
    const count = fields[name as keyof typeof coverageCounts];
    if (typeof count === 'number') kept[name] = count;
  }
  return kept;
}
