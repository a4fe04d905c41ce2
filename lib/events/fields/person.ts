/** The fields that say who the person is, or which browser or device they used: TikTok's `user`. */
import { cleanText } from '../../privacy/clean-text.ts';
import { maxClickIdLength } from '../../privacy/click-id.ts';
import { toCountryCode } from '../../privacy/country.ts';
import { deviceId } from '../../privacy/device-id.ts';
import { normalizeEmail } from '../../privacy/email.ts';
import { normalizeName, normalizePlace, normalizeZip } from '../../privacy/names.ts';
import { normalizeState } from '../../privacy/state.ts';
import { field } from './field.ts';
import {
  parseCountry,
  parseEmail,
  parseExternalId,
  parseIp,
  parsePhone,
  parseTikTokId,
  unhashed,
} from './parsers/identity.ts';
import { parseId } from './parsers/ids.ts';
import { parseClearText, parseText } from './parsers/text.ts';
import { choice, deviceIds, digests, freeText, id, identifiers } from './rows.ts';
import { idText, text } from './shapes.ts';

const toUser = { to: 'user' } as const;
const appOnly = { sources: ['app'] } as const;
const webAndApp = { sources: ['web', 'app'] } as const;
const webAndCrm = { sources: ['web', 'crm'] } as const;
const matchKey = { matchKey: true } as const;
const webMatchKey = { ...toUser, sources: ['web'], ...matchKey } as const;

const parseName = unhashed(parseText, normalizeName);

/** The parser of phones has made E.164 of them. */
const asItIs = (text: string): string => text;

export const personFields = {
  email: identifiers(() => text(320), 'e-mail address', parseEmail, { ...toUser, hash: normalizeEmail }),
  phone: identifiers(() => idText(64), 'phone number', parsePhone, { ...toUser, hash: asItIs }),
  external_id: identifiers(() => idText(256), 'your id of the person', parseExternalId, {
    ...toUser,
    ...webAndCrm,
    hash: cleanText,
  }),
  hashed_email: digests('normalized e-mail address', { to: 'user', as: 'email' }),
  hashed_phone: digests('phone number in E.164 form with +', { to: 'user', as: 'phone' }),
  hashed_external_id: digests('external id', { to: 'user', as: 'external_id', ...webAndCrm }),
  first_name: freeText(256, 'first name', { ...toUser, hash: normalizeName }, parseName),
  last_name: freeText(256, 'last name', { ...toUser, hash: normalizeName }, parseName),
  zip_code: id('postal code', { ...toUser, hash: normalizeZip }, 64, unhashed(parseId, normalizeZip)),
  city: freeText(
    256,
    'city',
    { ...toUser, normalize: normalizePlace },
    unhashed(parseClearText, normalizePlace),
  ),
  state: freeText(
    128,
    'state or province, best as two letters',
    { ...toUser, normalize: normalizeState },
    unhashed(parseClearText, normalizeState),
  ),
  country: field(() => text(64), 'country: ISO 3166-1 code such as DE, or its name', parseCountry, {
    ...toUser,
    normalize: (text) => toCountryCode(text)?.toLowerCase(),
  }),
  ttclid: freeText(maxClickIdLength, "TikTok's click id", webMatchKey, parseTikTokId),
  ttp: freeText(256, 'value of the _ttp cookie', webMatchKey, parseTikTokId),
  ip: field(() => text(64), "the visitor's IPv4 or IPv6 address", parseIp, { ...toUser, ...webAndApp }),
  user_agent: freeText(2048, "the visitor's user agent", { ...toUser, ...webAndApp }),
  locale: freeText(64, 'BCP 47 language tag', { to: 'user', ...webAndApp }),
  idfa: deviceIds("Apple's advertising id", {
    ...toUser,
    ...appOnly,
    ...matchKey,
    normalize: deviceId((text) => text.toUpperCase()),
  }),
  idfv: deviceIds("Apple's vendor id", { ...toUser, ...appOnly }),
  gaid: deviceIds("Google's advertising id", {
    ...toUser,
    ...appOnly,
    ...matchKey,
    normalize: deviceId((text) => text.toLowerCase()),
  }),
  att_status: choice(['AUTHORIZED', 'DENIED', 'NOT_DETERMINED', 'RESTRICTED', 'NOT_APPLICABLE'], {
    to: 'user',
    ...appOnly,
  }),
};
