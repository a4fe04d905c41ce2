/**
 * Finds e-mail addresses and phone numbers inside longer texts, and gives no alarm for ids, dates and prices. The expressions
 * with classes of Unicode are made on first use: they take a millisecond, and most events need none of them.
 */
import { lazily } from '../schema/lazy/lazily.ts';
import { cleanText, halfWidth } from './clean-text.ts';
import { decodeEscapes } from './decode-escapes.ts';

/**
 * A part before the @ and a domain with a dot. `/@shop.example` is a user name, `react@18.2.0` a version and `logo@2x.png`
 * a file.
 */
const email = lazily(
  () => /[\p{L}\p{M}\p{N}\uFFFD!$%'*+\-^_`{|}~.]@(?!\dx\.)(?:[\p{L}\p{M}\p{N}\uFFFD-]+\.)+\p{L}{2,}/u,
);

/** What people write between the digits of a phone number, and a form's `+` for a space. The bound keeps searches short. */
const gap = '[\\s\\p{Pd}()./_+]{0,4}';
/** `+`, then 7 digits or more. */
const withPlus = lazily(
  () => new RegExp(`(?<![\\p{L}\\p{N}])\\+${gap}(?!0)(?:\\p{Nd}${gap}){6}\\p{Nd}`, 'u'),
);
/** `00`, then 9 to 15 digits: with fewer it is rather an order's id that zeros fill up, with a letter an id in hex. */
const withZeros = lazily(
  () =>
    new RegExp(
      `(?<![\\p{L}\\p{N}_.:-])00${gap}(?!0)(?:\\p{Nd}${gap}){8,14}\\p{Nd}(?!${gap}\\p{Nd}|[\\p{L}_])`,
      'u',
    ),
);
/** A form decodes the `+` of `to=+4915112345678` to a space. Dates have at most 8 digits, so 10 are needed. */
const withLostPlus = lazily(() => new RegExp(`(?:^|=)\\s+(?:\\p{Nd}${gap}){9,14}\\p{Nd}\\s*$`, 'u'));
/** Digits that are a phone number under the name of one. A letter of a digest must not follow. */
const digits = lazily(
  () => new RegExp(`(?<![\\p{L}\\p{N}])(?:\\p{Nd}${gap}){5,16}\\p{Nd}(?![\\p{Nd}a-f])`, 'iu'),
);

/** What every name of a phone or an e-mail address below contains: a cheap test before the exact one. */
export const nameStem =
  'phone|tel|mob|cel|m[oó]vil|handy|gsm|msisdn|whatsapp|sms|fax|call|contact|wa_?[in]|ph_?n|mail|correo|login|user|recipient|subscriber';
const anyName = new RegExp(nameStem, 'i');
/** `phone=…` of a query and `"phone":"…"` of JSON. The value is only looked at, so that it can contain the next name. */
const namedValue = lazily(
  () =>
    /(?<![\p{L}\p{N}_.[\]-])([\p{L}_][\p{L}\p{N}_.[\]-]{0,63})["']?\s{0,2}[=:]["'\s[({]{0,4}(?=([^&;?="',}]{1,200}))/gu,
);
const phoneName =
  /(?:phone|mobile|msisdn|whatsapp|(?:^|_)(?:tel|telefono?|telefone|mobiel|mob|mobil|movil|celular|cel|cell|cellular|handy|gsm|sms|fax|callto))s?(?:_?(?:numbers?|num|no|nr|numero|nummer|raw|full|e|home|work|cell))?$/;
const numberName = /(?:^|_)(?:(?:contact|callback|call|caller|wa|ph)_?(?:numbers?|num|no|nr)|wa_id)$/;
const emailName =
  /(?:mail|correo|(?:^|_)(?:login|user|user_?name|recipient|subscriber))s?(?:_?(?:address|addr|adresse|id))?$/;
const base64 = /^[\w+/-]{8,}$/;
const printable = /^[\x20-\x7e]*$/;

/** @param text as people read it: escapes are decoded here, a `+` stays one */
export function holdsEmail(text: string): boolean {
  const plain = readable(text);
  return plain.includes('@') && email().test(plain);
}

/** @returns true for a number written with + or 00 */
export function holdsPhone(text: string): boolean {
  const plain = readable(text);
  return isWithPlus(plain) || (plain.includes('00') && withZeros().test(plain));
}

/** @returns true for a number written with +: behind 00, product data has GTINs */
export const holdsPhoneWithPlus = (text: string): boolean => isWithPlus(readable(text));

const isWithPlus = (plain: string): boolean => plain.includes('+') && withPlus().test(plain);

/** @param text where a form has made a space of a `+`, such as `to= 4915112345678` */
export const holdsPhoneWithLostPlus = (text: string): boolean => withLostPlus().test(decodeEscapes(text));

/**
 * @returns true for digits under a name such as `phone` or `whatsapp`, and for any address, also one without a dot, under a
 * name such as `email`: in clear or in Base64
 */
export function namesIdentifier(text: string): boolean {
  const plain = readable(text);
  return anyName.test(plain) && [...plain.matchAll(namedValue())].some(isIdentifier);
}

/** @returns the same for a value and the name that is given to it; few names cost more than one look */
export const isNamedIdentifier = (name: string, value: string): boolean =>
  anyName.test(name) && namesIdentifier(`${name}=${value}`);

function isIdentifier([, name = '', value = '']: RegExpExecArray): boolean {
  const words = wordsOf(name);
  if (phoneName.test(words) || numberName.test(words))
    return digits().test(value) || digits().test(fromBase64(value));
  return emailName.test(words) && (/.@./.test(value) || email().test(fromBase64(value)));
}

/** Decoded, and with the ASCII signs for full-width ones, as in `＋４９` and `＠`. */
function readable(text: string): string {
  const decoded = decodeEscapes(text);
  return isAscii.test(decoded) ? decoded : halfWidth(cleanText(decoded));
}

const isAscii = /^\p{ASCII}*$/u;

/** `billing[phoneNumber]` becomes `billing_phone_number`, and `Móvil` `movil`. */
const wordsOf = (name: string): string =>
  name
    .replaceAll(/(\p{Ll})(\p{Lu})/gu, '$1_$2')
    .toLowerCase()
    .normalize('NFD')
    .replaceAll(/\p{M}+/gu, '')
    .replaceAll(/[^\p{L}]+/gu, '_')
    .replaceAll(/^_|_$/g, '');

function fromBase64(value: string): string {
  const text = base64.test(value) ? Buffer.from(value, 'base64').toString('latin1') : '';
  return printable.test(text) ? text : '';
}
