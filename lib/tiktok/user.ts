/** TikTok's `user` object: identifiers leave as SHA-256 of their normal form, or as the digest the caller gave. */
import type { EventSource } from '../events/destination.ts';
import type { Event } from '../events/event.ts';
import { takenBy } from '../events/match-keys.ts';
import { normalizeEmail } from '../privacy/email.ts';
import { normalizeName, normalizePlace, normalizeZip } from '../privacy/names.ts';
import { isDigest, sha256 } from '../privacy/sha256.ts';

type OneOrMore = string | string[];

/**
 * Only fields that `source` takes, and nothing empty (Events API 2.0, `user`). One literal for all fields: to set them
 * one after the other takes as long as two of the hashes.
 * @param country upper-case default for events that name none; decides how a zip code is read
 */
export function toUser(event: Event, source: EventSource, country: string | undefined) {
  const takes = takenBy[source];
  const zipCountry = event.country ?? country;
  return {
    email: digests(event.email, event.hashed_email, normalizeEmail),
    phone: digests(event.phone, event.hashed_phone, asItIs),
    external_id: takes.external_id ? digests(event.external_id, event.hashed_external_id, trim) : undefined,
    first_name: hashed(event.first_name, normalizeName),
    last_name: hashed(event.last_name, normalizeName),
    zip_code: hashed(event.zip_code, (zip) => normalizeZip(zip, zipCountry)),
    city: place(event.city),
    state: place(event.state),
    country: place(event.country),
    ttclid: takes.ttclid ? event.ttclid : undefined,
    ttp: takes.ttp ? event.ttp : undefined,
    ip: takes.ip ? event.ip : undefined,
    user_agent: takes.user_agent ? event.user_agent : undefined,
    locale: takes.locale ? event.locale : undefined,
    idfa: takes.idfa ? deviceId(event.idfa, inUpperCase) : undefined,
    idfv: takes.idfv ? event.idfv : undefined,
    gaid: takes.gaid ? deviceId(event.gaid, inLowerCase) : undefined,
    att_status: takes.att_status ? event.att_status : undefined,
  };
}

/** The reader of phones has made E.164 of them already. */
const asItIs = (value: string): string => value;
const trim = (value: string): string => value.trim();

/** Clear text; undefined when nothing but punctuation was given. */
const place = (value: string | undefined): string | undefined =>
  value === undefined ? undefined : normalizePlace(value) || undefined;

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
function deviceId(value: string | undefined, inItsCase: (id: string) => string): string | undefined {
  if (value === undefined) return undefined;
  const id = value.trim();
  return isDigest(inLowerCase(id)) ? inLowerCase(id) : inItsCase(id);
}

const inUpperCase = (id: string): string => id.toUpperCase();
const inLowerCase = (id: string): string => id.toLowerCase();

// Absent values would be filtered out again in `digests` as well.
const listOf = (value: OneOrMore | undefined): string[] => (value === undefined ? [] : [value].flat());
