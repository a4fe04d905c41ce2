/** Readers of what, when and which: the name, the time and the id of an event. */

import { standardNameMeant } from '../standard-events.ts';
import type { Reader } from './reading.ts';
import { doubtfulAgeSeconds, maxAgeSeconds, maxAheadSeconds, toUnixSeconds } from './time.ts';

/** Never renamed: TikTok deduplicates on name and id, so the name must equal the pixel's. */
export const readEventName: Reader<string> = (value, reading, field) => {
  const name = value.trim();
  if (name === '')
    return reading.reject('empty', 'expected a name of 1 to 100 characters, such as Purchase', field);
  const meant = standardNameMeant(name);
  if (meant !== undefined) {
    reading.warn(
      'resembles_standard_event',
      `sent as it is; TikTok's standard event is spelt ${meant}`,
      field,
    );
  }
  return name;
};

/** Passed through untouched: a changed id breaks deduplication with the browser pixel. */
export const readEventId: Reader<string | number> = (value, reading, field) =>
  value === ''
    ? reading.reject('empty', 'expected an id of 1 to 256 characters; leave it out if there is none', field)
    : String(value);

export const readEventTime: Reader<string | number> = (value, reading, field) => {
  const seconds = toUnixSeconds(value);
  if (seconds === undefined) {
    const remedy = 'expected Unix seconds or milliseconds, or ISO 8601 with Z or an offset';
    return reading.reject('invalid_time', remedy, field);
  }
  const age = reading.receivedAtMs / 1000 - seconds;
  if (age > maxAgeSeconds)
    return reading.reject('too_old', 'older than 28 days: TikTok does not match it any more', field);
  if (age < -maxAheadSeconds)
    return reading.reject('in_future', 'more than 10 minutes ahead: check the clock and the zone', field);
  if (age > doubtfulAgeSeconds)
    reading.warn('old_event', 'older than 7 days: TikTok may not attribute it', field);
  return seconds;
};
