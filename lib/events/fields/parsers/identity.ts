/** Parsers of the fields that say who the person is. Values stay raw here: the consumer hashes them. */
import { cleanText } from '../../../privacy/clean-text.ts';
import { toCountryCode } from '../../../privacy/country.ts';
import { isDeviceId } from '../../../privacy/device-id.ts';
import { normalizeEmail } from '../../../privacy/email.ts';
import { isPublicAddress, toIpAddress } from '../../../privacy/ip-address.ts';
import { toE164 } from '../../../privacy/phone.ts';
import { isPlaceholder, isPlaceholderDigest } from '../../../privacy/placeholder.ts';
import { isDigest, looksLikeDigest } from '../../../privacy/sha256.ts';
import type { FieldContext, FieldParser, Normalize } from '../field.ts';
import { parseOneOrEach } from './list.ts';

const rejectDigest = (kind: 'email' | 'phone', context: FieldContext, field: string): undefined =>
  context.reject(
    'digest_in_raw_field',
    `this is a SHA-256 digest: send it as hashed_${kind}, in lower case`,
    field,
  );

const omitPlaceholder = (context: FieldContext, field: string): undefined =>
  context.omit(
    'placeholder',
    'this value stands for a missing one, so it would match strangers: leave the field out instead',
    field,
  );

export const parseEmail = parseOneOrEach<string, string>((value, context, field) => {
  if (looksLikeDigest(value)) return rejectDigest('email', context, field);
  const email = normalizeEmail(value);
  if (email !== undefined && !isPlaceholderEmail(email)) return value;
  if (email !== undefined || isPlaceholder(value)) return omitPlaceholder(context, field);
  return context.omit(
    'invalid_email',
    'expected an e-mail address: text, one @, text, and no spaces inside',
    field,
  );
});

const withoutDot = /@[^.]+$/;

/** A program made `undefined@undefined` of two missing values. */
const isPlaceholderEmail = (email: string): boolean =>
  withoutDot.test(email) && email.split('@').every(isPlaceholder);

/** A possible number in some countries. */
const onlyZeros = /^[0 ().+-]*$/;

/** Phones become E.164 here, so that the consumer need not parse them again. */
export const parsePhone = parseOneOrEach<string | number, string>((value, context, field) => {
  const raw = String(value);
  if (looksLikeDigest(raw)) return rejectDigest('phone', context, field);
  const phone = onlyZeros.test(raw) ? undefined : toE164(raw, context.country);
  if (phone !== undefined) return phone;
  if (isPlaceholder(raw)) return omitPlaceholder(context, field);
  const remedy = 'send it as + with country code, or the two-letter country beside it';
  return context.omit('invalid_phone', `no international phone number can be made of it: ${remedy}`, field);
});

export const parseExternalId = parseOneOrEach<string | number, string>((value, context, field) => {
  const id = String(value);
  if (isPlaceholder(id)) return omitPlaceholder(context, field);
  if (!looksLikeDigest(id)) return id;
  context.warn(
    'looks_hashed',
    'this looks like a digest and is hashed again: hashed_external_id passes it on',
    field,
  );
  return id;
});

export const parseDigest = parseOneOrEach<string, string>((value, context, field) => {
  if (!isDigest(value))
    return context.reject('invalid_digest', 'expected a SHA-256 digest: 64 lower-case hex characters', field);
  return isPlaceholderDigest(value) ? omitPlaceholder(context, field) : value;
});

/**
 * Names, postal codes and places: a digest there matches nobody, and TikTok refuses the call of a hashed place.
 * @param normalize gives the form in which the text leaves: without its dashes, a text can become a digest
 */
export const unhashed =
  <Input extends string | number>(
    parse: FieldParser<Input, string>,
    normalize: Normalize,
  ): FieldParser<Input, string> =>
  (value, context, field) =>
    String(value).length >= digestLength && looksLikeDigest(normalize(String(value), context.country) ?? '')
      ? context.omit('hashed_text', 'this is a digest: send the text itself, the gateway hashes it', field)
      : parse(value, context, field);

const digestLength = 64;

/** TikTok's own ids of a click, a browser and a lead. */
export const parseTikTokId: FieldParser<string | number, string> = (value, context, field) => {
  const id = cleanText(String(value));
  return isPlaceholder(id) ? omitPlaceholder(context, field) : id;
};

/** Advertising ids: iOS gives zeros to every app that the person did not allow to track. */
export const parseDeviceId: FieldParser<string, string> = (value, context, field) => {
  if (isPlaceholder(value)) return omitPlaceholder(context, field);
  if (isDeviceId(value)) return value;
  return context.omit('invalid_device_id', 'expected a UUID, or the SHA-256 digest of one', field);
};

export const parseIp: FieldParser<string, string> = (value, context, field) => {
  const ip = toIpAddress(value);
  if (ip === undefined)
    return context.omit('invalid_ip', "expected the visitor's IPv4 or IPv6 address", field);
  if (isPublicAddress(ip)) return ip;
  return context.omit(
    'private_ip',
    "expected the visitor's public address; this one belongs to a machine inside a network, such as a load balancer",
    field,
  );
};

/** The text stays as it is, since event ids are derived from it; TikTok gets its code. */
export const parseCountry: FieldParser<string, string> = (value, context, field) => {
  if (toCountryCode(value) !== undefined) return value;
  return context.omit(
    'unknown_country',
    'expected an ISO 3166-1 code such as DE, or the name of a country',
    field,
  );
};
