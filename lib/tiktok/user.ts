/** TikTok's `user` object: identifiers leave as SHA-256 of their normal form, or as the digest the caller gave. */
import type { EventSource } from '../events/destination.ts';
import type { Event } from '../events/event.ts';
import { isTakenBy, takenBySource } from '../events/match-keys.ts';
import { normaliseEmail } from '../privacy/email.ts';
import { normaliseName, normalisePlace, normaliseZip } from '../privacy/names.ts';
import { isDigest, sha256 } from '../privacy/sha256.ts';

type OneOrMore = string | string[];

/**
 * Only fields that `source` takes, and nothing empty (Events API 2.0, `user`).
 * @param country upper-case default for events that name none; decides how a zip code is read
 */
export function toUser(
  event: Event,
  source: EventSource,
  country: string | undefined,
): Record<string, unknown> {
  const user: Record<string, unknown> = {};
  put(user, 'email', digests(event.email, event.hashed_email, normaliseEmail));
  put(user, 'phone', digests(event.phone, event.hashed_phone, asItIs));
  if (isTakenBy(source, 'external_id'))
    put(user, 'external_id', digests(event.external_id, event.hashed_external_id, trim));
  put(user, 'first_name', hashed(event.first_name, normaliseName));
  put(user, 'last_name', hashed(event.last_name, normaliseName));
  const zipCountry = event.country ?? country;
  put(
    user,
    'zip_code',
    hashed(event.zip_code, (zip) => normaliseZip(zip, zipCountry)),
  );
  if (event.city !== undefined) put(user, 'city', normalisePlace(event.city));
  if (event.state !== undefined) put(user, 'state', normalisePlace(event.state));
  if (event.country !== undefined) put(user, 'country', normalisePlace(event.country));
  for (const field of clearFieldsOf[source]) put(user, field, event[field]);
  if (user.idfa !== undefined) user.idfa = deviceId(String(user.idfa), 'upper');
  if (user.gaid !== undefined) user.gaid = deviceId(String(user.gaid), 'lower');
  return user;
}

function put(user: Record<string, unknown>, name: string, value: unknown): void {
  if (value !== undefined && value !== '') user[name] = value;
}

const clearFieldsOf = takenBySource([
  'ttclid',
  'ttp',
  'ip',
  'user_agent',
  'locale',
  'idfa',
  'idfv',
  'gaid',
  'att_status',
]);

/** The reader of phones has made E.164 of them already. */
const asItIs = (value: string): string => value;
const trim = (value: string): string => value.trim();

/** Raw and hashed identifiers together, each once. One text stays one text; TikTok takes a list as well. */
function digests(
  raw: OneOrMore | undefined,
  given: OneOrMore | undefined,
  normalise: (value: string) => string | undefined,
): OneOrMore | undefined {
  if (given === undefined && typeof raw === 'string') return hashed(raw, normalise);
  if (raw === undefined && typeof given === 'string') return given;
  const hashes = listOf(raw).map((value) => hashed(value, normalise));
  const all = new Set([...hashes, ...listOf(given)].filter((value) => value !== undefined));
  return all.size > 0 ? [...all] : undefined;
}

/** Never the digest of an empty text: it would match everybody whose value is missing. */
function hashed(
  value: string | undefined,
  normalise: (value: string) => string | undefined,
): string | undefined {
  const normal = value === undefined ? undefined : normalise(value);
  return normal === undefined || normal === '' ? undefined : sha256(normal);
}

/** Sent raw, IDFA in upper case and GAID in lower case; a digest is lower case always (Events API 2.0, vectors). */
function deviceId(value: string, letterCase: 'upper' | 'lower'): string {
  const id = value.trim();
  return letterCase === 'lower' || isDigest(id.toLowerCase()) ? id.toLowerCase() : id.toUpperCase();
}

const listOf = (value: OneOrMore | undefined): string[] => (value === undefined ? [] : [value].flat());
